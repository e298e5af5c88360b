use super::*;

fn orders_sms(change: &Change) -> bool {
    matches!(
        change,
        Change::Requested(..)
            | Change::ToldAlready
            | Change::FreshLink
            | Change::Acknowledge(_)
            | Change::AcknowledgeWayOut(_)
            | Change::Helped
            | Change::Released(_)
            | Change::Rewarded(_)
            | Change::Ordered(_)
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_strangers_request_reaches_nobody_who_is_to_be_left_alone(story in links()) {
        tell(story, |step, before, decided, _, now| {
            if by_a_stranger(step) && before.suppression.holds(now) {
                assert!(!decided.unwrap().iter().any(orders_sms));
            }
        });
    }

    #[test]
    fn suppression_ends_by_the_persons_own_act_or_its_time_only(story in links()) {
        tell(story, |step, before, _, after, now| {
            let own = matches!(
                step,
                Step::Allow | Step::Reply(Reply::Start) | Step::Request { origin: Origin::Handset, .. }
            );
            if before.suppression.holds(now) && !own {
                assert!(after.suppression.holds(now));
                if before.suppression == Suppression::UntilAllowed {
                    assert_eq!(after.suppression, Suppression::UntilAllowed);
                }
            }
            let ends = matches!(step, Step::Reply(Reply::Stop(Stop::Everything) | Reply::WrongNumber))
                || matches!(step, Step::WrongNumber | Step::Erase | Step::Object { .. })
                || matches!(step, Step::Withdraw { purpose: None, way: Way::WayOut });
            if ends {
                assert!(after.suppression.holds(now) && after.suppression.holds(now + Span::days(29)));
            }
        });
    }

    #[test]
    fn for_thirty_days_no_web_page_asks_again_for_what_was_stopped_by_sms(story in links()) {
        let mut stopped: Option<Timestamp> = None;
        tell(story, |step, _, decided, after, now| {
            match step {
                Step::Allow | Step::Reply(Reply::Start) => stopped = None,
                // The keyword lifts a suppression, and with it every earlier STOP.
                Step::Request { origin: Origin::Handset, .. } if after.allowed_at == Some(now) => stopped = None,
                _ => {}
            }
            if let (Step::Request { origin: Origin::WebPage, .. }, Some(at), Ok(changes)) = (step, stopped, decided) {
                let asks = |change: &Change| matches!(change, Change::Requested(_, pending)
                    if pending.purposes.iter().any(|purpose| purpose.id.as_str() == "marketing"));
                assert!(now >= at + SUPPRESSED_FOR || !changes.iter().any(asks));
            }
            let marketing = |way| Change::Took { purpose: "marketing".parse().unwrap(), ending: Ending::Withdrawn(way) };
            let ends = [Way::Reply, Way::WayOut].map(marketing);
            if decided.is_ok_and(|changes| changes.iter().any(|change| ends.contains(change))) {
                stopped = Some(now);
            }
            let confirmed = |change: &Change| matches!(change, Change::Gave(gave) if gave.purpose.id.as_str() == "marketing");
            if decided.is_ok_and(|changes| changes.iter().any(confirmed)) {
                stopped = None;
            }
        });
    }
}
