//! What waits for a human, and what waits for the human's answer (L34).

use super::*;
use crate::deletion::INBOX_TEXT;

/// The same person, had they written nothing that a human must read.
fn without_inbox(state: &State) -> State {
    State { inbox: Inbox::default(), read: None, ..state.clone() }
}

fn advertises(gave: &Change) -> bool {
    matches!(gave, Change::Gave(gave) if gave.terms.advertises)
}

fn of_inbox(change: &Change) -> bool {
    matches!(change, Change::Inbox(_))
}

/// All that can want out for these purposes.
fn outgoing(state: &State, now: Timestamp) -> Vec<Outgoing> {
    let links = state.pendings.values().map(|pending| Outgoing::Confirmation { link: pending.link.clone() });
    let of = |id: &str| id.parse::<PurposeId>().unwrap();
    let messages = PURPOSES.into_iter().map(|id| Outgoing::Message { purpose: of(id) });
    let welcomes = PURPOSES.into_iter().map(|id| Outgoing::Welcome { purpose: of(id) });
    let others = [
        Outgoing::Already,
        Outgoing::Acknowledgement,
        Outgoing::Help { has: Vec::new() },
        Outgoing::Agreed { purposes: vec![of(PURPOSES[0])] },
        Outgoing::FreshLink { asked_at: now },
        Outgoing::ShortAnswer { asked_at: now },
    ];
    links.chain(messages).chain(welcomes).chain(others).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_pause_begins_only_by_what_speaks_of_rights(story in links()) {
        tell(story, |step, before, _, after, _| {
            if !before.inbox.pauses() && after.inbox.pauses() {
                assert!(matches!(step, Step::Writes { of: About::Rights }), "{step:?}");
            }
        });
    }

    /// Not time, not the owner's messages, not a stranger at a web page.
    #[test]
    fn only_a_human_or_the_persons_own_wish_ends_a_pause(story in links()) {
        let mut paused = false;
        tell(story, |step, before, decided, after, now| {
            if paused && !before.inbox.pauses() {
                assert!(before.in_force(now).is_empty() && !before.has_reasons(), "time alone: {before:?}");
            }
            if before.inbox.pauses() && !after.inbox.pauses() {
                let human = matches!(step, Step::Human { .. });
                let own = matches!(
                    step,
                    Step::Allow | Step::Reply(Reply::Start) | Step::Erase | Step::PassOn { word: Word::Erase, .. }
                );
                let yes = decided.unwrap().iter().any(advertises);
                assert!(human || own || yes, "{step:?}");
            }
            paused = after.inbox.pauses();
        });
    }

    #[test]
    fn a_pause_holds_back_advertising_and_nothing_else(story in links()) {
        tell(story, |_, _, _, state, now| {
            let free = without_inbox(state);
            for sms in outgoing(state, now) {
                let held = gate(state, &sms, now, Vec::new, Today::HasRoom);
                let advertises = sms.purpose().and_then(|id| state.given(id, now)).is_some_and(|it| it.terms.advertises);
                if advertises && state.inbox.pauses() {
                    assert_eq!(held, Err(Withheld::Paused), "{sms:?}");
                } else {
                    assert_eq!(held, gate(&free, &sms, now, Vec::new, Today::HasRoom), "{sms:?}");
                }
            }
            for id in PURPOSES.map(|id| id.parse::<PurposeId>().unwrap()) {
                let send = decide(state, Command::Send { purpose: id.clone(), sent: 0 }, now);
                let paused = state.given(&id, now).is_some_and(|given| state.is_paused(given));
                assert_eq!(paused, id.as_str() == "marketing" && state.given(&id, now).is_some() && state.inbox.pauses());
                if paused {
                    assert_eq!(check(state, &id, now), Verdict::Denied(Reason::Paused));
                    assert_eq!(send, Err(Refusal::Paused));
                } else {
                    assert_eq!(check(state, &id, now), check(&free, &id, now));
                    assert_eq!(send, decide(&free, Command::Send { purpose: id, sent: 0 }, now));
                }
            }
        });
    }

    /// Whatever waits: a STOP, a no, a wrong number, a yes, an erasure do what they do.
    #[test]
    fn what_waits_for_a_human_changes_nothing_of_what_a_person_does(story in links(), reply in reply()) {
        tell(story, |_, _, _, state, now| {
            let free = without_inbox(state);
            let said = Command::Answer(answer(SENDER, At::Ours, &reply, PURPOSES.map(purpose).to_vec()));
            let object = Command::Object { advertising: vec![PURPOSES[1].parse().unwrap()], way: Way::Link };
            let withdraw = Command::Withdraw { scope: Scope::All, way: Way::Link };
            for command in [said, object, withdraw, Command::Erase { way: Way::FreshLink }] {
                let mut with = decide(state, command.clone(), now).unwrap();
                with.retain(|change| !of_inbox(change));
                assert_eq!(with, decide(&free, command, now).unwrap());
            }
        });
    }

    #[test]
    fn words_go_by_their_date_and_with_an_erasure(story in links()) {
        tell(story, |step, before, _, after, now| {
            for open in before.inbox.iter() {
                assert!(!open.waits.has_text() || now < open.received_at + INBOX_TEXT, "{open:?}");
                assert!(open.waits.has_text() || open.waits.pauses(), "it stays for its pause alone: {open:?}");
            }
            if matches!(step, Step::Erase) {
                assert!(after.inbox.is_empty());
            }
            assert!(after.inbox.iter().count() <= OPEN_AT_MOST);
        });
    }

    #[test]
    fn a_human_answers_once_and_does_what_the_person_could(story in links()) {
        tell(story, |step, before, decided, after, now| {
            let Step::Human { act, purpose, .. } = step else { return };
            let Ok(changes) = decided else {
                let never = purpose.is_some_and(|at| !before.standings.contains_key(&PURPOSES[at].parse().unwrap()));
                assert!(decided == Err(&Refusal::NothingOpen) || (never && decided == Err(&Refusal::NoConsent)));
                assert_eq!(before, after);
                return;
            };
            let Some(Change::Inbox(InboxChange::Answered(id))) = changes.first() else { panic!("{changes:?}") };
            let open = before.inbox.find(*id).unwrap();
            assert!(after.inbox.find(*id).is_none());
            assert_eq!(after.read, Some(now));
            let again = Command::AnswerInbox { id: *id, act: *act, purpose: None, advertising: vec![PURPOSES[1].parse().unwrap()] };
            assert_eq!(decide(after, again, now), Err(Refusal::NothingOpen));
            assert!(!changes.iter().any(|change| matches!(change, Change::Gave(_) | Change::Requested(..))));
            // What the person has agreed to since they wrote stays.
            let left = |id: &&str| after.given(&id.parse().unwrap(), now).is_some_and(|it| it.since <= open.received_at);
            match (act, purpose) {
                (InboxAct::Nothing, _) => {
                    assert_eq!((&before.standings, before.suppression), (&after.standings, after.suppression));
                }
                (InboxAct::Withdraw, Some(at)) => assert!(!left(&PURPOSES[*at])),
                (InboxAct::Object, _) => assert!(!left(&"marketing")),
                (InboxAct::Withdraw | InboxAct::Erase | InboxAct::WrongNumber, _) => {
                    assert_eq!(PURPOSES.iter().filter(|id| left(id)).count(), 0);
                }
            }
        });
    }

    /// What was said before the person wanted SMS is read, and pauses nothing.
    #[test]
    fn what_is_heard_late_pauses_nothing_that_is_younger(story in links(), ago in 0..200_i64) {
        tell(story, |_, _, _, state, now| {
            let said_at = now - Span::hours(ago);
            let to_read = Some(written(200, said_at, About::Rights));
            let late = Answer { said_at: Some(said_at), to_read, ..answer(SENDER, At::Ours, &Reply::Unclear(About::Other), Vec::new()) };
            let mut after = state.clone();
            decide(state, Command::Answer(late), now).unwrap().iter().for_each(|change| after.apply(change, now));
            let open = after.inbox.find(written(200, said_at, About::Rights).id);
            assert_eq!(open.map(|open| open.waits.pauses()), Some(!state.may_have_wanted_since(said_at)));
        });
    }
}

