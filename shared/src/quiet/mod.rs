//! Hours of rest, in the recipient's time zone (L17).

mod zones;

use serde::{Deserialize, Serialize};

pub use zones::zones;

/// Minutes in a day.
const DAY: u16 = 24 * 60;

/// A time of day, `20:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String))]
#[serde(try_from = "String", into = "String")]
pub struct TimeOfDay(u16);

/// A text that is no time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a time of day is written 00:00 to 23:59")]
pub struct TimeOfDayError;

impl TimeOfDay {
    /// So many minutes after midnight; days beyond the first wrap around.
    pub const fn minutes(minutes: u16) -> Self {
        Self(minutes % DAY)
    }
}

impl From<TimeOfDay> for String {
    fn from(TimeOfDay(minutes): TimeOfDay) -> Self {
        format!("{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

impl TryFrom<String> for TimeOfDay {
    type Error = TimeOfDayError;
    fn try_from(text: String) -> Result<Self, TimeOfDayError> {
        let part = |text: &str, below: u16| {
            let digits = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
            text.parse::<u16>().ok().filter(|n| digits && *n < below).ok_or(TimeOfDayError)
        };
        let (hours, minutes) = text.split_once(':').ok_or(TimeOfDayError)?;
        Ok(Self(part(hours, 24)? * 60 + part(minutes, 60)?))
    }
}

/// From when until when advertising waits. The same time twice: never.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct QuietHours {
    /// The first quiet minute.
    pub from: TimeOfDay,
    /// The first minute that is not quiet any more.
    pub until: TimeOfDay,
}

impl Default for QuietHours {
    fn default() -> Self {
        Self { from: TimeOfDay::minutes(20 * 60), until: TimeOfDay::minutes(8 * 60) }
    }
}

impl QuietHours {
    /// How many minutes an SMS waits that would leave at that time of day; none if it needn't.
    pub fn wait(self, TimeOfDay(now): TimeOfDay) -> Option<u16> {
        let after = |TimeOfDay(then): TimeOfDay| (then + DAY - now) % DAY;
        let (begins, ends) = (after(self.from), after(self.until));
        // Within them the end comes before the next beginning.
        (self.from != self.until && (begins == 0 || (ends != 0 && ends < begins))).then_some(ends)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> TimeOfDay {
        text.to_owned().try_into().unwrap()
    }

    #[test]
    fn advertising_waits_from_the_evening_to_the_morning() {
        let night = QuietHours::default();
        for (now, wait) in [
            ("19:59", None),
            ("20:00", Some(720)),
            ("23:59", Some(481)),
            ("00:00", Some(480)),
            ("07:59", Some(1)),
            ("08:00", None),
            ("12:00", None),
        ] {
            assert_eq!(night.wait(at(now)), wait, "{now}");
        }
        let noon = QuietHours { from: at("12:00"), until: at("14:00") };
        assert_eq!((noon.wait(at("13:00")), noon.wait(at("14:00")), noon.wait(at("11:59"))), (Some(60), None, None));
        let never = QuietHours { from: at("12:00"), until: at("12:00") };
        assert_eq!((never.wait(at("12:00")), never.wait(at("13:00"))), (None, None));
    }

    #[test]
    fn only_a_time_of_day_is_one() {
        for text in ["", "8:00", "24:00", "12:60", "+8:00", "12:00:00"] {
            assert!(TimeOfDay::try_from(text.to_owned()).is_err(), "{text}");
        }
        assert_eq!(String::from(at("08:05")), "08:05");
    }
}
