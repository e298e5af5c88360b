use serde::{Deserialize, Serialize};

use super::way::Way;
use crate::{
    calendar::TimeZone,
    lang::Lang,
    quiet::{QuietHours, TimeOfDay},
    settings::{Frequency, same_number},
    time::{Span, Timestamp},
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// SMS may be sent.
    Given(Given),
    /// The person took it back.
    Withdrawn {
        at: Timestamp,
        #[serde(default)]
        way: Way,
    },
    /// The handset can't be reached for good: nothing is sent until the person confirms again.
    Suspended { at: Timestamp },
    /// The person objected (GDPR 21).
    Objected { at: Timestamp },
    /// Unused for too long (L10).
    Lapsed { at: Timestamp },
    /// Erased (GDPR 17).
    Erased { at: Timestamp },
}

impl Standing {
    /// Whether there is something left to take back.
    pub(super) fn can_end(&self) -> bool {
        matches!(self, Self::Given(_) | Self::Lapsed { .. } | Self::Suspended { .. })
    }

    /// Whether it is in force, and its SMS come from that number.
    pub(super) fn is_from(&self, from: &str) -> bool {
        matches!(self, Self::Given(given) if same_number(&given.terms.from, from))
    }

    /// Whether it was given later than that, and stands so.
    pub(super) fn is_given_since(&self, at: Timestamp) -> bool {
        matches!(self, Self::Given(given) if given.since > at)
    }

    /// Whether all but a locked proof is gone.
    pub const fn is_erased(&self) -> bool {
        matches!(self, Self::Erased { .. })
    }

    /// When it ended, if it did.
    pub(super) const fn ended(&self) -> Option<Timestamp> {
        match self {
            Self::Given(_) => None,
            ended => Some(ended.since()),
        }
    }

    /// Since when it stands so.
    pub const fn since(&self) -> Timestamp {
        match self {
            Self::Given(given) => given.since,
            Self::Withdrawn { at, .. }
            | Self::Suspended { at }
            | Self::Objected { at }
            | Self::Lapsed { at }
            | Self::Erased { at } => *at,
        }
    }

    /// What pages and the owner are told of it.
    pub const fn state(&self) -> PurposeState {
        match self {
            Self::Given(_) => PurposeState::Given,
            Self::Withdrawn { .. } => PurposeState::Withdrawn,
            Self::Suspended { .. } => PurposeState::Suspended,
            Self::Objected { .. } => PurposeState::Objected,
            Self::Lapsed { .. } => PurposeState::Lapsed,
            Self::Erased { .. } => PurposeState::Erased,
        }
    }
}

/// A consent in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    pub since: Timestamp,
    /// The last confirmation or SMS; disuse is counted from here.
    pub last_used: Timestamp,
    /// What was promised.
    pub frequency: Frequency,
    /// Months without use after which it is void.
    pub lapses_after: u32,
    pub lang: Lang,
    /// What its SMS keep to.
    #[serde(default)]
    pub terms: Terms,
    /// Messages in a row that could not be delivered for good.
    #[serde(default)]
    pub misses: u8,
}

/// What holds for the SMS of a consent, as it was when the person was asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// What they come from, as handsets show it.
    pub from: String,
    /// When advertising waits.
    pub quiet_hours: QuietHours,
    /// Whether they advertise.
    pub advertises: bool,
    /// The zone whose calendar days the promised frequency is counted in.
    #[serde(default)]
    pub time_zone: TimeZone,
}

impl Terms {
    /// How long an SMS waits for the morning, where `clocks` gives the times of day where the recipient may be (L17).
    pub fn wait(&self, clocks: impl FnOnce() -> Vec<TimeOfDay>) -> Option<Span> {
        if !self.advertises {
            return None;
        }
        let minutes = clocks().into_iter().filter_map(|clock| self.quiet_hours.wait(clock)).max()?;
        Some(Span::minutes(i64::from(minutes)))
    }
}

impl Given {
    /// When it becomes void if nothing is sent.
    pub fn lapses_at(&self) -> Timestamp {
        self.last_used.plus_months(self.lapses_after)
    }
}

/// What a page, or an answer to the owner, says of a purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PurposeState {
    /// SMS may be sent.
    Given,
    /// The person took it back.
    Withdrawn,
    /// The person objected (GDPR 21).
    Objected,
    /// Unused for too long (L10).
    Lapsed,
    /// Erased (GDPR 17).
    Erased,
    /// A request waits for the person's yes.
    Pending,
    /// SMS could not be delivered for good.
    Suspended,
}
