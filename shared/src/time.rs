//! Time as milliseconds, handed in by whoever has a clock.

use chrono::{DateTime, Datelike as _, Months, NaiveDate, SecondsFormat, TimeZone as _, Utc};
use serde::{Deserialize, Serialize};

/// A point in time, in milliseconds since 1970-01-01T00:00:00Z. As JSON: an RFC 3339 text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
#[serde(try_from = "String", into = "String")]
pub struct Timestamp(i64);

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
        // Chrono also reads days of one digit, and years with a sign.
        let day = NaiveDate::parse_from_str(&text, "%Y-%m-%d").map_err(|_| NoDay)?;
        if text.len() == 10 { Ok(Self(day)) } else { Err(NoDay) }
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
    /// Its whole seconds.
    pub const fn whole_seconds(self) -> i64 {
        self.0 / 1000
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
        DateTime::<Utc>::from_timestamp_millis(at.0)
            .unwrap_or(DateTime::<Utc>::MAX_UTC)
            .to_rfc3339_opts(SecondsFormat::Millis, true)
    }
}

impl TryFrom<String> for Timestamp {
    type Error = chrono::ParseError;
    fn try_from(text: String) -> Result<Self, chrono::ParseError> {
        DateTime::parse_from_rfc3339(&text).map(|at| Self(at.timestamp_millis()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_follow_the_calendar() {
        let january = Timestamp::try_from("2026-01-31T10:00:00.000Z".to_owned()).unwrap();
        assert_eq!(String::from(january.plus_months(1)), "2026-02-28T10:00:00.000Z");
        assert_eq!(String::from(january.plus_months(18)), "2027-07-31T10:00:00.000Z");
        assert_eq!(String::from(january.end_of_third_year()), "2030-01-01T00:00:00.000Z");
    }
}
