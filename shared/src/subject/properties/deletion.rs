use super::*;

/// Lets time pass until nothing more is due by itself; shows what is done each time, and gives where it ends.
fn leave_alone(
    StoryEnd { mut state, mut has_number, mut now }: StoryEnd,
    mut watch: impl FnMut(&State, &[Change], &State, Timestamp),
) -> StoryEnd {
    for _ in 0..100 {
        let Some(due_at) = next_due(&state, has_number) else {
            return StoryEnd { state, has_number, now };
        };
        let early = Timestamp::from_millis(due_at.millis() - 1);
        if early > now {
            assert_eq!(due(&state, has_number, early), [], "nothing goes before its time");
        }
        now = now.max(due_at);
        let changes = due(&state, has_number, now);
        assert!(!changes.is_empty(), "an alarm has something to do: {state:?}");
        let before = state.clone();
        for change in &changes {
            has_number = keeps_number(change, has_number);
            state.apply(change, now);
        }
        assert_eq!(due(&state, has_number, now), [], "once done it is done");
        watch(&before, &changes, &state, now);
    }
    panic!("an alarm that never ends: {state:?}")
}

/// When the last SMS for each purpose left, counted by hand.
#[derive(Default)]
struct LastSms(BTreeMap<PurposeId, Timestamp>);

impl LastSms {
    fn note(&mut self, step: &Step, decided: Result<&[Change], &Refusal>, now: Timestamp) {
        let changes = decided.unwrap_or_default();
        let acknowledged =
            changes.iter().any(|change| matches!(change, Change::Acknowledge(_) | Change::AcknowledgeWayOut(_)));
        for change in changes {
            match change {
                Change::Gave(gave) => {
                    self.0.insert(gave.purpose.id.clone(), now);
                }
                Change::Ordered(purpose) if matches!(step, Step::Send { .. }) => {
                    self.0.insert(purpose.clone(), now);
                }
                Change::Took { purpose, .. } if acknowledged => {
                    self.0.entry(purpose.clone()).and_modify(|at| *at = now);
                }
                _ => {}
            }
        }
    }

    /// Until when the past of a purpose may be kept.
    fn end(&self, purpose: &PurposeId, ended: Timestamp) -> Timestamp {
        let month = ended + Span::days(30);
        self.0.get(purpose).map_or(month, |at| at.end_of_third_year().max(month))
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn who_is_left_alone_leaves_at_most_a_keyed_hash(story in links()) {
        let end = tell(story, |_, _, _, _, _| {});
        let suppression = end.state.suppression;
        let lifted = suppression == Suppression::UntilAllowed;
        // By which the links that lift it are known.
        let (generation, broken) = (end.state.generation, end.state.broken);
        let end = leave_alone(end, |_, _, _, _| {});
        let stays = if lifted {
            State { suppression, generation, broken: broken || end.state.broken, ..State::default() }
        } else {
            State::default()
        };
        prop_assert_eq!(&end.state, &stays);
        prop_assert!(!end.has_number);
        let needed = if lifted { Needed::Hash } else { Needed::Nothing };
        prop_assert_eq!(end.state.needed(end.now), needed);
    }

    #[test]
    fn nothing_is_kept_beyond_its_date_and_nothing_goes_before(story in links()) {
        let mut last = LastSms::default();
        let end = tell(story, |step, before, decided, _, now| {
            for (purpose, standing) in &before.standings {
                if let Some(ended) = standing.ended() {
                    assert!(now < last.end(purpose, ended), "{purpose}: {standing:?}");
                }
            }
            assert!(before.closed.iter().all(|(_, at)| now < *at + Span::days(30)));
            last.note(step, decided, now);
        });
        leave_alone(end, |before, changes, _, now| {
            for change in changes {
                if let Change::Expunged(purpose) = change {
                    // It may have lapsed in the same moment.
                    let ended = before.standings[purpose].ended().unwrap_or(now);
                    assert!(now >= last.end(purpose, ended), "{purpose}: {before:?}");
                }
            }
        });
    }

    #[test]
    fn nothing_in_force_and_nothing_that_waits_is_ever_deleted(story in links()) {
        let end = tell(story, |_, before, _, _, now| {
            let kept = due(before, true, now);
            assert!(kept.iter().all(|change| *change == Change::Emptied), "what is due was done: {kept:?}");
        });
        leave_alone(end, |before, changes, after, now| {
            for purpose in before.standings.keys().filter(|id| before.given(id, now).is_some()) {
                assert!(after.given(purpose, now).is_some());
            }
            for (form, pending) in before.pendings.iter().filter(|(_, pending)| now < pending.expires_at()) {
                assert_eq!(after.pendings.get(form), Some(pending));
            }
            if changes.contains(&Change::Emptied) {
                assert!(!after.has_reasons());
                assert_eq!(after.suppression.holds(now), before.suppression.holds(now), "nobody's no is forgotten");
            }
        });
    }

    #[test]
    fn a_strangers_request_that_is_turned_down_waits_for_a_start_and_changes_nothing_else(story in links()) {
        tell(story, |step, before, _, after, now| {
            // Who left requests unanswered still has a way to what they use.
            let to_what_is_used = matches!(step, Step::FreshLinkFromPage) && !before.in_force(now).is_empty();
            if by_a_stranger(step) && before.suppression.holds(now) && !to_what_is_used {
                assert_eq!(before, &State { pendings: before.pendings.clone(), ..after.clone() });
                for (form, pending) in after.pendings.iter().filter(|(form, it)| before.pendings.get(*form) != Some(it)) {
                    assert_eq!((pending.hold, pending.ordered), (Hold::Held, 0), "{form}");
                }
            }
        });
    }

    #[test]
    fn an_erasure_keeps_its_proof_as_long_as_the_last_sms_asks_and_is_done_once(story in links()) {
        let mut last = LastSms::default();
        tell(story, |step, before, decided, after, now| {
            last.note(step, decided, now);
            if !matches!(step, Step::Erase) {
                return;
            }
            let given = before.standings.iter().filter(|(id, standing)| !standing.is_erased() && before.last_sms.contains_key(*id));
            let until = given.map(|(id, _)| last.end(id, now)).max();
            assert_eq!(before.erasure_keeps_until(now), until);
            let erased = after.standings.keys().filter(|id| before.last_sms.contains_key(*id));
            assert!(until.is_none() || erased.filter_map(|id| after.kept_until(id)).max() >= until);
            let again = decide(after, Command::Erase { way: Way::FreshLink }, now).unwrap();
            assert!(!again.iter().any(|change| matches!(change, Change::Took { .. })), "{again:?}");
        });
    }
}
