//! How long to wait before something is tried again.

use crate::time::Span;

/// Pauses that double with each failure, up to the longest.
#[derive(Debug, Clone, Copy)]
pub struct Doubling {
    first: Span,
    longest: Span,
    spread: Spread,
}

/// Pauses from a list, at whose end it is time to give up.
#[derive(Debug, Clone, Copy)]
pub struct Listed {
    pauses: &'static [Span],
    spread: Spread,
}

/// By how much a pause grows at random, so that retries don't come in step: nearly that share of it at the most.
#[derive(Debug, Clone, Copy)]
enum Spread {
    None,
    Tenth,
    Half,
}

/// The alarm of an object whose last one failed: 30 s to an hour.
pub const ALARM: Doubling = Doubling { first: Span::seconds(30), longest: Span::hours(1), spread: Spread::Half };

/// SMS, copies and what the owner is told, on their way out of a person's object: 2 s to 34 min.
pub const OUTBOX: Doubling = Doubling { first: Span::seconds(2), longest: Span::seconds(2048), spread: Spread::Half };

/// Probes of a gateway that is stopped: 15 s to half an hour.
pub const PROBE: Doubling = Doubling { first: Span::seconds(15), longest: Span::minutes(30), spread: Spread::Tenth };

/// The recipients of a batch that could not be asked: 4 s to an hour.
pub const BATCH: Doubling = Doubling { first: Span::seconds(4), longest: Span::hours(1), spread: Spread::None };

/// Webhooks, as the Standard Webhooks specification suggests: three days and three and a half hours in all.
pub const WEBHOOK: Listed = Listed {
    pauses: &[
        Span::seconds(5),
        Span::minutes(5),
        Span::minutes(30),
        Span::hours(2),
        Span::hours(5),
        Span::hours(10),
        Span::hours(14),
        Span::hours(20),
        Span::hours(24),
    ],
    spread: Spread::Tenth,
};

/// How often an object is asked in all whose platform says that it can be asked again.
pub const QUESTIONS: u32 = 3;

/// How long to wait before it is, after so many answers of that kind: 50 to 100 ms, 100 to 200 ms. Somebody waits.
pub fn question(failures: u32, jitter: u8) -> Span {
    let first = 25_i64.saturating_mul(1 << failures.min(4));
    Span::millis(first + first * i64::from(jitter) / 255)
}

impl Spread {
    fn add(self, pause: Span, jitter: u8) -> Span {
        let seconds = pause.whole_seconds();
        let parts = match self {
            Self::None => return pause,
            Self::Tenth => 2560,
            Self::Half => 512,
        };
        Span::seconds(seconds.saturating_add(seconds.saturating_mul(i64::from(jitter)) / parts))
    }
}

impl Doubling {
    /// How long to wait after so many attempts have failed, the last one included. `jitter` is random.
    pub fn pause(self, failures: u32, jitter: u8) -> Span {
        let doubled = 2_i64.saturating_pow(failures.saturating_sub(1)).saturating_mul(self.first.whole_seconds());
        self.spread.add(Span::seconds(doubled.min(self.longest.whole_seconds())), jitter)
    }
}

impl Listed {
    /// How long to wait after so many attempts have failed, the last one included; nothing once it is time to give up.
    pub fn pause(self, failures: u32, jitter: u8) -> Option<Span> {
        let pause = *self.pauses.get(usize::try_from(failures).ok()?.checked_sub(1)?)?;
        Some(self.spread.add(pause, jitter))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_pause_doubles_up_to_the_longest(failures in prop_oneof![1..20_u32, 1..u32::MAX], jitter: u8) {
            let doubled = 2_i64.saturating_pow(failures);
            let (outbox, batch) = (OUTBOX.pause(failures, 0), BATCH.pause(failures, jitter));
            prop_assert_eq!(outbox, Span::seconds(doubled.min(2048)));
            prop_assert_eq!(batch, Span::seconds(doubled.saturating_mul(2).min(3600)));
            let grown = OUTBOX.pause(failures, jitter).whole_seconds() - outbox.whole_seconds();
            prop_assert!((0..=outbox.whole_seconds() / 2).contains(&grown));
        }
    }

    #[test]
    fn webhooks_pause_ever_longer_and_end_after_three_days() {
        let all = |jitter| (1..).map_while(move |failures| WEBHOOK.pause(failures, jitter)).collect::<Vec<_>>();
        let total = |pauses: &[Span]| pauses.iter().map(|pause| pause.whole_seconds()).sum::<i64>();
        for jitter in [0, 255] {
            let pauses = all(jitter);
            assert!(pauses.is_sorted_by(|a, b| a < b), "{pauses:?}");
            let days = total(&pauses) as f64 / 86_400.0;
            assert!((3.0..3.6).contains(&days), "{days}");
        }
        assert!(total(&all(255)) > total(&all(0)));
        assert_eq!(WEBHOOK.pause(0, 0), None);
    }
}
