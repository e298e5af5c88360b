use serde::{Deserialize, Serialize};
use shared::{
    ids::GatewayId,
    message::MessageId,
    pace::{Ask, GatewayState, Limits, Noted, Turn},
    stored::Unread,
};

use crate::{objects::registry::KnownPause, platform::object::protocol};

protocol! {
    commands {
        /// Takes a turn; where it is a moment away, the reply comes then.
        TakeTurn {
            gateway: GatewayId,
            ask: Ask,
            limits: Limits,
        } -> Turn;
        /// Notes how an attempt ended: what failed, and every probe.
        NoteOutcome {
            noted: Noted,
        } -> ();
        /// Notes that the owner paused all, or ended that.
        NotePause {
            pause: KnownPause,
        } -> ();
        /// Keeps a webhook that could not be read.
        KeepUnread {
            unread: Unread,
        } -> ();
        /// Reads from now on each hour what the provider says came in.
        Watch {
            gateway: GatewayId,
        } -> ();
        /// Notes under which id of its own the provider took an SMS of ours.
        NoteTaken {
            id: String,
            message: MessageId,
        } -> ();
    }
    queries {
        ReadState {
            limits: Limits,
        } -> Standing;
        /// The SMS of ours that the provider took under that id.
        FindTaken {
            id: String,
        } -> Option<MessageId>;
    }
}

/// How a gateway stands.
#[derive(Serialize, Deserialize)]
pub struct Standing {
    pub state: GatewayState,
    /// Webhooks that wait unread.
    pub unread: u32,
}
