use super::*;

fn asks(change: &Change) -> bool {
    match change {
        Change::Requested(_, pending) => pending.hold != Hold::Held,
        Change::Repeated(_) => true,
        _ => false,
    }
}

fn web(form: usize, purposes: &[usize]) -> Step {
    Step::Request { form, purposes: purposes.to_vec(), origin: Origin::WebPage }
}

/// What only strangers do: they type a number into forms, again and again.
fn strangers() -> impl Strategy<Value = Vec<(Step, Span)>> {
    let asked = prop::collection::vec(0..PURPOSES.len(), 1..3);
    let request = (0..FORMS.len(), asked).prop_map(|(form, purposes)| web(form, &purposes));
    let pause = prop_oneof![
        (0..120_i64).prop_map(Span::seconds),
        (0..90_i64).prop_map(Span::minutes),
        (0..80_i64).prop_map(Span::hours),
        (0..120_i64).prop_map(Span::days),
    ];
    prop::collection::vec((request, pause), 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever strangers do: a few SMS, then silence; and less with each further try.
    #[test]
    fn who_answers_nothing_is_asked_a_few_times_and_then_left_alone(story in strangers()) {
        let mut asked: Vec<Timestamp> = Vec::new();
        tell(story, |_, before, decided, after, now| {
            if decided.unwrap().iter().any(asks) {
                assert!(!before.suppression.holds(now));
                asked.push(now);
            }
            let month = asked.iter().filter(|at| **at > now - Span::days(30)).count();
            assert!(month <= 2 * FORMS.len() * usize::from(SMS_A_REQUEST), "{month} in 30 days");
            let year = asked.iter().filter(|at| **at > now - Span::days(360)).count();
            assert!(year <= 8 * FORMS.len() * usize::from(SMS_A_REQUEST), "{year} in a year: {:?}", after.unanswered);
        });
    }

    #[test]
    fn a_start_asks_what_web_pages_asked_in_vain_or_is_answered(story in links()) {
        tell(story, |step, before, decided, _, now| {
            let Step::Reply(Reply::Start) = step else { return };
            let waits = before.pendings.values().any(|pending| pending.hold == Hold::Held && now < pending.expires_at());
            let changes = decided.unwrap();
            let asks = changes.iter().any(|change| matches!(change, Change::Released(_)));
            let lately = before.started.is_some_and(|at| now < at + Span::days(1));
            assert_eq!(asks, waits);
            assert_eq!(changes.contains(&Change::Started), !waits && !lately);
        });
    }

    #[test]
    fn what_was_taken_back_by_whatever_way_no_web_page_asks_again_for_thirty_days(story in links()) {
        let mut ended: Option<Timestamp> = None;
        tell(story, |step, _, decided, after, now| {
            let Ok(changes) = decided else { return };
            let marketing = |id: &PurposeId| id.as_str() == "marketing";
            if let (Step::Request { origin: Origin::WebPage, .. }, Some(at)) = (step, ended) {
                let asked = changes.iter().any(|change| match change {
                    Change::Requested(_, pending) if pending.hold != Hold::Held => {
                        pending.purposes.iter().any(|purpose| marketing(&purpose.id))
                    }
                    _ => false,
                });
                assert!(!asked || now >= at + SUPPRESSED_FOR);
            }
            let taken = |change: &Change| {
                matches!(change, Change::Took { purpose, ending } if marketing(purpose) && ending.way().is_some())
            };
            let gave = |change: &Change| matches!(change, Change::Gave(gave) if marketing(&gave.purpose.id));
            if changes.iter().any(taken) {
                ended = Some(now);
            }
            if changes.iter().any(gave) || after.allowed_at == Some(now) {
                ended = None;
            }
        });
    }
}

/// Tells a story, and what came of each step.
fn told(story: Vec<(Step, Span)>) -> Vec<Vec<Change>> {
    let mut all = Vec::new();
    tell(story, |_, _, decided, _, _| all.push(decided.map(<[_]>::to_vec).unwrap_or_default()));
    all
}

#[test]
fn the_same_request_is_the_same_sms_once_more_and_not_too_often() {
    let minute = Span::minutes(2);
    let again = told(vec![
        (web(0, &[1]), minute),
        (web(0, &[1]), Span::seconds(30)),
        (web(0, &[1]), minute),
        (web(0, &[1]), minute),
        (web(0, &[1]), minute),
    ]);
    let Some(Change::Requested(_, first)) = again[0].first() else { panic!("{again:?}") };
    assert_eq!(again[1], [], "a moment later");
    assert_eq!(again[2], [Change::Repeated(first.link.clone())]);
    assert_eq!(again[3], again[2]);
    assert_eq!(again[4], []);
    let other = told(vec![(web(0, &[1]), minute), (web(0, &[0, 1]), minute)]);
    assert!(matches!(other[1][..], [Change::Closed(_, End::Superseded), Change::Requested(..)]), "{other:?}");
}

#[test]
fn two_requests_that_nobody_answered_lead_to_thirty_days_and_a_further_one_to_ninety() {
    let days = Span::days;
    let asked = told(vec![
        (web(0, &[1]), days(0)),
        (web(0, &[1]), days(3)),
        (web(0, &[1]), days(3)),
        (web(0, &[1]), days(26)),
        (web(0, &[1]), days(4)),
        (web(0, &[1]), days(3)),
        (web(0, &[1]), days(86)),
        (web(0, &[1]), days(4)),
    ]);
    let asked: Vec<_> = asked.iter().map(|changes| changes.iter().any(asks)).collect();
    assert_eq!(asked, [true, true, false, false, true, false, false, true]);
}

#[test]
fn an_sms_that_never_arrived_leaves_nothing_unanswered() {
    let lost = |pause| [(web(0, &[1]), pause), (Step::NeverArrived { link: 0 }, Span::minutes(1))];
    let story = [lost(Span::days(3)), lost(Span::days(3)), lost(Span::days(3))].concat();
    let asked = told(story);
    assert!(asked.iter().step_by(2).all(|changes| changes.iter().any(asks)), "{asked:?}");
}
