use serde::{Deserialize, Serialize};

use crate::{ids::PurposeId, lang::Localized};

/// One use of the number (L3). What a purpose covers never widens: that takes a new id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Purpose {
    /// Its name.
    pub id: PurposeId,
    /// Whether it advertises.
    #[serde(rename = "use")]
    pub use_: Use,
    /// A few words that follow "Would you like …", such as `offers on house plants`; stands in SMS.
    pub label: Localized,
    /// What is sent, with the goods or the occasion; stands in the disclosure and at the box.
    pub wording: Localized,
    /// The most that is ever sent.
    pub frequency: Frequency,
    /// Calendar months without use after which the consent is void (L10).
    #[serde(default = "default_lapse")]
    pub lapses_after: u32,
    /// The legal basis.
    #[serde(default)]
    pub basis: Basis,
    /// A thank-you for the consent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reward: Option<Reward>,
}

/// A code that people get once they have consented. Its conditions stand in the disclosure; it is the first message
/// sent, and the confirmation SMS never names it (L5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Reward {
    /// The welcome SMS; `{code}` stands for the code.
    pub text: Localized,
    /// What it is worth, for whom and until when, in a full sentence.
    pub conditions: Localized,
    /// The code.
    pub code: RewardCode,
}

/// Where a reward's code comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum RewardCode {
    /// The same one for everybody.
    Fixed(String),
    /// One of a pool for each, see `POST /v1/rewards/{purpose}`.
    Pool {
        /// So few left, and the owner is told.
        warn_at: u32,
    },
}

impl Purpose {
    /// Whether an objection ends it (GDPR 21(2)).
    pub fn advertises(&self) -> bool {
        self.use_ == Use::Advertising
    }
}

fn default_lapse() -> u32 {
    18
}

/// What a purpose is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Use {
    /// Serves what the person ordered or booked.
    Service,
    /// Advertises (UWG 7).
    Advertising,
}

/// The legal basis of a purpose.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// GDPR 6(1)(a), UWG 7(2).
    #[default]
    Consent,
}

/// "At most four a month", as data, so that the gate can keep it (L7). Counted in calendar days where the shop is,
/// which is how people read it: [`crate::calendar::LocalDay::begin_of`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Frequency {
    /// So many SMS at the most.
    pub max: u16,
    /// In so long a time.
    pub period: Period,
}

/// A period of [`Frequency`]: up to today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Period {
    /// A calendar day.
    Day,
    /// Seven calendar days.
    Week,
    /// From the day after last month's same date.
    Month,
}

impl Period {
    /// How many days it has at the most.
    const fn days(self) -> u32 {
        match self {
            Self::Day => 1,
            Self::Week => 7,
            Self::Month => 31,
        }
    }
}

impl Frequency {
    /// Whether this promises at least as few SMS as `other`, over any stretch of time.
    pub(super) fn is_at_most(self, other: Self) -> bool {
        if self.period >= other.period {
            return self.max <= other.max;
        }
        // So many of the shorter period begin within the longer one.
        let begun = other.period.days().div_ceil(self.period.days());
        u32::from(self.max) * begun <= u32::from(other.max)
    }
}
