use super::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_sms_leaves_without_consent_or_beyond_what_was_promised(story in links()) {
        let mut sent: std::collections::BTreeMap<usize, Vec<Timestamp>> = Default::default();
        tell(story, |step, before, decided, after, now| {
            if let (Step::Send { purpose: at }, Ok(_)) = (step, decided) {
                let id: PurposeId = PURPOSES[*at].parse().unwrap();
                assert!(before.given(&id, now).is_some());
                assert!(matches!(check(before, &id, now), Verdict::Allowed { .. }));
                let times = sent.entry(*at).or_default();
                times.push(now);
                let week = LocalDay::utc(now).begin_of(Period::Week);
                // A withdrawal and a new consent begin a new promise.
                let since = after.given(&id, now).unwrap().since;
                assert!(times.iter().filter(|at| LocalDay::utc(**at) >= week && **at >= since).count() <= 2);
            }
        });
    }

    #[test]
    fn a_number_gets_three_confirmations_a_day_a_minute_apart_for_a_form(story in links()) {
        let mut ordered: Vec<Timestamp> = Vec::new();
        tell(story, |_, before, decided, _, now| {
            for change in decided.into_iter().flatten() {
                let form = match change {
                    Change::Requested(form, pending) if pending.hold != Hold::Held => Some(form),
                    Change::Repeated(link) => before.pendings.iter().find(|(_, it)| it.link == *link).map(|(form, _)| form),
                    _ => None,
                };
                if let Some(form) = form {
                    if let Some(pending) = before.pendings.get(form).filter(|pending| pending.hold != Hold::Held) {
                        assert!(now >= pending.requested_at + PAUSE);
                    }
                    ordered.push(now);
                    assert!(ordered.iter().filter(|at| **at > now - Span::days(1)).count() <= CONFIRMATIONS_A_DAY);
                }
            }
        });
    }

    #[test]
    fn what_waited_before_a_stop_leaves_no_sms_after_it(story in links()) {
        tell(story, |step, before, _, after, now| {
            if ends_everything(step) {
                assert!(after.pendings.is_empty());
                for pending in before.pendings.values() {
                    assert!(gate(after, &Outgoing::Confirmation { link: pending.link.clone() }, now, Vec::new, Today::HasRoom).is_err());
                }
                for id in PURPOSES {
                    let purpose: PurposeId = id.parse().unwrap();
                    assert!(gate(after, &Outgoing::Message { purpose: purpose.clone() }, now, Vec::new, Today::HasRoom).is_err());
                    assert!(gate(after, &Outgoing::Welcome { purpose }, now, Vec::new, Today::HasRoom).is_err());
                }
            }
        });
    }
}

#[test]
fn advertising_waits_for_the_morning_and_what_was_booked_does_not() {
    let now = Timestamp::from_millis(1_795_000_000_000);
    let mut state = State::default();
    let pending = Pending {
        link: TokenHash("link".into()),
        purposes: PURPOSES.map(purpose).to_vec(),
        lang: Lang::De,
        requested_at: now,
        from: SENDER.into(),
        reply_code: 10,
        quiet_hours: QuietHours::default(),
        time_zone: TimeZone::default(),
        hold: Hold::None,
        origin: Origin::WebPage,
        version: 3,
        repeated_at: None,
        ordered: 1,
        arrival: Arrival::Possible,
    };
    for change in effects::confirmed(&state.clone(), &pending, now) {
        state.apply(&change, now);
    }
    let at = |hour: u16| TimeOfDay::minutes(hour * 60);
    let ask = |purpose: &str, clocks: &[TimeOfDay]| {
        gate(&state, &Outgoing::Message { purpose: purpose.parse().unwrap() }, now, || clocks.to_vec(), Today::HasRoom)
    };
    assert_eq!(ask("marketing", &[at(12)]), Ok(()));
    assert_eq!(ask("marketing", &[at(22)]), Err(Withheld::Quiet(Span::hours(10))));
    assert_eq!(
        ask("marketing", &[at(12), at(6)]),
        Err(Withheld::Quiet(Span::hours(2))),
        "quiet at one end of the country"
    );
    assert_eq!(ask("booking", &[at(22)]), Ok(()));
    assert_eq!(
        gate(&state, &Outgoing::Welcome { purpose: "marketing".parse().unwrap() }, now, || vec![at(22)], Today::IsFull),
        Ok(())
    );
    let late = Outgoing::Message { purpose: "marketing".parse().unwrap() };
    assert_eq!(gate(&state, &late, now, || vec![at(12)], Today::IsFull), Err(Withheld::Frequency));
    assert_eq!(gate(&state, &late, now, || vec![at(22)], Today::IsFull), Err(Withheld::Quiet(Span::hours(10))));
}
