//! How SMS leave by one gateway: so many a second, so many a day, none while the provider can't take them or the owner
//! has paused it all. [`Pace`] decides; whoever asks brings the time, and writes down what is to survive a crash.

mod circuit;
#[cfg(test)]
mod properties;
mod slots;
mod state;

pub use circuit::{Ended, StopReason};
pub use state::{Ask, Noted, Pace, PaceRecord, Untold};

use serde::{Deserialize, Serialize};

use crate::{
    sending::Via,
    subject::Outgoing,
    time::{Span, Timestamp},
};

/// What a gateway may be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// SMS a second.
    pub per_second: u32,
    /// Parts of SMS a day, UTC.
    pub per_day: u32,
}

impl Limits {
    /// SMS a second at the most. An SMS that waits asks twice, and an object answers some thousand questions a second.
    pub const MOST_PER_SECOND: u32 = 500;

    /// Of a gateway whose settings name none.
    pub const DEFAULT: Self = Self { per_second: 10, per_day: 10_000 };

    /// Of the simulated phone, which costs nothing.
    pub const SIMULATOR: Self = Self { per_second: Self::MOST_PER_SECOND, per_day: u32::MAX };
}

/// Which SMS goes before which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Class {
    /// It says that a STOP was heard: neither pace nor budget nor pause holds it up.
    Acknowledgement,
    /// Somebody has just asked for it: it goes before messages.
    Answer,
    /// The owner's text, to one or to many.
    Message,
}

impl Class {
    pub const fn of(outgoing: &Outgoing) -> Self {
        match outgoing {
            Outgoing::Acknowledgement => Self::Acknowledgement,
            Outgoing::Confirmation { .. }
            | Outgoing::Already
            | Outgoing::FreshLink { .. }
            | Outgoing::ShortAnswer { .. }
            | Outgoing::Help { .. }
            | Outgoing::Agreed { .. } => Self::Answer,
            Outgoing::Message { .. } | Outgoing::Welcome { .. } => Self::Message,
        }
    }
}

/// Which attempt of an SMS at a gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Attempt {
    /// How it ends says something of the provider.
    First,
    /// It failed before: perhaps by what it is.
    Again,
}

impl Attempt {
    /// The one that comes after so many. What was tried once and leaves by the fallback is new there.
    pub const fn after(attempts: u32, via: Via) -> Self {
        match (via, attempts) {
            (_, 0) | (Via::Fallback, 1) => Self::First,
            _ => Self::Again,
        }
    }
}

/// When an SMS may be tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Turn {
    /// At that time, which is now or a moment away.
    Now {
        at: Timestamp,
        /// It finds out whether the provider takes SMS again, and its end must be noted under this number.
        probe: Option<u32>,
    },
    /// It comes back then: others go before it.
    At(Timestamp),
    /// It comes back then: nothing leaves before that.
    Stopped { until: Timestamp, reason: StopReason },
    /// It comes back then, and looks whether the owner's pause is over.
    Paused(Timestamp),
}

/// How a gateway stands, as `GET /healthz` shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum GatewayState {
    /// SMS leave.
    Ok,
    /// Only acknowledgements leave, until the owner ends the pause.
    Paused,
    /// SMS wait.
    Stopped {
        /// What for.
        reason: StopReason,
    },
}

/// After how long an SMS looks again whether a pause is over that began so long ago: half of that, between a minute
/// and an hour. So a pause costs little however long it is, and its end is soon noticed if it was short.
fn look_again(paused: Span) -> Span {
    Span::millis(paused.whole_seconds().saturating_mul(500)).clamp(Span::minutes(1), Span::hours(1))
}
