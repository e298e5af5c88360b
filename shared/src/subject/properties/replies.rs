use super::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_bare_yes_counts_only_where_one_request_waits(story in links()) {
        tell(story, |step, before, decided, after, now| {
            let Step::Reply(Reply::Yes { code }) = step else { return };
            // Nobody can answer an SMS that never left.
            let asked = |state: &State| {
                state.waiting_at(SENDER, now).cloned().collect::<Vec<_>>()
            };
            let waiting = asked(before);
            let gave = decided.unwrap().iter().any(|change| matches!(change, Change::Gave(_)));
            // Whatever way its SMS named.
            match code {
                None => assert_eq!(gave, waiting.len() == 1),
                Some(_) => assert_eq!(gave, waiting.iter().any(|pending| *code == Some(pending.reply_code))),
            }
            if gave {
                assert_eq!(asked(after).len(), waiting.len() - 1);
            }
        });
    }

    /// One SMS, of all that was agreed and of nothing else.
    #[test]
    fn a_yes_by_reply_is_acknowledged_and_no_other(story in links()) {
        tell(story, |step, _, decided, after, now| {
            let changes = decided.unwrap_or_default();
            let gave = changes.iter().filter_map(|change| match change {
                Change::Gave(gave) => Some(gave.purpose.id.clone()),
                _ => None,
            });
            let agreed: Vec<Vec<_>> = changes.iter().filter_map(|change| match change {
                Change::Agreed(purposes) => Some(purposes.iter().map(|purpose| purpose.id.clone()).collect()),
                _ => None,
            }).collect();
            let gave: Vec<_> = gave.collect();
            let by_reply = matches!(step, Step::Reply(_)) && !gave.is_empty();
            assert_eq!(agreed, if by_reply { vec![gave] } else { Vec::new() });
            for purposes in agreed {
                let sms = Outgoing::Agreed { purposes: purposes.clone() };
                assert_eq!(gate(after, &sms, now, Vec::new, Today::HasRoom), Ok(()));
                // Of what was taken back meanwhile nobody is told that they have it.
                let mut left = after.clone();
                let stop = Command::Withdraw { scope: Scope::Purpose(purposes[0].clone()), way: Way::Link };
                decide(&left, stop, now).unwrap().iter().for_each(|change| left.apply(change, now));
                assert_eq!(gate(&left, &sms, now, Vec::new, Today::HasRoom), Err(Withheld::NoBasis));
            }
        });
    }

    /// Whoever calls, whatever they have, and whatever they ended (L8).
    #[test]
    fn help_is_always_answered_and_changes_nothing(story in links(), ours: bool) {
        tell(story, |_, _, _, state, now| {
            let at = if ours { At::Ours } else { At::Elsewhere };
            let decided = decide(state, Command::Answer(answer(SENDER, at, &Reply::Help, Vec::new())), now).unwrap();
            let today = state.helps.iter().filter(|at| **at > now - Span::days(1)).count();
            let has = state.in_force(now);
            let most = if has.is_empty() && state.asked().next().is_none() { HELPS_A_DAY_UNASKED } else { HELPS_A_DAY };
            assert_eq!(decided, if today < most { vec![Change::Help] } else { Vec::new() });
            assert_eq!(gate(state, &Outgoing::Help { has }, now, Vec::new, Today::HasRoom), Ok(()));
            let mut after = state.clone();
            after.apply(&Change::Help, now);
            assert_eq!(State { helps: state.helps.clone(), ..after }, *state);
        });
    }

    #[test]
    fn requests_that_wait_at_one_sender_have_codes_of_their_own(story in links()) {
        tell(story, |_, _, _, after, now| {
            let codes: Vec<_> = after.waiting_at(SENDER, now).map(|pending| pending.reply_code).collect();
            let mut distinct = codes.clone();
            distinct.sort();
            distinct.dedup();
            assert_eq!(distinct.len(), codes.len());
        });
    }

    #[test]
    fn an_unclear_reply_is_answered_once_a_day_and_changes_nothing(story in links()) {
        let mut answered: Vec<Timestamp> = Vec::new();
        tell(story, |step, before, decided, after, now| {
            if decided.is_ok_and(|changes| changes.contains(&Change::NotUnderstood)) {
                assert!(answered.iter().all(|at| *at <= now - Span::days(1)));
                assert!(!before.suppression.holds(now));
                answered.push(now);
            }
            if matches!(step, Step::Reply(Reply::Unclear(_) | Reply::Access | Reply::Help)) {
                assert_eq!((&before.standings, &before.pendings), (&after.standings, &after.pendings));
            }
        });
    }

    #[test]
    fn after_the_last_one_nothing_unclear_is_answered_before_another_yes(story in links()) {
        let mut ended: Option<Timestamp> = None;
        tell(story, |_, before, decided, _, now| {
            // With whatever is stored goes that they were answered.
            ended = ended.filter(|_| before.answered.is_some());
            for change in decided.into_iter().flatten() {
                match change {
                    Change::Acknowledge(_) | Change::AcknowledgeWayOut(_) => ended = Some(now),
                    Change::Gave(_) | Change::Suppressed(Suppression::None) => ended = None,
                    Change::NotUnderstood => assert!(ended.is_none_or(|at| now >= at + SUPPRESSED_FOR)),
                    _ => {}
                }
            }
        });
    }

    #[test]
    fn a_yes_that_is_a_start_too_does_both(story in links()) {
        tell(story, |_, _, _, state, now| {
            let decided = |reply: Reply, starts: bool| {
                let answer = Answer { starts, ..answer(SENDER, At::Ours, &reply, Vec::new()) };
                decide(state, Command::Answer(answer), now).unwrap()
            };
            let (yes, start) = (decided(Reply::Yes { code: None }, false), decided(Reply::Start, false));
            let both = decided(Reply::Yes { code: None }, true);
            let confirmed = |link: &TokenHash| yes.iter().any(|it| matches!(it, Change::Closed(closed, _) if closed == link));
            for change in &both {
                assert!(yes.contains(change) || start.contains(change));
            }
            for change in yes.iter().chain(&start) {
                let needless = match change {
                    Change::NotUnderstood => true,
                    Change::Released(link) => confirmed(link),
                    Change::Started => yes.iter().any(|change| *change != Change::NotUnderstood),
                    _ => false,
                };
                assert_eq!(both.contains(change), !needless, "{change:?}");
            }
        });
    }

    /// Whatever number it came in at (L26).
    #[test]
    fn an_objection_by_words_ends_all_advertising_and_nothing_else(story in links(), ours: bool) {
        tell(story, |_, _, _, state, now| {
            let (booking, marketing): (PurposeId, PurposeId) = ("booking".parse().unwrap(), "marketing".parse().unwrap());
            let at = if ours { At::Ours } else { At::Elsewhere };
            let objects = || Command::Answer(answer("+4915200000000", at, &Reply::Object, Vec::new()));
            let changes = decide(state, objects(), now).unwrap();
            let mut after = state.clone();
            changes.iter().for_each(|change| after.apply(change, now));
            assert!(after.given(&marketing, now).is_none());
            let asked = |pending: &Pending| pending.purposes.iter().any(|it| it.id == marketing);
            assert!(!after.pendings.values().any(asked));
            assert_eq!(state.standings.get(&booking), after.standings.get(&booking));
            assert_eq!(after.suppression, Suppression::UntilAllowed);
            let acknowledged = |changes: &[Change]| changes.iter().any(|it| matches!(it, Change::Acknowledge(Stop::Advertising)));
            let erased = state.standings.get(&marketing).is_some_and(Standing::is_erased);
            let objected = matches!(state.standings.get(&marketing), Some(Standing::Objected { .. }));
            assert!(erased || objected || acknowledged(&changes));
            assert!(!acknowledged(&decide(&after, objects(), now).unwrap()), "once");
        });
    }

    #[test]
    fn what_needs_no_answer_does_nothing(story in links()) {
        tell(story, |step, _, decided, _, _| {
            assert!(!matches!(step, Step::Reply(Reply::Ignore)) || decided == Ok(&[][..]));
        });
    }

    #[test]
    fn a_held_sms_is_released_once_and_only_from_the_handset(story in links()) {
        let mut released: Vec<TokenHash> = Vec::new();
        tell(story, |step, _, decided, _, _| {
            for change in decided.into_iter().flatten() {
                if let Change::Released(link) = change {
                    assert!(matches!(step, Step::Allow | Step::Reply(Reply::Start)));
                    assert!(!released.contains(link));
                    released.push(link.clone());
                }
            }
        });
    }
}