#[test]
fn of_many_replies_the_oldest_without_a_pause_goes_first() {
    let now = Timestamp::from_millis(1_795_000_000_000);
    let mut state = State::default();
    let write = |state: &mut State, n: u8, of: About| {
        let answer = Answer {
            to_read: Some(written(n, now, of)),
            ..answer(SENDER, At::Ours, &Reply::Unclear(About::Other), Vec::new())
        };
        decide(state, Command::Answer(answer), now).unwrap().iter().for_each(|change| state.apply(change, now));
    };
    write(&mut state, 0, About::Rights);
    for n in 1..=60 {
        write(&mut state, n, About::Other);
    }
    let ids: Vec<_> = state.inbox.iter().map(|open| open.id).collect();
    assert_eq!(ids.len(), OPEN_AT_MOST);
    assert!(state.inbox.pauses() && ids.contains(&written(0, now, About::Rights).id));
    assert!(ids.contains(&written(60, now, About::Other).id) && !ids.contains(&written(1, now, About::Other).id));
    for n in 61..=160 {
        write(&mut state, n, About::Rights);
    }
    assert_eq!(state.inbox.iter().count(), OPEN_AT_MOST);
    assert!(state.inbox.pauses());
}

#[test]
fn what_speaks_of_rights_is_read_wherever_it_was_said_and_nothing_else_is() {
    let now = Timestamp::from_millis(1_795_000_000_000);
    let state = State::default();
    for (at, of, count) in [
        (At::Elsewhere, About::Rights, 1),
        (At::Elsewhere, About::Other, 0),
        (At::Ours, About::Rights, 1),
        (At::Ours, About::Other, 1),
    ] {
        let answer = Answer {
            to_read: Some(written(1, now, of)),
            ..answer("+4915200000000", at, &Reply::Unclear(About::Other), Vec::new())
        };
        let changes = decide(&state, Command::Answer(answer), now).unwrap();
        assert_eq!(changes.iter().filter(|change| of_inbox(change)).count(), count, "{at:?} {of:?}");
    }
}
