use serde::{Deserialize, Serialize};
use shared::{
    actor::Actor,
    ids::GatewayId,
    inbox::{Answering, InboxKey},
    message::MessageId,
    pace::{Ask, GatewayState, Limits, Noted, Turn},
    stored::Unread,
    wire::{InboxAnswered, InboxEntry},
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
        /// Puts away what could not be read: a human has looked at it.
        PutAway {
            gateway: GatewayId,
            number: u64,
            actor: Actor,
        } -> Answering<InboxAnswered>;
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
        /// What could not be read, the oldest first after that place, at most so many.
        ReadUnread {
            gateway: GatewayId,
            after: Option<InboxKey>,
            most: u32,
        } -> UnreadPage;
        /// The SMS of ours that the provider took under that id.
        FindTaken {
            id: String,
        } -> Option<MessageId>;
    }
}

/// Some of what could not be read.
#[derive(Serialize, Deserialize)]
pub struct UnreadPage {
    pub entries: Vec<(InboxKey, InboxEntry)>,
    /// How many there are in all.
    pub open: u32,
}

/// How a gateway stands.
#[derive(Serialize, Deserialize)]
pub struct Standing {
    pub state: GatewayState,
    /// Webhooks that nobody could read, nor has put away.
    pub unread: u32,
}
