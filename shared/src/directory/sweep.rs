//! How far a share of the directory has come with its nightly sweep.

use serde::{Deserialize, Serialize};

use crate::{
    key_ring::SubjectId,
    time::{Span, Timestamp},
};

/// The sweeps of all shares begin within so many hours after midnight (UTC), at random.
const NIGHT: Span = Span::hours(4);
/// What is tried is not tried once more before.
const TRIED: Span = Span::seconds(30);
/// What fails so often is passed over until the next night.
const MOST_TRIES: u8 = 3;

/// Where the sweep of a share stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sweep {
    /// Which of the shares this is.
    pub shard: u32,
    pub at: SweepAt,
    /// When it goes on.
    pub due: Timestamp,
    /// Attempts at this part that were begun.
    pub tries: u8,
}

/// A part of a sweep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SweepAt {
    /// For the night.
    Waiting,
    /// Asks the people after that one.
    People { after: Option<SubjectId> },
    /// Looks through KV's keys, from this place of its list on, after that key.
    Keys { cursor: Option<String>, after: Option<String> },
}

impl Sweep {
    pub fn new(shard: u32, now: Timestamp, random: u16) -> Self {
        Self { shard, at: SweepAt::Waiting, due: next_night(now, random), tries: 0 }
    }

    /// What is noted before a part is tried.
    #[must_use]
    pub fn try_now(self, now: Timestamp) -> Self {
        let (at, tries) = match self.at {
            SweepAt::Waiting => (SweepAt::People { after: None }, 0),
            at => (at, self.tries),
        };
        Self { at, due: now + TRIED, tries: tries.saturating_add(1), ..self }
    }

    /// Whether this part has failed so often that it is passed over until the next night.
    pub const fn is_in_vain(&self) -> bool {
        self.tries > MOST_TRIES
    }

    /// What is noted after it: the next part follows at once.
    #[must_use]
    pub fn go_on(self, at: SweepAt, now: Timestamp, random: u16) -> Self {
        match at {
            SweepAt::Waiting => Self::new(self.shard, now, random),
            at => Self { at, due: now, tries: 0, ..self },
        }
    }
}

fn next_night(now: Timestamp, random: u16) -> Timestamp {
    let midnight = Timestamp::from_millis(now.day().saturating_add(1).saturating_mul(86_400_000));
    midnight + Span::seconds(NIGHT.whole_seconds() * i64::from(random) / 65_536)
}
