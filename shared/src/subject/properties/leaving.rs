use super::*;

fn is_given(state: &State, now: Timestamp) -> Vec<PurposeId> {
    state.in_force(now)
}

fn acknowledges(changes: &[Change]) -> usize {
    changes.iter().filter(|change| matches!(change, Change::AcknowledgeWayOut(_))).count()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn an_objection_ends_all_advertising_and_nothing_else(story in links()) {
        tell(story, |step, before, decided, after, now| {
            if !matches!(step, Step::Object { .. }) {
                return;
            }
            let (booking, marketing): (PurposeId, PurposeId) = (PURPOSES[0].parse().unwrap(), PURPOSES[1].parse().unwrap());
            assert!(after.given(&marketing, now).is_none());
            let asked = |pending: &Pending| pending.purposes.iter().any(|it| it.id == marketing);
            assert!(!after.pendings.values().any(asked), "and what waits for it");
            assert_eq!(before.standings.get(&booking), after.standings.get(&booking));
            let others = |state: &State| state.pendings.values().filter(|it| !asked(it)).count();
            assert_eq!(others(before), others(after));
            // Whoever is more than a hash has it on record, asked for or not, once.
            if before.has_reasons() && !before.standings.get(&marketing).is_some_and(Standing::is_erased) {
                assert!(matches!(after.standings.get(&marketing), Some(Standing::Objected { .. })));
            }
            let again = decide(after, Command::Object { advertising: vec![marketing], way: Way::WayOut }, now).unwrap();
            assert_eq!(again, [], "{decided:?}");
        });
    }

    /// The promise of a purpose is older than the settings: what they declare no more ends, too.
    #[test]
    fn an_objection_ends_what_is_declared_no_more(story in links(), way in way()) {
        let StoryEnd { mut state, now, .. } = tell(story, |_, _, _, _, _| {});
        for change in decide(&state, Command::Object { advertising: Vec::new(), way }, now).unwrap() {
            state.apply(&change, now);
        }
        assert!(!is_given(&state, now).contains(&PURPOSES[1].parse().unwrap()));
        assert!(!state.pendings.values().any(|pending| pending.purposes.iter().any(Purpose::advertises)));
    }

    #[test]
    fn a_code_that_ends_something_is_acknowledged_once(story in links()) {
        tell(story, |step, before, decided, after, now| {
            let way = match step {
                Step::Withdraw { way, .. } | Step::Object { way } => *way,
                _ => return,
            };
            let changes = decided.unwrap();
            let stood = before.asked().count() + before.standings.values().filter(|it| it.can_end()).count();
            let stands = after.asked().count() + after.standings.values().filter(|it| it.can_end()).count();
            assert_eq!(acknowledges(changes), usize::from(way == Way::WayOut && stands < stood), "{changes:?}");
            let Step::Withdraw { purpose, .. } = step else { return };
            let scope = purpose.map_or(Scope::All, |at| Scope::Purpose(PURPOSES[at].parse().unwrap()));
            let again = decide(after, Command::Withdraw { scope, way: Way::WayOut }, now).unwrap();
            assert!(again.iter().all(|change| matches!(change, Change::Suppressed(_) | Change::Took { .. })), "{again:?}");
            assert_eq!(acknowledges(&again), 0);
        });
    }

    /// Whoever holds a code can only end, whatever was before: nothing is given, asked or sent by it but the
    /// acknowledgement.
    #[test]
    fn a_code_gives_nothing(story in links(), objects: bool) {
        let StoryEnd { state, now, .. } = tell(story, |_, _, _, _, _| {});
        let way = Way::WayOut;
        let command = if objects {
            Command::Object { advertising: vec![PURPOSES[1].parse().unwrap()], way }
        } else {
            Command::Withdraw { scope: Scope::All, way }
        };
        let changes = decide(&state, command, now).unwrap();
        assert!(changes.iter().all(|change| matches!(
            change,
            Change::Took { .. }
                | Change::Closed(..)
                | Change::Forgotten(_)
                | Change::Suppressed(_)
                | Change::AcknowledgeWayOut(_)
        )));
        assert!(changes.iter().all(|change| !matches!(change, Change::Suppressed(Suppression::None))));
    }
}

/// After an erasure, or when all has had its time, a code is left in old SMS: it keeps strangers away.
#[test]
fn a_code_of_nobody_leaves_a_suppression_and_nothing_else() {
    let now = Timestamp::from_millis(1_795_000_000_000);
    let nobody = State::default();
    let way = Way::WayOut;
    for scope in [Scope::All, Scope::Purpose("marketing".parse().unwrap())] {
        let changes = decide(&nobody, Command::Withdraw { scope, way }, now).unwrap();
        assert_eq!(changes, [Change::Suppressed(Suppression::Until(now + SUPPRESSED_FOR))]);
    }
    let advertising = vec!["marketing".parse().unwrap()];
    let changes = decide(&nobody, Command::Object { advertising, way }, now).unwrap();
    assert_eq!(changes, [Change::Suppressed(Suppression::UntilAllowed)]);
}
