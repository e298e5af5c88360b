//! What holds whatever happens, in every order, at any time.

mod again;
mod deletion;
mod elsewhere;
mod gate;
mod inbox;
mod leaving;
mod listing;
mod passed_on;
mod replies;
mod standing;
mod suppression;
mod unanswered;

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::{
    calendar::{LocalDay, TimeZone},
    ids::PurposeId,
    inbox::{ForHuman, InboxAct, ReplyId},
    key_ring::SubjectId,
    lang::{Lang, Localized},
    message::MessageId,
    quiet::{QuietHours, TimeOfDay},
    reply::{About, Reply, Stop},
    settings::{Basis, Frequency, Period, Purpose, Use},
    time::{Span, Timestamp},
    token::TokenHash,
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
#[derive(Debug, Clone, PartialEq)]
enum Step {
    Request {
        form: usize,
        purposes: Vec<usize>,
        origin: Origin,
    },
    Confirm {
        link: usize,
    },
    Refuse {
        link: usize,
    },
    Reply(Reply),
    /// What no program understands.
    Writes {
        of: About,
    },
    /// A human answers what was written.
    Human {
        reply: usize,
        act: InboxAct,
        purpose: Option<usize>,
    },
    Withdraw {
        purpose: Option<usize>,
        way: Way,
    },
    Object {
        way: Way,
    },
    /// The owner passes on a word that came in so long before.
    PassOn {
        word: Word,
        ago: Span,
    },
    Allow,
    WrongNumber,
    FreshLink,
    FreshLinkFromPage,
    Erase,
    Send {
        purpose: usize,
    },
    Undeliverable {
        purpose: usize,
    },
    Delivered {
        purpose: usize,
    },
    OptedOut {
        purpose: usize,
    },
    Hold {
        link: usize,
    },
    NeverArrived {
        link: usize,
    },
}

const FORMS: [&str; 2] = ["newsletter", "shop"];
const PURPOSES: [&str; 2] = ["booking", "marketing"];

/// What both forms' SMS come from.
const SENDER: &str = "+4915228817386";

fn reply() -> impl Strategy<Value = Reply> {
    let code = || prop::option::weighted(0.5, 10..14_u8);
    let marketing = || vec![PURPOSES[1].parse().unwrap()];
    prop_oneof![
        4 => code().prop_map(|code| Reply::Yes { code }),
        1 => code().prop_map(|code| Reply::No { code }),
        1 => Just(Reply::Stop(Stop::Everything)),
        1 => Just(Reply::Stop(Stop::Advertising)),
        1 => Just(Reply::Stop(Stop::Purposes(marketing()))),
        1 => Just(Reply::Start),
        1 => Just(Reply::Help),
        1 => Just(Reply::Info),
        1 => Just(Reply::WrongNumber),
        2 => prop::sample::select(vec![About::Other, About::Rights]).prop_map(Reply::Unclear),
        1 => Just(Reply::Object),
        1 => Just(Reply::Erase),
        1 => Just(Reply::Access),
        1 => Just(Reply::Ignore),
    ]
}

/// By a link, or by the code of an SMS.
fn way() -> impl Strategy<Value = Way> {
    prop::sample::select(vec![Way::Link, Way::WayOut])
}

fn word() -> impl Strategy<Value = Word> {
    let scope = prop_oneof![
        Just(Scope::All),
        prop::sample::select(PURPOSES.to_vec()).prop_map(|id| Scope::Purpose(id.parse().unwrap())),
    ];
    prop_oneof![
        2 => scope.prop_map(Word::Withdraw),
        1 => Just(Word::Object),
        1 => Just(Word::WrongNumber),
        1 => Just(Word::Erase),
    ]
}

fn ago() -> impl Strategy<Value = Span> {
    prop::sample::select(vec![Span::seconds(0), Span::seconds(90), Span::hours(30), Span::days(25), Span::days(90)])
}

fn step() -> impl Strategy<Value = Step> {
    let purpose = 0..PURPOSES.len();
    let asked = prop::collection::vec(purpose.clone(), 1..3);
    let act = prop::sample::select(vec![
        InboxAct::Nothing,
        InboxAct::Withdraw,
        InboxAct::Object,
        InboxAct::Erase,
        InboxAct::WrongNumber,
    ]);
    let of = prop::sample::select(vec![About::Rights, About::Other]);
    let origin = prop::sample::select(vec![Origin::WebPage, Origin::WebPage, Origin::Handset]);
    prop_oneof![
        6 => (0..FORMS.len(), asked, origin)
            .prop_map(|(form, purposes, origin)| Step::Request { form, purposes, origin }),
        4 => (0..6_usize).prop_map(|link| Step::Confirm { link }),
        1 => (0..6_usize).prop_map(|link| Step::Refuse { link }),
        6 => reply().prop_map(Step::Reply),
        3 => of.prop_map(|of| Step::Writes { of }),
        1 => (0..3_usize, act, prop::option::of(purpose.clone()))
            .prop_map(|(reply, act, purpose)| Step::Human { reply, act, purpose }),
        2 => (prop::option::of(purpose.clone()), way()).prop_map(|(purpose, way)| Step::Withdraw { purpose, way }),
        1 => way().prop_map(|way| Step::Object { way }),
        2 => (word(), ago()).prop_map(|(word, ago)| Step::PassOn { word, ago }),
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
        1 => (0..3_usize).prop_map(|link| Step::NeverArrived { link }),
    ]
}

/// Whether a step is a stranger's: somebody at a web page.
fn by_a_stranger(step: &Step) -> bool {
    matches!(step, Step::Request { origin: Origin::WebPage, .. } | Step::FreshLinkFromPage)
}

fn ends_everything(step: &Step) -> bool {
    matches!(
        step,
        Step::Reply(Reply::Stop(Stop::Everything) | Reply::WrongNumber | Reply::Erase)
            | Step::WrongNumber
            | Step::Erase
            | Step::Withdraw { purpose: None, .. }
    ) || matches!(
        step,
        Step::PassOn { word: Word::Withdraw(Scope::All) | Word::WrongNumber | Word::Erase, ago } if *ago == Span::seconds(0)
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

fn answer(to: &str, at: At, reply: &Reply, served: Vec<Purpose>) -> Answer {
    Answer {
        to: to.to_owned(),
        at,
        reply: reply.clone(),
        starts: false,
        served,
        advertising: vec![PURPOSES[1].parse().unwrap()],
        unsent: Vec::new(),
        said_at: None,
        to_read: None,
    }
}

/// The `n`th reply that a human must read.
fn written(n: u8, received_at: Timestamp, of: About) -> ToRead {
    let id = ReplyId::new(SubjectId([1; 9]), [n; 12]);
    ToRead { id, received_at, of: ForHuman { speaks_of: of, guess: None } }
}

/// What a step asks for. `to_read` would be what it writes, and `asked` the link of its request; `link` are those of
/// earlier ones, `reply` what was written before; `sent` counts what was accepted for a purpose within the promised
/// period.
fn command(
    step: &Step,
    to_read: impl Fn(About) -> ToRead,
    reply: impl Fn(usize) -> ReplyId,
    asked: &TokenHash,
    link: impl Fn(usize) -> TokenHash,
    sent: impl Fn(&PurposeId) -> usize,
    now: Timestamp,
) -> Command {
    let id = |purpose: usize| PURPOSES[purpose].parse().unwrap();
    let scope = |purpose: Option<usize>| purpose.map_or(Scope::All, |at| Scope::Purpose(PURPOSES[at].parse().unwrap()));
    match step {
        Step::Request { form, purposes, origin } => Command::Request(Asking {
            form: FORMS[*form].parse().unwrap(),
            version: 1,
            link: asked.clone(),
            purposes: purposes.iter().map(|at| purpose(PURPOSES[*at])).collect(),
            lang: Lang::De,
            from: SENDER.to_owned(),
            quiet_hours: QuietHours::default(),
            time_zone: TimeZone::default(),
            reply_code: 10,
            origin: *origin,
            said_at: None,
        }),
        Step::Reply(reply) => {
            let served = PURPOSES.map(purpose).to_vec();
            Command::Answer(answer(SENDER, At::Ours, reply, served))
        }
        Step::Writes { of } => {
            let served = PURPOSES.map(purpose).to_vec();
            Command::Answer(Answer {
                to_read: Some(to_read(*of)),
                ..answer(SENDER, At::Ours, &Reply::Unclear(About::Other), served)
            })
        }
        Step::Human { reply: back, act, purpose } => {
            let purpose = purpose.filter(|_| *act == InboxAct::Withdraw).map(id);
            Command::AnswerInbox {
                id: reply(*back),
                act: *act,
                purpose,
                advertising: vec![PURPOSES[1].parse().unwrap()],
            }
        }
        Step::Confirm { link: back } => Command::Confirm { link: link(*back) },
        Step::Refuse { link: back } => Command::Refuse { link: link(*back) },
        Step::Withdraw { purpose, way } => Command::Withdraw { scope: scope(*purpose), way: *way },
        Step::Object { way } => Command::Object { advertising: vec![id(1)], way: *way },
        Step::PassOn { word, ago } => passed_on(word, now - *ago),
        Step::Allow => Command::Allow,
        Step::WrongNumber => Command::WrongNumber { way: Way::FreshLink },
        Step::FreshLink => Command::FreshLink,
        Step::FreshLinkFromPage => Command::FreshLinkFromPage,
        Step::Erase => Command::Erase { way: Way::FreshLink },
        Step::Send { purpose } => {
            let purpose = id(*purpose);
            Command::Send { sent: sent(&purpose), purpose }
        }
        Step::Undeliverable { purpose } => Command::Undeliverable { purpose: id(*purpose) },
        Step::Delivered { purpose } => Command::Delivered { purpose: id(*purpose) },
        Step::OptedOut { purpose } => Command::OptedOut { purpose: id(*purpose) },
        Step::Hold { link: back } => Command::Hold { link: link(*back) },
        Step::NeverArrived { link: back } => Command::NeverArrived { link: link(*back) },
    }
}

fn passed_on(word: &Word, heard_at: Timestamp) -> Command {
    Command::PassOn { word: word.clone(), advertising: vec![PURPOSES[1].parse().unwrap()], heard_at }
}

/// Where a story ends.
struct StoryEnd {
    state: State,
    has_number: bool,
    now: Timestamp,
}

/// Whether the number is stored after a change.
fn keeps_number(change: &Change, before: bool) -> bool {
    match change {
        Change::KeyDestroyed | Change::Emptied => false,
        change => before || change.needs_number(),
    }
}

/// Tells a story, and shows each step with the state before and after it.
fn tell(
    story: Vec<(Step, Span)>,
    mut watch: impl FnMut(&Step, &State, Result<&[Change], &Refusal>, &State, Timestamp),
) -> StoryEnd {
    let mut state = State::default();
    let mut has_number = false;
    let mut now = Timestamp::from_millis(1_795_000_000_000);
    let mut links: Vec<TokenHash> = Vec::new();
    let mut replies: Vec<ReplyId> = Vec::new();
    let mut orders: BTreeMap<PurposeId, Vec<LocalDay>> = BTreeMap::new();
    for (count, (step, pause)) in story.into_iter().enumerate() {
        now = now + pause;
        for change in due(&state, has_number, now) {
            has_number = keeps_number(&change, has_number);
            state.apply(&change, now);
        }
        // The latest link is the likeliest to be tapped.
        let link =
            |back: usize| links.iter().rev().nth(back).cloned().unwrap_or_else(|| TokenHash("never sent".into()));
        let asked = TokenHash(count.to_string());
        let week = LocalDay::utc(now).begin_of(Period::Week);
        let sent = |purpose: &PurposeId| orders.get(purpose).into_iter().flatten().filter(|day| **day >= week).count();
        let to_read = |of| written(count as u8, now, of);
        let none = ReplyId::new(SubjectId([1; 9]), [255; 12]);
        let reply = |back: usize| replies.iter().rev().nth(back).copied().unwrap_or(none);
        let command = command(&step, to_read, reply, &asked, link, sent, now);
        if let Command::Answer(Answer { to_read: Some(it), .. }) = &command {
            replies.push(it.id);
        }
        if let Command::Request(_) = command {
            links.push(asked);
        }
        let before = state.clone();
        let sends = matches!(step, Step::Send { .. });
        let decided = decide(&state, command, now);
        for change in decided.iter().flatten() {
            match change {
                Change::Ordered(purpose) | Change::Rewarded(purpose) => {
                    orders.entry(purpose.clone()).or_default().push(LocalDay::utc(now));
                }
                Change::Took { purpose, .. } => drop(orders.remove(purpose)),
                _ => {}
            }
            has_number = keeps_number(change, has_number);
            state.apply(change, now);
        }
        if let (true, Ok([Change::Ordered(purpose)])) = (sends, decided.as_deref()) {
            let message = MessageId::new(SubjectId([1; 9]), [0; 12]);
            let used = decide(&state, Command::HandedOver { purpose: purpose.clone(), message }, now).unwrap();
            used.iter().for_each(|change| state.apply(change, now));
        }
        watch(&step, &before, decided.as_deref(), &state, now);
    }
    StoryEnd { state, has_number, now }
}
