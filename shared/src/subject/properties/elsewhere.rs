//! Replies to numbers that the settings have no more, and those that were heard late.

use super::*;

/// A number that nobody has ever known.
const UNKNOWN: &str = "+4915200000000";
/// As a provider may write the one that the person knows.
const SENDER_AT_HOME: &str = "015228817386";

fn said(to: &str, at: At, reply: &Reply, said_at: Option<Timestamp>) -> Command {
    Command::Answer(Answer { said_at, ..answer(to, at, reply, Vec::new()) })
}

fn after(before: &State, command: Command, now: Timestamp) -> State {
    let mut state = before.clone();
    decide(before, command, now).unwrap().iter().for_each(|change| state.apply(change, now));
    state
}

fn given(state: &State) -> Vec<&PurposeId> {
    state.standings.iter().filter(|(_, it)| matches!(it, Standing::Given(_))).map(|(id, _)| id).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever number a STOP came in at, and whatever the settings have.
    #[test]
    fn a_bare_stop_ends_all_wherever_it_came_in(story in links()) {
        tell(story, |_, _, _, state, now| {
            for to in [SENDER, SENDER_AT_HOME, UNKNOWN] {
                for reply in [Reply::Stop(Stop::Everything), Reply::WrongNumber] {
                    let after = after(state, said(to, At::Elsewhere, &reply, None), now);
                    assert_eq!(given(&after), Vec::<&PurposeId>::new(), "{to} {reply:?}");
                    assert!(after.pendings.is_empty());
                    assert!(after.suppression.holds(now));
                }
                let after = after(state, said(to, At::Elsewhere, &Reply::Stop(Stop::Advertising), None), now);
                assert!(!given(&after).iter().any(|id| id.as_str() == "marketing"), "{to}");
                assert!(given(state).iter().all(|id| id.as_str() == "marketing" || given(&after).contains(id)), "{to}");
                let code = None;
                let after = self::after(state, said(to, At::Elsewhere, &Reply::No { code }, None), now);
                assert_eq!(after.waiting_at(SENDER, now).count(), 0, "{to}");
            }
        });
    }

    #[test]
    fn at_a_number_that_nobody_knows_only_an_end_counts(story in links(), reply in reply()) {
        tell(story, |_, _, _, state, now| {
            // HELP is answered wherever an answer can come from.
            if !reply.only_ends() && !matches!(reply, Reply::Help | Reply::Info) {
                assert_eq!(&after(state, said(UNKNOWN, At::Elsewhere, &reply, None), now), state);
            }
        });
    }

    /// The settings know what a number serves; the person knows what they agreed to from there.
    #[test]
    fn a_number_serves_what_the_person_agreed_to_from_there(story in links()) {
        tell(story, |_, _, _, state, _| {
            let declared = PURPOSES.map(purpose);
            let ids = |served: Vec<Purpose>| served.into_iter().map(|purpose| purpose.id).collect::<Vec<_>>();
            for to in [SENDER, SENDER_AT_HOME] {
                let served = ids(state.served_at(to, &[], &declared));
                assert!(given(state).into_iter().all(|id| served.contains(id)));
                let asked = state.asked().map(|(_, pending)| pending).flat_map(|pending| &pending.purposes);
                assert!(asked.into_iter().all(|purpose| served.contains(&purpose.id)));
            }
            assert_eq!(ids(state.served_at(UNKNOWN, &[], &declared)), Vec::<PurposeId>::new());
            let booking = [PURPOSES[0].parse().unwrap()];
            assert_eq!(ids(state.served_at(UNKNOWN, &booking, &declared)), booking);
        });
    }

    /// What is heard late ends what stood when it was said, and changes nothing that the person has wanted since.
    #[test]
    fn what_is_heard_late_leaves_what_is_younger(story in links(), reply in reply(), ago in 0..200_i64) {
        tell(story, |_, _, _, state, now| {
            let said_at = now - Span::hours(ago);
            let late = after(state, said(SENDER, At::Ours, &reply, Some(said_at)), now);
            for (id, standing) in state.standings.iter().filter(|(_, it)| it.since() > said_at) {
                assert_eq!(late.standings.get(id), Some(standing), "{reply:?}");
            }
            for (form, pending) in state.pendings.iter().filter(|(_, it)| it.requested_at > said_at) {
                assert_eq!(late.pendings.get(form), Some(pending), "{reply:?}");
            }
            let in_time = after(state, said(SENDER, At::Ours, &reply, None), now);
            if reply.only_ends() {
                let older = |(_, it): &(&PurposeId, &Standing)| it.since() <= said_at;
                assert!(state.standings.iter().filter(older).all(|(id, _)| late.standings.get(id) == in_time.standings.get(id)));
            }
            if state.suppression.holds(now) && state.answered.is_some_and(|at| at > said_at) {
                assert!(late.suppression.holds(now), "an old START after a STOP: {reply:?}");
            }
        });
    }
}
