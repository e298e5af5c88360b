use crate::time::{Span, Timestamp};

/// So much in a while, in memory: what an isolate may ask of an object for people who need no proof to ask.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Allowance {
    began: Option<Timestamp>,
    taken: u32,
}

impl Allowance {
    /// Takes one of `most` within `span`. Says whether there was one.
    pub fn take(&mut self, most: u32, span: Span, now: Timestamp) -> bool {
        // A clock that was set back begins anew.
        if self.began.is_none_or(|began| now < began || began + span <= now) {
            *self = Self { began: Some(now), taken: 0 };
        }
        let there = self.taken < most;
        self.taken = self.taken.saturating_add(u32::from(there));
        there
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_more_than_most_is_taken_in_a_while(pauses in prop::collection::vec(0..9_i64, 1..80), most in 0..5_u32) {
            let (mut allowance, mut taken) = (Allowance::default(), Vec::new());
            let mut now = Timestamp::from_millis(1_795_000_000_000);
            for pause in pauses {
                now = now + Span::seconds(pause);
                if allowance.take(most, Span::seconds(30), now) {
                    taken.push(now);
                }
                // Whiles follow one another, so that any span of their length meets two at the most.
                let lately = taken.iter().filter(|at| now < **at + Span::seconds(30)).count();
                prop_assert!(lately <= 2 * most as usize);
            }
            prop_assert!(most == 0 || !taken.is_empty());
        }
    }
}