#[test]
fn two_machines_that_call_each_other_for_help_come_to_an_end() {
    let mut state = State::default();
    let mut now = Timestamp::from_millis(1_795_000_000_000);
    let mut answers = 0;
    for _ in 0..100 {
        let decided = decide(&state, Command::Answer(answer(SENDER, At::Ours, &Reply::Help, Vec::new())), now).unwrap();
        answers += decided.len();
        decided.iter().for_each(|change| state.apply(change, now));
        now = now + Span::seconds(5);
    }
    assert_eq!(answers, HELPS_A_DAY_UNASKED);
    let later = now + Span::days(1);
    let decided = decide(&state, Command::Answer(answer(SENDER, At::Ours, &Reply::Help, Vec::new())), later).unwrap();
    assert_eq!(decided, [Change::Help]);
}

#[test]
fn two_machines_that_call_stop_and_start_come_to_an_end() {
    let mut state = State::default();
    let mut now = Timestamp::from_millis(1_795_000_000_000);
    let mut answers = 0;
    for _ in 0..50 {
        for reply in [Reply::Stop(Stop::Everything), Reply::Start] {
            let said = Command::Answer(answer(SENDER, At::Ours, &reply, Vec::new()));
            let decided = decide(&state, said, now).unwrap();
            answers += decided.iter().filter(|change| change.answers()).count();
            decided.iter().for_each(|change| state.apply(change, now));
            now = now + Span::seconds(5);
        }
        assert!(!state.suppression.holds(now), "the last word counts");
    }
    assert_eq!(answers, 2);
}

