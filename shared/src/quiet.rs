//! Hours of rest, in the recipient's time zone (L17).

use serde::{Deserialize, Serialize};

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

/// The IANA time zones of a number's country, for E.164. Where a country has several, those at its two ends: an SMS
/// waits until the day has come in both.
pub fn zones(e164: &str) -> &'static [&'static str] {
    let digits = e164.strip_prefix('+').unwrap_or(e164);
    ZONES.iter().filter(|(code, _)| digits.starts_with(code)).max_by_key(|(code, _)| code.len()).map_or(&[], |it| it.1)
}

/// By calling code.
const ZONES: &[(&str, &[&str])] = &[
    ("1", &["America/New_York", "Pacific/Honolulu"]),
    ("20", &["Africa/Cairo"]),
    ("212", &["Africa/Casablanca"]),
    ("213", &["Africa/Algiers"]),
    ("216", &["Africa/Tunis"]),
    ("234", &["Africa/Lagos"]),
    ("254", &["Africa/Nairobi"]),
    ("27", &["Africa/Johannesburg"]),
    ("30", &["Europe/Athens"]),
    ("31", &["Europe/Amsterdam"]),
    ("32", &["Europe/Brussels"]),
    ("33", &["Europe/Paris"]),
    ("34", &["Europe/Madrid", "Atlantic/Canary"]),
    ("350", &["Europe/Gibraltar"]),
    ("351", &["Europe/Lisbon", "Atlantic/Azores"]),
    ("352", &["Europe/Luxembourg"]),
    ("353", &["Europe/Dublin"]),
    ("354", &["Atlantic/Reykjavik"]),
    ("355", &["Europe/Tirane"]),
    ("356", &["Europe/Malta"]),
    ("357", &["Asia/Nicosia"]),
    ("358", &["Europe/Helsinki"]),
    ("359", &["Europe/Sofia"]),
    ("36", &["Europe/Budapest"]),
    ("370", &["Europe/Vilnius"]),
    ("371", &["Europe/Riga"]),
    ("372", &["Europe/Tallinn"]),
    ("373", &["Europe/Chisinau"]),
    ("376", &["Europe/Andorra"]),
    ("377", &["Europe/Monaco"]),
    ("378", &["Europe/San_Marino"]),
    ("380", &["Europe/Kyiv"]),
    ("381", &["Europe/Belgrade"]),
    ("382", &["Europe/Podgorica"]),
    ("383", &["Europe/Belgrade"]),
    ("385", &["Europe/Zagreb"]),
    ("386", &["Europe/Ljubljana"]),
    ("387", &["Europe/Sarajevo"]),
    ("389", &["Europe/Skopje"]),
    ("39", &["Europe/Rome"]),
    ("40", &["Europe/Bucharest"]),
    ("41", &["Europe/Zurich"]),
    ("420", &["Europe/Prague"]),
    ("421", &["Europe/Bratislava"]),
    ("423", &["Europe/Vaduz"]),
    ("43", &["Europe/Vienna"]),
    ("44", &["Europe/London"]),
    ("45", &["Europe/Copenhagen"]),
    ("46", &["Europe/Stockholm"]),
    ("47", &["Europe/Oslo"]),
    ("48", &["Europe/Warsaw"]),
    ("49", &["Europe/Berlin"]),
    ("52", &["America/Cancun", "America/Tijuana"]),
    ("54", &["America/Argentina/Buenos_Aires"]),
    ("55", &["America/Noronha", "America/Rio_Branco"]),
    ("56", &["America/Santiago", "Pacific/Easter"]),
    ("57", &["America/Bogota"]),
    ("60", &["Asia/Kuala_Lumpur"]),
    ("61", &["Australia/Sydney", "Australia/Perth"]),
    ("62", &["Asia/Jayapura", "Asia/Jakarta"]),
    ("63", &["Asia/Manila"]),
    ("64", &["Pacific/Auckland"]),
    ("65", &["Asia/Singapore"]),
    ("66", &["Asia/Bangkok"]),
    ("7", &["Asia/Kamchatka", "Europe/Kaliningrad"]),
    ("81", &["Asia/Tokyo"]),
    ("82", &["Asia/Seoul"]),
    ("84", &["Asia/Ho_Chi_Minh"]),
    ("852", &["Asia/Hong_Kong"]),
    ("86", &["Asia/Shanghai"]),
    ("886", &["Asia/Taipei"]),
    ("90", &["Europe/Istanbul"]),
    ("91", &["Asia/Kolkata"]),
    ("966", &["Asia/Riyadh"]),
    ("971", &["Asia/Dubai"]),
    ("972", &["Asia/Jerusalem"]),
];

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
    fn the_longest_calling_code_tells_the_zone() {
        assert_eq!(zones("+4917612345678"), ["Europe/Berlin"]);
        assert_eq!(zones("+35191234567"), ["Europe/Lisbon", "Atlantic/Azores"]);
        assert_eq!(zones("+999"), [""; 0]);
    }

    #[test]
    fn only_a_time_of_day_is_one() {
        for text in ["", "8:00", "24:00", "12:60", "+8:00", "12:00:00"] {
            assert!(TimeOfDay::try_from(text.to_owned()).is_err(), "{text}");
        }
        assert_eq!(String::from(at("08:05")), "08:05");
    }
}
