//! What holds whatever happens, in every order, at any time.

use proptest::prelude::*;

use super::*;
use crate::{
    keys::SubjectId,
    lang::Localized,
    message::MessageId,
    quiet::TimeOfDay,
    reply::{Reply, Stop},
    settings::{Basis, Period, Use},
};

fn purpose(id: &str) -> Purpose {
    let text = Localized { de: id.into(), en: None };
    Purpose {
        id: id.parse().unwrap(),
        use_: if id == "marketing" { Use::Advertising } else { Use::Service },
        label: text.clone(),
        wording: text,
        frequency: Frequency { max: 2, period: Period::Week },
        lapses_after: 3,
        basis: Basis::Consent,
        reward: None,
    }
}

/// A step of a story: what happens, and how long after the step before.
#[derive(Debug, Clone)]
enum Step {
    Request { form: usize, purposes: Vec<usize>, by: ConfirmBy, origin: Origin },
    Confirm { link: usize },
    Refuse { link: usize },
    Reply(Reply),
    Withdraw { purpose: Option<usize> },
    Object { purpose: Option<usize> },
    Allow,
    WrongNumber,
    FreshLink,
    FreshLinkFromPage,
    Erase,
    Send { purpose: usize },
    Undeliverable { purpose: usize },
    Delivered { purpose: usize },
    OptedOut { purpose: usize },
    Hold { link: usize },
}

const FORMS: [&str; 2] = ["newsletter", "shop"];
const PURPOSES: [&str; 2] = ["booking", "marketing"];

/// What both forms' SMS come from.
const SENDER: &str = "+4915228817386";

