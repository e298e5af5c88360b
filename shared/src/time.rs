//! Time as milliseconds, handed in by whoever has a clock.

use chrono::{DateTime, Datelike as _, Months, NaiveDate, SecondsFormat, TimeZone as _, Utc};
use serde::{Deserialize, Serialize};

/// A point in time, in milliseconds since 1970-01-01T00:00:00Z. As JSON: an RFC 3339 text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
#[serde(try_from = "String", into = "String")]
pub struct Timestamp(i64);

/// 0000-01-01T00:00:00.000Z and 9999-12-31T23:59:59.999Z: RFC 3339 has four digits for a year.
const FIRST: i64 = -62_167_219_200_000;
const LAST: i64 = 253_402_300_799_999;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a time is written like 2026-01-31T12:00:00Z")]
pub struct NoTime;

/// A day of the calendar, in UTC. As JSON and in addresses: `2026-01-31`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct Day(NaiveDate);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a day is written like 2026-01-31")]
pub struct NoDay;

impl Day {
    /// Counted from 1970.
    pub fn number(self) -> i64 {
        self.0.signed_duration_since(NaiveDate::default()).num_days()
    }

    #[cfg(test)]
    pub(crate) fn of_number(number: i64) -> Option<Self> {
        NaiveDate::from_epoch_days(i32::try_from(number).ok()?).map(Self)
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<String> for Day {
    type Error = NoDay;
    fn try_from(text: String) -> Result<Self, NoDay> {
        // Chrono also reads days of one digit, spaces, and years with a sign or more digits.
        let written = text.len() == 10
            && text.bytes().enumerate().all(|(at, sign)| match at {
                4 | 7 => sign == b'-',
                _ => sign.is_ascii_digit(),
            });
        let day = NaiveDate::parse_from_str(&text, "%Y-%m-%d").map_err(|_| NoDay)?;
        if written { Ok(Self(day)) } else { Err(NoDay) }
    }
}

/// A span in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span(i64);

impl Span {
    pub const fn millis(n: i64) -> Self {
        Self(n)
    }
    pub const fn seconds(n: i64) -> Self {
        Self(n * 1000)
    }
    pub const fn minutes(n: i64) -> Self {
        Self::seconds(n * 60)
    }
    pub const fn hours(n: i64) -> Self {
        Self::minutes(n * 60)
    }
    /// So many times 24 hours.
    pub const fn days(n: i64) -> Self {
        Self::hours(n * 24)
    }
    pub const fn in_millis(self) -> i64 {
        self.0
    }
    /// Its whole seconds.
    pub const fn whole_seconds(self) -> i64 {
        self.0 / 1000
    }
    /// Its seconds, the one that has only begun included: what a countdown shows.
    pub const fn begun_seconds(self) -> i64 {
        self.0.saturating_add(999).div_euclid(1000)
    }
}

impl Timestamp {
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }
    /// Milliseconds since 1970.
    pub const fn millis(self) -> i64 {
        self.0
    }
    /// How much later than `earlier` it is.
    pub const fn since(self, earlier: Self) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }
    /// So many calendar months later, the day capped to the month's last.
    pub fn plus_months(self, months: u32) -> Self {
        DateTime::<Utc>::from_timestamp_millis(self.0)
            .and_then(|at| at.checked_add_months(Months::new(months)))
            .map_or(Self(i64::MAX), |at| Self(at.timestamp_millis()))
    }
    /// When the third calendar year after this one's ends: claims are barred then (BGB 195, 199).
    pub fn end_of_third_year(self) -> Self {
        let year = DateTime::<Utc>::from_timestamp_millis(self.0).map_or(i32::MAX, |at| at.year());
        Utc.with_ymd_and_hms(year.saturating_add(4), 1, 1, 0, 0, 0)
            .single()
            .map_or(Self(i64::MAX), |at| Self(at.timestamp_millis()))
    }
    /// The day in UTC, counted from 1970.
    pub const fn day(self) -> i64 {
        self.0.div_euclid(86_400_000)
    }
}