/// Nobody agrees to what no SMS can have asked (L5).
#[test]
fn a_yes_to_an_sms_that_never_arrived_is_none() {
    let now = Timestamp::from_millis(1_795_000_000_000);
    let story = |arrives: bool| {
        let mut story = vec![(Step::Request { form: 0, purposes: vec![1], origin: Origin::WebPage }, Span::minutes(2))];
        story.extend((!arrives).then_some((Step::NeverArrived { link: 0 }, Span::minutes(2))));
        story.push((Step::Reply(Reply::Yes { code: None }), Span::minutes(2)));
        tell(story, |_, _, _, _, _| {}).state
    };
    let marketing = "marketing".parse().unwrap();
    let later = now + Span::hours(1);
    assert!(story(true).given(&marketing, later).is_some());
    assert!(story(false).given(&marketing, later).is_none());
}

/// What answers no question of ours, a human reads: it may be a wish to leave.
#[test]
fn a_no_to_nothing_that_was_asked_is_for_a_human() {
    let no = || Reply::No { code: None };
    let ask = (Step::Request { form: 0, purposes: vec![1], origin: Origin::WebPage }, Span::minutes(2));
    let StoryEnd { state: asked, now, .. } = tell(vec![ask.clone()], |_, _, _, _, _| {});
    assert_eq!(asked.in_context(no(), now), no());
    let StoryEnd { state: agreed, now, .. } =
        tell(vec![ask, (Step::Confirm { link: 0 }, Span::minutes(2))], |_, _, _, _, _| {});
    assert_eq!(agreed.in_context(no(), now), Reply::Unclear(About::Other));
    assert_eq!(agreed.in_context(Reply::Start, now), Reply::Start);
    assert_eq!(State::default().in_context(no(), now), no());
}