fn reply() -> impl Strategy<Value = Reply> {
    let word = || prop::option::weighted(0.5, 10..14_u8);
    let marketing = || vec![PURPOSES[1].parse().unwrap()];
    prop_oneof![
        4 => word().prop_map(|word| Reply::Yes { word }),
        1 => word().prop_map(|word| Reply::No { word }),
        1 => Just(Reply::Stop(Stop::Everything)),
        1 => Just(Reply::Stop(Stop::Advertising)),
        1 => Just(Reply::Stop(Stop::Purposes(marketing()))),
        1 => Just(Reply::Start),
        1 => Just(Reply::Help),
        1 => Just(Reply::WrongNumber),
        2 => Just(Reply::Unclear),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let purpose = 0..PURPOSES.len();
    let asked = prop::collection::vec(purpose.clone(), 1..3);
    let by = prop::sample::select(vec![ConfirmBy::Link, ConfirmBy::Reply, ConfirmBy::Both]);
    let origin = prop::sample::select(vec![Origin::WebPage, Origin::WebPage, Origin::Handset]);
    prop_oneof![
        6 => (0..FORMS.len(), asked, by, origin)
            .prop_map(|(form, purposes, by, origin)| Step::Request { form, purposes, by, origin }),
        4 => (0..6_usize).prop_map(|link| Step::Confirm { link }),
        1 => (0..6_usize).prop_map(|link| Step::Refuse { link }),
        6 => reply().prop_map(Step::Reply),
        1 => prop::option::of(purpose.clone()).prop_map(|purpose| Step::Withdraw { purpose }),
        1 => prop::option::of(purpose.clone()).prop_map(|purpose| Step::Object { purpose }),
        1 => Just(Step::Allow),
        1 => Just(Step::WrongNumber),
        1 => Just(Step::FreshLink),
        1 => Just(Step::FreshLinkFromPage),
        1 => Just(Step::Erase),
        5 => purpose.clone().prop_map(|purpose| Step::Send { purpose }),
        2 => purpose.clone().prop_map(|purpose| Step::Undeliverable { purpose }),
        1 => purpose.clone().prop_map(|purpose| Step::Delivered { purpose }),
        1 => purpose.prop_map(|purpose| Step::OptedOut { purpose }),
        1 => (0..3_usize).prop_map(|link| Step::Hold { link }),
    ]
}

/// Whether a step is a stranger's: somebody at a web page.
fn by_a_stranger(step: &Step) -> bool {
    matches!(step, Step::Request { origin: Origin::WebPage, .. } | Step::FreshLinkFromPage)
}

fn ends_everything(step: &Step) -> bool {
    matches!(
        step,
        Step::Reply(Reply::Stop(Stop::Everything) | Reply::WrongNumber)
            | Step::WrongNumber
            | Step::Erase
            | Step::Object { purpose: None }
            | Step::Withdraw { purpose: None }
    )
}

fn pause() -> impl Strategy<Value = Span> {
    prop_oneof![
        Just(Span::seconds(1)),
        Just(Span::seconds(61)),
        Just(Span::hours(9)),
        Just(Span::hours(49)),
        Just(Span::days(20)),
        Just(Span::days(100)),
    ]
}

fn links() -> impl Strategy<Value = Vec<(Step, Span)>> {
    prop::collection::vec((step(), pause()), 1..40)
}

/// Tells a story, and shows each step with the state before and after it.
fn tell(
    story: Vec<(Step, Span)>,
    mut watch: impl FnMut(&Step, &State, Result<&[Change], &Refusal>, &State, Timestamp),
) {
    let mut state = State::default();
    let mut now = Timestamp::from_millis(1_795_000_000_000);
    let mut links: Vec<TokenHash> = Vec::new();
    let id = |purpose: usize| PURPOSES[purpose].parse().unwrap();
    let scope = |purpose: Option<usize>| purpose.map_or(Scope::All, |at| Scope::Purpose(PURPOSES[at].parse().unwrap()));
    for (count, (step, pause)) in story.into_iter().enumerate() {
        now = now + pause;
        for change in due(&state, now) {
            state.apply(&change, now);
        }
        // The latest link is the likeliest to be tapped.
        let link =
            |back: usize| links.iter().rev().nth(back).cloned().unwrap_or_else(|| TokenHash("never sent".into()));
        let command = match &step {
            Step::Request { form, purposes, by, origin } => {
                let link = TokenHash(count.to_string());
                links.push(link.clone());
                Command::Request(Asking {
                    form: FORMS[*form].parse().unwrap(),
                    link,
                    purposes: purposes.iter().map(|at| purpose(PURPOSES[*at])).collect(),
                    lang: Lang::De,
                    from: SENDER.to_owned(),
                    by: *by,
                    quiet_hours: QuietHours::default(),
                    word: 10,
                    origin: *origin,
                })
            }
            Step::Reply(reply) => {
                let served = PURPOSES.map(purpose).to_vec();
                Command::Answer(Answer { to: SENDER.to_owned(), reply: reply.clone(), served, unsent: Vec::new() })
            }
            Step::Confirm { link: back } => Command::Confirm { link: link(*back) },
            Step::Refuse { link: back } => Command::Refuse { link: link(*back) },
            Step::Withdraw { purpose } => Command::Withdraw { scope: scope(*purpose), way: Way::Link },
            Step::Object { purpose } => Command::Object { scope: scope(*purpose), way: Way::Link },
            Step::Allow => Command::Allow,
            Step::WrongNumber => Command::WrongNumber { way: Way::FreshLink },
            Step::FreshLink => Command::FreshLink,
            Step::FreshLinkFromPage => Command::FreshLinkFromPage,
            Step::Erase => Command::Erase { way: Way::FreshLink },
            Step::Send { purpose } => Command::Send { purpose: id(*purpose) },
            Step::Undeliverable { purpose } => Command::Undeliverable { purpose: id(*purpose) },
            Step::Delivered { purpose } => Command::Delivered { purpose: id(*purpose) },
            Step::OptedOut { purpose } => Command::OptedOut { purpose: id(*purpose) },
            Step::Hold { link: back } => Command::Hold { link: link(*back) },
        };
        let before = state.clone();
        let sends = matches!(step, Step::Send { .. });
        let decided = decide(&state, command, now);
        for change in decided.iter().flatten() {
            state.apply(change, now);
        }
        if let (true, Ok([Change::Ordered(purpose)])) = (sends, decided.as_deref()) {
            let message = MessageId::new(SubjectId([1; 9]), [0; 12]);
            let used = decide(&state, Command::HandedOver { purpose: purpose.clone(), message }, now).unwrap();
            used.iter().for_each(|change| state.apply(change, now));
        }
        watch(&step, &before, decided.as_deref(), &state, now);
    }
}

fn orders_sms(change: &Change) -> bool {
    matches!(
        change,
        Change::Requested(..)
            | Change::ToldAlready
            | Change::FreshLink
            | Change::Acknowledge(_)
            | Change::Helped
            | Change::Released(_)
            | Change::Rewarded(_)
            | Change::Ordered(_)
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_request_alters_no_standing(story in links()) {
        tell(story, |step, before, _, after, _| {
            if matches!(step, Step::Request { .. } | Step::FreshLinkFromPage | Step::Refuse { .. } | Step::Hold { .. }) {
                assert_eq!(before.standings, after.standings);
            }
        });
    }

    #[test]
    fn a_strangers_request_reaches_nobody_who_is_to_be_left_alone(story in links()) {
        tell(story, |step, before, decided, _, now| {
            if by_a_stranger(step) && before.silence.holds(now) {
                assert!(!decided.unwrap().iter().any(orders_sms));
            }
        });
    }

    #[test]
    fn silence_ends_by_the_persons_own_act_or_its_time_only(story in links()) {
        tell(story, |step, before, _, after, now| {
            let own = matches!(
                step,
                Step::Allow | Step::Reply(Reply::Start) | Step::Request { origin: Origin::Handset, .. }
            );
            if before.silence.holds(now) && !own {
                assert!(after.silence.holds(now));
                if before.silence == Silence::UntilAllowed {
                    assert_eq!(after.silence, Silence::UntilAllowed);
                }
            }
            let ends = matches!(step, Step::Reply(Reply::Stop(Stop::Everything) | Reply::WrongNumber))
                || matches!(step, Step::WrongNumber | Step::Object { .. } | Step::Erase);
            if ends {
                assert!(after.silence.holds(now) && after.silence.holds(now + Span::days(29)));
            }
        });
    }

    #[test]
    fn for_thirty_days_no_web_page_asks_again_for_what_was_stopped_by_sms(story in links()) {
        let mut stopped: Option<Timestamp> = None;
        tell(story, |step, _, decided, after, now| {
            match step {
                Step::Allow | Step::Reply(Reply::Start) => stopped = None,
                // The keyword lifts a silence, and with it every earlier STOP.
                Step::Request { origin: Origin::Handset, .. } if after.allowed_at == Some(now) => stopped = None,
                _ => {}
            }
            if let (Step::Request { origin: Origin::WebPage, .. }, Some(at), Ok(changes)) = (step, stopped, decided) {
                let asks = |change: &Change| matches!(change, Change::Requested(_, pending)
                    if pending.purposes.iter().any(|purpose| purpose.id.as_str() == "marketing"));
                assert!(now >= at + SILENCE || !changes.iter().any(asks));
            }
            let marketing = Change::Withdrew("marketing".parse().unwrap(), Way::Reply);
            if decided.is_ok_and(|changes| changes.contains(&marketing)) {
                stopped = Some(now);
            }
            let confirmed = |change: &Change| matches!(change, Change::Gave(gave) if gave.purpose.id.as_str() == "marketing");
            if decided.is_ok_and(|changes| changes.iter().any(confirmed)) {
                stopped = None;
            }
        });
    }

    #[test]
    fn a_bare_yes_counts_only_where_one_request_waits(story in links()) {
        tell(story, |step, before, decided, after, now| {
            let Step::Reply(Reply::Yes { word }) = step else { return };
            let waiting: Vec<_> = before.waiting_at(SENDER, now).collect();
            let gave = decided.unwrap().iter().any(|change| matches!(change, Change::Gave(_)));
            match word {
                None => assert_eq!(gave, waiting.len() == 1 && waiting[0].by.reply()),
                Some(_) => assert_eq!(gave, waiting.iter().any(|pending| *word == Some(pending.word) && pending.by.reply())),
            }
            if gave {
                assert_eq!(after.waiting_at(SENDER, now).count(), waiting.len() - 1);
            }
        });
    }

    #[test]
    fn requests_that_wait_at_one_sender_have_words_of_their_own(story in links()) {
        tell(story, |_, _, _, after, now| {
            let words: Vec<_> = after.waiting_at(SENDER, now).map(|pending| pending.word).collect();
            let mut distinct = words.clone();
            distinct.sort();
            distinct.dedup();
            assert_eq!(distinct.len(), words.len());
        });
    }

    #[test]
    fn an_unclear_reply_is_answered_once_a_day_and_changes_nothing(story in links()) {
        let mut answered: Vec<Timestamp> = Vec::new();
        tell(story, |step, before, decided, after, now| {
            if decided.is_ok_and(|changes| changes.contains(&Change::Helped)) {
                assert!(answered.iter().all(|at| *at <= now - Span::days(1)));
                assert!(!before.silence.holds(now));
                answered.push(now);
            }
            if matches!(step, Step::Reply(Reply::Unclear | Reply::Help)) {
                assert_eq!((&before.standings, &before.pendings), (&after.standings, &after.pendings));
            }
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

    #[test]
    fn three_misses_in_a_row_suspend_a_consent(story in links()) {
        let mut misses = 0;
        tell(story, |step, before, decided, after, now| {
            let marketing = "marketing".parse().unwrap();
            match step {
                Step::Undeliverable { purpose: 1 } if before.given(&marketing, now).is_some() => misses += 1,
                Step::Delivered { purpose: 1 } => misses = 0,
                _ => {}
            }
            if before.given(&marketing, now).map(|it| it.since) != after.given(&marketing, now).map(|it| it.since) {
                let suspended = decided.is_ok_and(|changes| changes.contains(&Change::Suspended(marketing.clone())));
                assert_eq!(suspended, misses == 3 && matches!(step, Step::Undeliverable { .. }));
                misses = 0;
            }
            assert!(misses < 3);
        });
    }

    #[test]
    fn only_a_confirmation_of_what_waits_gives_consent(story in links()) {
        tell(story, |step, before, decided, after, now| {
            let gained = PURPOSES.iter().filter(|id| {
                let id = id.parse().unwrap();
                after.given(&id, now).is_some() && before.given(&id, now).is_none()
            });
            if gained.count() > 0 {
                assert!(matches!(step, Step::Confirm { .. } | Step::Reply(Reply::Yes { .. })));
                assert!(decided.is_ok());
            }
            if let (Step::Confirm { .. }, Ok(changes)) = (step, decided) {
                let Some(Change::Ended(link, End::Confirmed)) = changes.first() else { panic!() };
                assert!(before.pending(link, now).is_some());
                assert!(after.pending(link, now).is_none(), "a link confirms once");
            }
        });
    }

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
                let week = now - Period::Week.span();
                // A withdrawal and a new consent begin a new promise.
                let since = after.given(&id, now).unwrap().since;
                assert!(times.iter().filter(|at| **at > week && **at >= since).count() <= 2);
            }
        });
    }

    #[test]
    fn a_number_gets_three_confirmations_a_day_a_minute_apart_for_a_form(story in links()) {
        let mut ordered: Vec<Timestamp> = Vec::new();
        tell(story, |_, before, decided, _, now| {
            for change in decided.into_iter().flatten() {
                if let Change::Requested(form, _) = change {
                    if let Some(pending) = before.pendings.get(form) {
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
                    assert!(gate(after, &Outgoing::Confirmation { link: pending.link.clone() }, now, Vec::new).is_err());
                }
                for id in PURPOSES {
                    let purpose: PurposeId = id.parse().unwrap();
                    assert!(gate(after, &Outgoing::Message { purpose: purpose.clone() }, now, Vec::new).is_err());
                    assert!(gate(after, &Outgoing::Welcome { purpose }, now, Vec::new).is_err());
                }
            }
        });
    }

    #[test]
    fn a_state_survives_its_storage(story in links()) {
        tell(story, |_, _, _, after, _| {
            let json = serde_json::to_string(after).unwrap();
            assert_eq!(&serde_json::from_str::<State>(&json).unwrap(), after);
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
        by: ConfirmBy::Link,
        word: 10,
        quiet_hours: QuietHours::default(),
        hold: Hold::None,
    };
    for change in decide::confirmed(&state.clone(), &pending) {
        state.apply(&change, now);
    }
    let at = |hour: u16| TimeOfDay::minutes(hour * 60);
    let ask = |purpose: &str, clocks: &[TimeOfDay]| {
        gate(&state, &Outgoing::Message { purpose: purpose.parse().unwrap() }, now, || clocks.to_vec())
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
        gate(&state, &Outgoing::Welcome { purpose: "marketing".parse().unwrap() }, now, || vec![at(22)]),
        Ok(())
    );
}