impl std::ops::Add<Span> for Timestamp {
    type Output = Self;
    fn add(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

impl std::ops::Sub<Span> for Timestamp {
    type Output = Self;
    fn sub(self, span: Span) -> Self {
        Self(self.0.saturating_sub(span.0))
    }
}

impl From<Timestamp> for String {
    fn from(at: Timestamp) -> Self {
        // What is written must be readable.
        DateTime::<Utc>::from_timestamp_millis(at.0.clamp(FIRST, LAST))
            .unwrap_or(DateTime::<Utc>::MAX_UTC)
            .to_rfc3339_opts(SecondsFormat::Millis, true)
    }
}

impl TryFrom<String> for Timestamp {
    type Error = NoTime;
    fn try_from(text: String) -> Result<Self, NoTime> {
        let at = DateTime::parse_from_rfc3339(&text).map_err(|_| NoTime)?.timestamp_millis();
        // An offset may lead out of the years that can be written.
        if (FIRST..=LAST).contains(&at) { Ok(Self(at)) } else { Err(NoTime) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn months_follow_the_calendar() {
        let january = Timestamp::try_from("2026-01-31T10:00:00.000Z".to_owned()).unwrap();
        assert_eq!(String::from(january.plus_months(1)), "2026-02-28T10:00:00.000Z");
        assert_eq!(String::from(january.plus_months(18)), "2027-07-31T10:00:00.000Z");
        assert_eq!(String::from(january.end_of_third_year()), "2030-01-01T00:00:00.000Z");
    }

    #[test]
    fn the_first_and_the_last_time_that_can_be_written() {
        let read = |text: &str| Timestamp::try_from(text.to_owned());
        assert_eq!(read("0000-01-01T00:00:00.000Z"), Ok(Timestamp(FIRST)));
        assert_eq!(read("9999-12-31T23:59:59.999Z"), Ok(Timestamp(LAST)));
        assert_eq!(read("0000-01-01T00:00:00+00:01"), Err(NoTime));
        assert_eq!(read("9999-12-31T23:59:59-00:01"), Err(NoTime));
    }

    #[test]
    fn a_day_has_four_two_and_two_digits() {
        let read = |text: &str| Day::try_from(text.to_owned());
        assert_eq!(read("1970-01-02").map(Day::number), Ok(1));
        assert_eq!(read("0000-01-01").map(|day| day.number() < -700_000), Ok(true));
        for text in ["-22650-1-5", "+2026-1-31", "12026-1-31", "2026-1- 31", "2026- 1-31", "2026-02-30", "2026-01-31 "]
        {
            assert_eq!(read(text), Err(NoDay), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_day_is_read_as_it_is_written(text in "[-+ 0-9]{10}", year in 0..10_000, month in 1..13_u32, day in 1..29_u32) {
            if let Ok(Day(read)) = Day::try_from(text.clone()) {
                prop_assert_eq!(read.to_string(), text);
            }
            let text = format!("{year:04}-{month:02}-{day:02}");
            prop_assert_eq!(Day::try_from(text.clone()).map(|Day(day)| day.to_string()), Ok(text));
        }

        /// Between objects, in addresses and in what is kept.
        #[test]
        fn what_is_written_is_read(millis in any::<i64>(), near in -300_000_000_000_000..300_000_000_000_000_i64) {
            for millis in [millis, near] {
                let written = String::from(Timestamp(millis));
                prop_assert_eq!(Timestamp::try_from(written), Ok(Timestamp(millis.clamp(FIRST, LAST))));
            }
        }

        #[test]
        fn what_is_read_can_be_written(
            year in 0..10_000, day in 1..29, month in 1..13, minute in 0..1440, offset in -1439..1440,
        ) {
            let (sign, offset) = (if offset < 0 { '-' } else { '+' }, i32::abs(offset));
            let text = format!(
                "{year:04}-{month:02}-{day:02}T{:02}:{:02}:00{sign}{:02}:{:02}",
                minute / 60, minute % 60, offset / 60, offset % 60,
            );
            if let Ok(at) = Timestamp::try_from(text) {
                prop_assert_eq!(Timestamp::try_from(String::from(at)), Ok(at));
            }
        }
    }
}
