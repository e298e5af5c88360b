//! What holds whatever happens, in every order, at any time.

use proptest::prelude::*;

use super::*;
use crate::{
    lang::Localized,
    settings::{Basis, Period, Use},
};

fn purpose(id: &str) -> Purpose {
    let text = Localized { de: id.into(), en: None };
    Purpose {
        id: id.parse().unwrap(),
        use_: Use::Advertising,
        label: text.clone(),
        wording: text,
        frequency: Frequency { max: 2, period: Period::Week },
        lapses_after: 3,
        basis: Basis::Consent,
    }
}

/// A step of a story: what happens, and how long after the step before.
#[derive(Debug, Clone)]
enum Step {
    Request { form: usize, purposes: Vec<usize> },
    Confirm { link: usize },
    Refuse { link: usize },
    Withdraw { purpose: Option<usize> },
    Object { purpose: Option<usize> },
    Stop,
    Allow,
    WrongNumber,
    FreshLink,
    FreshLinkFromPage,
    Erase,
    Send { purpose: usize },
}

const FORMS: [&str; 2] = ["newsletter", "shop"];
const PURPOSES: [&str; 2] = ["booking", "marketing"];

fn step() -> impl Strategy<Value = Step> {
    let purpose = 0..PURPOSES.len();
    prop_oneof![
        5 => (0..FORMS.len(), prop::collection::vec(purpose.clone(), 1..3))
            .prop_map(|(form, purposes)| Step::Request { form, purposes }),
        4 => (0..6_usize).prop_map(|link| Step::Confirm { link }),
        1 => (0..6_usize).prop_map(|link| Step::Refuse { link }),
        1 => prop::option::of(purpose.clone()).prop_map(|purpose| Step::Withdraw { purpose }),
        1 => prop::option::of(purpose.clone()).prop_map(|purpose| Step::Object { purpose }),
        1 => Just(Step::Stop),
        1 => Just(Step::Allow),
        1 => Just(Step::WrongNumber),
        1 => Just(Step::FreshLink),
        1 => Just(Step::FreshLinkFromPage),
        1 => Just(Step::Erase),
        5 => purpose.prop_map(|purpose| Step::Send { purpose }),
    ]
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
            Step::Request { form, purposes } => {
                let link = TokenHash(count.to_string());
                links.push(link.clone());
                Command::Request {
                    form: FORMS[*form].parse().unwrap(),
                    link,
                    purposes: purposes.iter().map(|at| purpose(PURPOSES[*at])).collect(),
                    lang: Lang::De,
                }
            }
            Step::Confirm { link: back } => Command::Confirm { link: link(*back) },
            Step::Refuse { link: back } => Command::Refuse { link: link(*back) },
            Step::Withdraw { purpose } => Command::Withdraw { scope: scope(*purpose), way: Way::Link },
            Step::Object { purpose } => Command::Object { scope: scope(*purpose), way: Way::Link },
            Step::Stop => Command::Stop,
            Step::Allow => Command::Allow,
            Step::WrongNumber => Command::WrongNumber,
            Step::FreshLink => Command::FreshLink,
            Step::FreshLinkFromPage => Command::FreshLinkFromPage,
            Step::Erase => Command::Erase { way: Way::FreshLink },
            Step::Send { purpose } => Command::Send { purpose: PURPOSES[*purpose].parse().unwrap() },
        };
        let before = state.clone();
        let decided = decide(&state, command, now);
        for change in decided.iter().flatten() {
            state.apply(change, now);
        }
        watch(&step, &before, decided.as_deref(), &state, now);
    }
}

fn orders_sms(change: &Change) -> bool {
    matches!(
        change,
        Change::Requested(..) | Change::ToldAlready | Change::FreshLink | Change::Acknowledge | Change::Used(_)
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_strangers_request_alters_no_standing(story in links()) {
        tell(story, |step, before, _, after, _| {
            if matches!(step, Step::Request { .. } | Step::FreshLinkFromPage | Step::Refuse { .. }) {
                assert_eq!(before.standings, after.standings);
            }
        });
    }

    #[test]
    fn a_strangers_request_reaches_nobody_who_is_to_be_left_alone(story in links()) {
        tell(story, |step, before, decided, _, now| {
            if matches!(step, Step::Request { .. } | Step::FreshLinkFromPage) && before.silence.holds(now) {
                assert!(!decided.unwrap().iter().any(orders_sms));
            }
        });
    }

    #[test]
    fn silence_ends_by_the_persons_own_act_or_its_time_only(story in links()) {
        tell(story, |step, before, _, after, now| {
            if before.silence.holds(now) && !matches!(step, Step::Allow) {
                assert!(after.silence.holds(now));
                if before.silence == Silence::UntilAllowed {
                    assert_eq!(after.silence, Silence::UntilAllowed);
                }
            }
            if matches!(step, Step::Stop | Step::WrongNumber | Step::Object { .. } | Step::Erase) {
                assert!(after.silence.holds(now) && after.silence.holds(now + Span::days(29)));
            }
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
                assert!(matches!(step, Step::Confirm { .. }));
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
            if matches!(step, Step::Stop | Step::WrongNumber | Step::Erase | Step::Object { purpose: None } | Step::Withdraw { purpose: None }) {
                assert!(after.pendings.is_empty());
                for pending in before.pendings.values() {
                    assert!(gate(after, &Outgoing::Confirmation { link: pending.link.clone() }, now).is_err());
                }
                for id in PURPOSES {
                    let purpose = id.parse().unwrap();
                    assert!(gate(after, &Outgoing::Message { purpose }, now).is_err());
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
