use super::*;
use crate::subject::inbox::InboxChange;

fn acknowledgements(changes: &[Change]) -> usize {
    changes.iter().filter(|change| matches!(change, Change::Acknowledge(_))).count()
}

/// How much there is that can still end.
fn stands(state: &State) -> usize {
    state.asked().count() + state.standings.values().filter(|it| it.can_end()).count()
}

fn told(story: Vec<(Step, Span)>, mut watch: impl FnMut(&Word, Timestamp, &State, &[Change], &State, Timestamp)) {
    tell(story, |step, before, decided, after, now| {
        if let Step::PassOn { word, ago } = step {
            watch(word, now - *ago, before, decided.unwrap(), after, now);
        }
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// The owner ends, and brings nothing back: that is the person's alone.
    #[test]
    fn the_owner_only_ends(story in links()) {
        told(story, |_, _, before, changes, after, now| {
            assert!(changes.iter().all(|change| matches!(
                change,
                Change::Took { .. }
                    | Change::Closed(..)
                    | Change::Forgotten(_)
                    | Change::LockedAway(_)
                    | Change::KeyDestroyed
                    | Change::NumberGivenUp
                    | Change::Acknowledge(_)
                    | Change::Inbox(InboxChange::Left(_))
                    | Change::Suppressed(Suppression::Until(_) | Suppression::UntilAllowed)
            )), "{changes:?}");
            assert!(after.in_force(now).iter().all(|purpose| before.in_force(now).contains(purpose)));
            assert!(after.suppression.holds(now) >= before.suppression.holds(now));
            assert!(before.suppression != Suppression::UntilAllowed || after.suppression == Suppression::UntilAllowed);
        });
    }

    /// A yes and a request of after the word stand as they stood, whatever the word.
    #[test]
    fn what_the_person_has_wanted_since_stays(story in links()) {
        told(story, |_, heard_at, before, _, after, _| {
            for (purpose, standing) in &before.standings {
                if standing.is_given_since(heard_at) {
                    assert_eq!(after.standings.get(purpose), Some(standing));
                }
            }
            for (form, pending) in before.asked() {
                if pending.requested_at > heard_at {
                    assert_eq!(after.pendings.get(form), Some(pending));
                }
            }
        });
    }

    #[test]
    fn what_was_there_before_ends(story in links()) {
        told(story, |word, heard_at, before, _, after, now| {
            let marketing: PurposeId = PURPOSES[1].parse().unwrap();
            let covers = |purpose: &PurposeId| match word {
                Word::Withdraw(scope) => scope.covers(purpose),
                Word::Object => *purpose == marketing,
                Word::WrongNumber | Word::Erase => true,
            };
            for purpose in after.in_force(now) {
                let standing = before.standings.get(&purpose).unwrap();
                assert!(!covers(&purpose) || standing.is_given_since(heard_at), "{word:?}");
            }
            for (_, pending) in after.asked() {
                let covered = pending.purposes.iter().any(|purpose| covers(&purpose.id));
                assert!(!covered || pending.requested_at > heard_at, "{word:?}");
            }
            if *word == Word::Erase {
                let old = |standing: &Standing| !standing.is_erased() && !standing.is_given_since(heard_at);
                assert!(!after.standings.values().any(old));
                assert!(after.closed.iter().all(|(_, at)| *at > heard_at));
            }
        });
    }

    /// What the owner ends is as silent towards web pages as what a STOP ends (L8), unless the person has surely wanted
    /// SMS since.
    #[test]
    fn web_pages_are_kept_away_afterwards(story in links()) {
        told(story, |word, heard_at, before, _, after, now| {
            if before.surely_wanted_since(heard_at) {
                return;
            }
            match word {
                Word::Object | Word::WrongNumber => assert_eq!(after.suppression, Suppression::UntilAllowed),
                Word::Withdraw(Scope::All) | Word::Erase => assert!(after.suppression.holds(now)),
                Word::Withdraw(Scope::Purpose(id)) => {
                    let taken = before.standings.get(id).is_some_and(Standing::can_end);
                    assert!(!taken || after.stopped_lately(id, now), "{after:?}");
                }
            }
        });
    }

    #[test]
    fn an_acknowledgement_comes_once_and_only_if_something_has_ended(story in links()) {
        told(story, |word, _, before, changes, after, _| {
            let says = matches!(word, Word::Withdraw(_) | Word::Object);
            assert_eq!(acknowledgements(changes), usize::from(says && stands(after) < stands(before)), "{changes:?}");
        });
    }

    /// Whoever calls twice for one word changes nothing by the second call, at once or days later.
    #[test]
    fn the_same_word_again_changes_nothing(story in links(), later in 0..25_i64) {
        told(story, |word, heard_at, _, _, after, now| {
            for at in [now, now + Span::hours(later)] {
                let mut state = after.clone();
                let due = due(&state, false, at);
                due.iter().for_each(|change| state.apply(change, at));
                // Of whom nothing is left nobody knows what they have wanted since.
                let forgotten = after.allowed_at.is_some() || !after.suppression.holds(at);
                if due.contains(&Change::Emptied) && forgotten {
                    continue;
                }
                let again = decide(&state, passed_on(word, heard_at), at).unwrap();
                // There is no key any more to destroy.
                let again: Vec<_> = again.into_iter().filter(|change| *change != Change::KeyDestroyed).collect();
                assert_eq!(again, [], "{word:?}");
            }
        });
    }

    /// What the law asks of one objection holds by whatever way it comes (L26).
    #[test]
    fn an_objection_is_one_whoever_brings_it(story in links()) {
        let StoryEnd { state, now, .. } = tell(story, |_, _, _, _, _| {});
        let after = |command| {
            let mut state = state.clone();
            decide(&state, command, now).unwrap().iter().for_each(|change| state.apply(change, now));
            state
        };
        let advertising = vec![PURPOSES[1].parse().unwrap()];
        let by_person = after(Command::Object { advertising, way: Way::Link });
        let by_owner = after(passed_on(&Word::Object, now));
        assert_eq!((by_person.standings, by_person.pendings, by_person.suppression),
            (by_owner.standings, by_owner.pendings, by_owner.suppression));
    }
}

/// A number that nobody knows, or that was erased: it is left alone all the same.
#[test]
fn a_word_of_nobody_leaves_a_suppression_and_nothing_else() {
    let now = Timestamp::from_millis(1_795_000_000_000);
    let nobody = State::default();
    let until = Suppression::Until(now + SUPPRESSED_FOR);
    for (word, suppression) in [
        (Word::Withdraw(Scope::All), until),
        (Word::Withdraw(Scope::Purpose("marketing".parse().unwrap())), until),
        (Word::Object, Suppression::UntilAllowed),
        (Word::WrongNumber, Suppression::UntilAllowed),
        (Word::Erase, until),
    ] {
        let changes = decide(&nobody, passed_on(&word, now - Span::days(3)), now).unwrap();
        let mut state = nobody.clone();
        changes.iter().for_each(|change| state.apply(change, now));
        let left = State { suppression, broken: state.broken, ..State::default() };
        assert_eq!(state, left, "{changes:?}");
    }
}
