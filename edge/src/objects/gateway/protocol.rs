use shared::{
    ids::GatewayId,
    pace::{Ask, GatewayState, Limits, Noted, Turn},
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
    }
    queries {
        ReadState {
            limits: Limits,
        } -> GatewayState;
    }
}
