use std::collections::BTreeSet;

use super::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_request_alters_no_standing(story in links()) {
        tell(story, |step, before, _, after, _| {
            if matches!(step, Step::Request { .. } | Step::FreshLinkFromPage | Step::Refuse { .. } | Step::Hold { .. }) {
                assert_eq!(before.standings, after.standings);
            }
        });
    }

    #[test]
    fn the_same_act_at_the_same_time_is_an_act_and_nothing(story in links()) {
        tell(story, |step, _, _, after, now| {
            let Some(again) = lasting(step, now) else { return };
            assert_eq!(decide(after, again, now), Ok(Vec::new()), "{step:?} twice");
        });
    }

    #[test]
    fn three_misses_in_a_row_suspend_a_consent(story in links()) {
        let mut misses = 0;
        tell(story, |step, before, decided, after, now| {
            let marketing = "marketing".parse().unwrap();
            match step {
                Step::Undeliverable { purpose: 1 } if before.given(&marketing, now).is_some() => misses += 1,
                Step::Delivered { purpose: 1 } => misses = 0,
                _ => {}
            }
            if before.given(&marketing, now).map(|it| it.since) != after.given(&marketing, now).map(|it| it.since) {
                let end = Change::Took { purpose: marketing.clone(), ending: Ending::Suspended };
                let suspended = decided.is_ok_and(|changes| changes.contains(&end));
                assert_eq!(suspended, misses == 3 && matches!(step, Step::Undeliverable { .. }));
                misses = 0;
            }
            assert!(misses < 3);
        });
    }

    #[test]
    fn only_a_confirmation_of_what_waits_gives_consent(story in links()) {
        tell(story, |step, before, decided, after, now| {
            let gained = PURPOSES.iter().filter(|id| {
                let id = id.parse().unwrap();
                after.given(&id, now).is_some() && before.given(&id, now).is_none()
            });
            if gained.count() > 0 {
                assert!(matches!(step, Step::Confirm { .. } | Step::Reply(Reply::Yes { .. })));
                assert!(decided.is_ok());
            }
            if let (Step::Confirm { .. }, Ok(changes)) = (step, decided) {
                let Some(Change::Closed(link, End::Confirmed)) = changes.first() else { panic!() };
                assert!(before.pending(link, now).is_some());
                assert!(after.pending(link, now).is_none(), "a link confirms once");
            }
        });
    }

    /// However often a request names a purpose: one yes is one event, and its SMS says it once.
    #[test]
    fn nothing_waits_or_is_given_twice(story in links()) {
        tell(story, |_, _, decided, after, _| {
            for pending in after.pendings.values() {
                let ids: BTreeSet<_> = pending.purposes.iter().map(|purpose| &purpose.id).collect();
                assert_eq!(ids.len(), pending.purposes.len());
            }
            let gave = decided.into_iter().flatten().filter_map(|change| match change {
                Change::Gave(gave) => Some(&gave.purpose.id),
                _ => None,
            });
            let gave: Vec<_> = gave.collect();
            assert_eq!(gave.iter().collect::<BTreeSet<_>>().len(), gave.len());
        });
    }

    #[test]
    fn a_state_survives_its_storage(story in links()) {
        tell(story, |_, _, _, after, _| {
            let json = serde_json::to_string(after).unwrap();
            assert_eq!(&serde_json::from_str::<State>(&json).unwrap(), after);
        });
    }
}

/// The command of an act that lasts, which needs no link.
fn lasting(step: &Step, now: Timestamp) -> Option<Command> {
    let lasts = matches!(step, Step::Object { .. } | Step::Withdraw { .. } | Step::Allow | Step::WrongNumber);
    let none = TokenHash("none".into());
    lasts.then(|| command(step, |_| unreachable!(), |_| unreachable!(), &none, |_| unreachable!(), |_| 0, now))
}
