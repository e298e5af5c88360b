use super::*;

fn orders_sms(change: &Change) -> bool {
    if let Change::Requested(_, pending) = change {
        return pending.hold != Hold::Held;
    }
    matches!(
        change,
        Change::ToldAlready
            | Change::FreshLink(_)
            | Change::Repeated(_)
            | Change::Started
            | Change::Acknowledge(_)
            | Change::AcknowledgeWayOut(_)
            | Change::NotUnderstood
            | Change::Help
            | Change::Agreed(_)
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
            let ends = matches!(step, Step::Reply(Reply::Stop(Stop::Everything) | Reply::WrongNumber | Reply::Erase))
                || matches!(step, Step::WrongNumber | Step::Erase | Step::Object { .. })
                || matches!(step, Step::Withdraw { purpose: None, way: Way::WayOut });
            if ends {
                assert!(after.suppression.holds(now) && after.suppression.holds(now + Span::days(29)));
            }
        });
    }
}
