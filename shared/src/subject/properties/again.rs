use super::*;

fn presses() -> impl Strategy<Value = Vec<Span>> {
    let wait = prop_oneof![
        (0..130_000_i64).prop_map(Span::millis),
        Just(PAUSE),
        Just(Span::millis(PAUSE.in_millis() - 1)),
        (1..60_i64).prop_map(Span::minutes),
    ];
    prop::collection::vec(wait, 0..20)
}

proptest! {
    /// What a page offers, somebody whom nobody knows gets; what it doesn't, nobody would.
    #[test]
    fn the_page_offers_what_the_edge_does(waits in presses()) {
        let ask = || Step::Request { form: 0, purposes: vec![1], origin: Origin::WebPage };
        let story = [(ask(), Span::seconds(0))].into_iter().chain(waits.into_iter().map(|wait| (ask(), wait)));
        let (mut asked, mut answered) = (0, Timestamp::from_millis(0));
        tell(story.collect(), |_, _, decided, _, now| {
            let offered = if asked == 0 { Again::Now } else { Again::offered(asked, now.since(answered)) };
            let sends = decided.unwrap().iter().any(|change| matches!(change, Change::Requested(..) | Change::Repeated(_)));
            assert_eq!(sends, offered == Again::Now, "{asked} asked, {offered:?}");
            if sends {
                (asked, answered) = (asked + 1, now);
            }
        });
    }

    /// A countdown ends at one, and when it says so.
    #[test]
    fn it_counts_down_to_now(asked in 1..SMS_A_REQUEST, waited in 0..60_000_i64) {
        let Again::In(left) = Again::offered(asked, Span::millis(waited)) else { panic!("sooner than {PAUSE:?}") };
        prop_assert!((1..=PAUSE.whole_seconds()).contains(&left.begun_seconds()));
        let after = |more: i64| Again::offered(asked, Span::millis(waited + more));
        prop_assert_eq!(after(left.in_millis()), Again::Now);
        prop_assert!(matches!(after(left.in_millis() - 1), Again::In(_)));
    }

    /// Whatever clock is turned back or forth, and whatever a page sends.
    #[test]
    fn nothing_makes_it_panic(asked in any::<u8>(), answered in any::<i64>(), now in any::<i64>()) {
        let waited = Timestamp::from_millis(now).since(Timestamp::from_millis(answered));
        let offered = Again::offered(asked, waited);
        prop_assert_eq!(offered == Again::No, asked >= SMS_A_REQUEST);
        if let Again::In(left) = offered {
            prop_assert!(left.begun_seconds() > 0);
        }
    }
}
