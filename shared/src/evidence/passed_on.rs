use serde::{Deserialize, Serialize};

use crate::{
    calendar::LocalDay,
    time::{Day, Span, Timestamp},
};

/// A program's clock may be so far ahead of ours: what it has just heard is no future.
const CLOCKS_APART: Span = Span::minutes(1);

/// A word of the person's that reached the business, and that the owner passed on (L25). When it was recorded is the
/// time of the event, and who did so its `actor`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PassedOn {
    /// How it came.
    pub channel: WordChannel,
    /// When it reached the business, as the owner said it.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub received_at: ReceivedAt,
}

/// How a person's word reached the business.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum WordChannel {
    /// By a call.
    Phone,
    /// On paper, by post or fax.
    Letter,
    Email,
    /// Face to face.
    Counter,
    /// In any other way.
    Other,
}

/// When a word reached the business: a time (RFC 3339), or a day where the business is, `2026-01-31`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum ReceivedAt {
    At(Timestamp),
    On(Day),
}

/// What has not been heard yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is in the future")]
pub struct InTheFuture;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("give a time such as 2026-01-31T14:05:00Z, or a day such as 2026-01-31")]
pub struct NoTime;

impl ReceivedAt {
    /// The latest time that it can have been: of a day its end, so that nothing the person may have meant goes on.
    /// `day_at` says which day it is at a time where the business is.
    ///
    /// # Errors
    /// It is in the future.
    pub fn latest(self, now: Timestamp, day_at: impl Fn(Timestamp) -> LocalDay) -> Result<Timestamp, InTheFuture> {
        match self {
            Self::At(at) if at > now + CLOCKS_APART => Err(InTheFuture),
            Self::At(at) => Ok(at.min(now)),
            Self::On(day) => {
                let number_at = |at| i64::from(day_at(at).number());
                if day.number() > number_at(now) {
                    return Err(InTheFuture);
                }
                // The first moment of another day lies between these, wherever the business is.
                let begin = Timestamp::from_millis(day.number() * 86_400_000);
                let (mut that, mut next) = (begin - Span::hours(15), begin + Span::hours(24 + 15));
                while that + Span::millis(1) < next {
                    let middle = Timestamp::from_millis(that.millis().midpoint(next.millis()));
                    if number_at(middle) <= day.number() { that = middle } else { next = middle }
                }
                Ok(that.min(now))
            }
        }
    }
}

impl TryFrom<String> for ReceivedAt {
    type Error = NoTime;
    fn try_from(text: String) -> Result<Self, NoTime> {
        let day = Day::try_from(text.clone()).map(Self::On);
        day.or_else(|_| Timestamp::try_from(text).map(Self::At)).map_err(|_| NoTime)
    }
}

impl From<ReceivedAt> for String {
    fn from(at: ReceivedAt) -> Self {
        match at {
            ReceivedAt::At(at) => at.into(),
            ReceivedAt::On(day) => day.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const DAY: i64 = 86_400_000;

    /// The day in a place so many minutes ahead of UTC.
    fn day_at(minutes: i64) -> impl Fn(Timestamp) -> LocalDay {
        move |at| LocalDay::utc(at + Span::minutes(minutes))
    }

    fn received(text: &str) -> ReceivedAt {
        ReceivedAt::try_from(text.to_owned()).unwrap()
    }

    proptest! {
        /// Whatever the person did on that day, there, is not younger than what they said on it; the day after is.
        #[test]
        fn a_day_ends_where_the_business_is(day in 0..30_000_i64, minutes in -12 * 60..=14 * 60_i64) {
            let on = ReceivedAt::On(Day::of_number(day).unwrap());
            let late = Timestamp::from_millis((day + 100) * DAY);
            let latest = on.latest(late, day_at(minutes)).unwrap();
            prop_assert_eq!(latest.millis(), (day + 1) * DAY - minutes * 60_000 - 1);
        }

        #[test]
        fn nothing_is_later_than_now(day in 0..30_000_i64, into in 0..DAY, minutes in -12 * 60..=14 * 60_i64, ahead in -3..3_i64) {
            let now = Timestamp::from_millis(day * DAY + into);
            let on = ReceivedAt::On(Day::of_number(day + ahead).unwrap());
            match on.latest(now, day_at(minutes)) {
                Ok(latest) => prop_assert!(latest <= now),
                Err(InTheFuture) => prop_assert!(day + ahead > i64::from(day_at(minutes)(now).number())),
            }
            let at = now + Span::seconds(ahead * 50);
            prop_assert_eq!(ReceivedAt::At(at).latest(now, day_at(minutes)), if ahead < 2 { Ok(at.min(now)) } else { Err(InTheFuture) });
        }

        #[test]
        fn it_is_kept_as_it_was_given(day in 0..30_000_i64) {
            let text = Day::of_number(day).unwrap().to_string();
            prop_assert_eq!(String::from(received(&text)), text);
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in ["", "yesterday", "2026-11-31", "2026-11-29T10:00", "29.11.2026", "2026-1-1"] {
            assert!(ReceivedAt::try_from(text.to_owned()).is_err(), "{text}");
        }
        assert_eq!(String::from(received("2026-11-29T11:00:00+01:00")), "2026-11-29T10:00:00.000Z");
    }
}
