//! Calendar days, where the shop is: what people count a promise such as "at most one a week" in.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::{settings::Period, time::Timestamp};

/// An IANA time zone, such as `Europe/Berlin`. Whoever puts one into the settings was asked for one that the platform
/// knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TimeZone(pub String);

impl Default for TimeZone {
    fn default() -> Self {
        Self("Europe/Berlin".to_owned())
    }
}

/// A calendar day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LocalDay(NaiveDate);

impl LocalDay {
    /// The day of that date, `29/11/2026`.
    pub fn parse(text: &str) -> Option<Self> {
        NaiveDate::parse_from_str(text, "%d/%m/%Y").ok().map(Self)
    }

    pub fn utc(at: Timestamp) -> Self {
        let day = i32::try_from(at.day()).ok().and_then(NaiveDate::from_epoch_days);
        Self(day.unwrap_or(NaiveDate::MIN))
    }

    /// Days since 1970-01-01.
    pub fn number(self) -> i32 {
        self.0.to_epoch_days()
    }

    /// The first day of the period that ends with this one. A week has seven days; a month begins the day after last
    /// month's same date, or after that month's last day where it has no such date: no calendar month, and no stretch
    /// from one date to the next, ever holds more than was promised.
    pub fn begin_of(self, period: Period) -> Self {
        let before = match period {
            Period::Day => return self,
            Period::Week => self.0.checked_sub_days(chrono::Days::new(7)),
            Period::Month => self.0.checked_sub_months(Months::new(1)),
        };
        Self(before.and_then(|day| day.succ_opt()).unwrap_or(NaiveDate::MIN))
    }
}

#[cfg(test)]
mod tests {
    use chrono::Datelike as _;
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> LocalDay {
        LocalDay::parse(text).unwrap()
    }

    #[test]
    fn a_month_begins_the_day_after_last_months_same_date() {
        for (today, begin) in [
            ("29/11/2026", "30/10/2026"),
            ("30/11/2026", "31/10/2026"),
            ("31/12/2026", "01/12/2026"),
            ("31/03/2027", "01/03/2027"),
            ("30/03/2027", "01/03/2027"),
            ("01/03/2027", "02/02/2027"),
            ("29/03/2028", "01/03/2028"),
            ("31/01/2027", "01/01/2027"),
        ] {
            assert_eq!(day(today).begin_of(Period::Month), day(begin), "{today}");
        }
        assert_eq!(day("29/11/2026").begin_of(Period::Week), day("23/11/2026"));
        assert_eq!(day("29/11/2026").begin_of(Period::Day), day("29/11/2026"));
    }

    #[test]
    fn what_is_no_date_is_no_day() {
        for text in ["", "29.11.2026", "30/02/2027", "2026-11-29"] {
            assert_eq!(LocalDay::parse(text), None, "{text}");
        }
        assert_eq!(LocalDay::utc(Timestamp::from_millis(-1)).number(), -1);
        assert_eq!(day("02/01/1970").number(), 1);
    }

    fn period() -> impl Strategy<Value = Period> {
        prop::sample::select(vec![Period::Day, Period::Week, Period::Month])
    }

    proptest! {
        #[test]
        fn a_steady_rhythm_is_never_refused(from in 0..40_000_i32, period in period()) {
            let today = LocalDay(NaiveDate::from_epoch_days(from).unwrap());
            let next = match period {
                Period::Day => today.0.succ_opt().unwrap(),
                Period::Week => today.0.checked_add_days(chrono::Days::new(7)).unwrap(),
                Period::Month => today.0.checked_add_months(Months::new(1)).unwrap(),
            };
            // A rhythm by date keeps to the first of them: from the 31st on, a month's last day is its date.
            prop_assume!(period != Period::Month || next.day() == today.0.day());
            prop_assert!(today < LocalDay(next).begin_of(period));
        }

        #[test]
        fn no_calendar_week_or_month_holds_two_periods(from in 0..40_000_i32, later in 1..40_i32, period in period()) {
            let first = LocalDay(NaiveDate::from_epoch_days(from).unwrap());
            let second = LocalDay(NaiveDate::from_epoch_days(from + later).unwrap());
            let passes = first < second.begin_of(period);
            let together = match period {
                Period::Day => first == second,
                Period::Week => later < 7,
                Period::Month => (first.0.year(), first.0.month()) == (second.0.year(), second.0.month()),
            };
            prop_assert!(!(passes && together));
        }
    }
}
