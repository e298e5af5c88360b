//! One act with one fault in it, and what is found wrong after it.

use std::{collections::BTreeMap, fmt, sync::Arc, time::Duration};

use serde_json::Value;
use tokio::sync::OnceCell;

use super::{
    Fault, How, Kind, Seen,
    act::Act,
    person::Person,
    world::{Rows, World},
};
use crate::{Answer, DAY, MINUTE};

/// So much later the clock is turned, step by step, while something is still to come.
const LATER: [u64; 12] =
    [0, 3, 10, 40, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE, 8 * MINUTE, 20 * MINUTE, 40 * MINUTE, 80 * MINUTE, 160 * MINUTE];

/// The platform repeats an alarm that failed after two seconds, which no test can turn, and rings no other
/// before that; so it does with one that a crash cut off.
const ALARM_AGAIN: Duration = Duration::from_millis(2500);

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wrong {
    /// A part of a command was done.
    Half,
    /// It was acknowledged, and is not there.
    EventLost,
    /// It can't be done once more, or does something else then.
    NotRepeatable,
    SmsLost,
    SmsTwice,
    /// Another SMS than without a fault.
    SmsOther,
    WebhookLost,
    WebhookTwice,
    WebhookOrder,
    Kv,
    /// What is stored at the end is not what is stored without a fault.
    Stored,
}

/// What was found wrong, with the fault that led to it.
#[derive(Clone, Debug)]
pub struct Finding {
    pub wrong: Wrong,
    pub act: Act,
    pub fault: Fault,
    pub place: String,
    pub detail: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { wrong, act, fault: Fault { kind, nth, how, when, .. }, place, detail } = self;
        write!(f, "{wrong:?}: {act:?}, {how:?} {when:?} {kind:?} {nth} ({place}): {detail}")
    }
}

/// What an act is like without a fault.
#[derive(Clone, Debug)]
pub struct Pattern {
    before: Value,
    after: Value,
    /// With all that left.
    settled: Value,
    /// A month later.
    end: Value,
    texts: Vec<String>,
    told: Vec<String>,
    kv: Vec<&'static str>,
    /// What then is stored of the person.
    pub rows: Rows,
    pub used: Seen,
}

impl Pattern {
    /// Does it without a fault.
    ///
    /// # Panics
    /// When it then is not as the model says.
    async fn learn(world: &mut World, act: Act) -> (Self, Person) {
        let mut person = world.newcomer(act).await;
        person.prepare(world).await;
        let before = world.picture(&person, false).await;
        world.jawort.disarm().await;
        let answer = person.act(world, 0).await;
        assert!(answer.status < 400, "{act:?}: {}", answer.text());
        let used = world.jawort.quiet().await;
        let after = world.picture(&person, false).await;
        let model = act.model();
        for later in LATER {
            if world.texts(&person).len() >= model.sms && world.told(&person).len() >= model.told.len() {
                break;
            }
            world.turn(later).await;
            world.ring(&person).await;
            world.jawort.quiet().await;
        }
        let settled = world.picture(&person, true).await;
        let end = end(world, &person).await;
        let (mut texts, told, kv) = (world.texts(&person), world.told(&person), world.in_kv(&person).await);
        let kinds: Vec<_> = told.iter().filter_map(|told| told.split(' ').next()).collect();
        assert_eq!(kinds, model.told, "{act:?}");
        texts.sort();
        assert_eq!(texts.len(), model.sms, "{act:?}: {texts:?}");
        assert_eq!(world.jawort.standing(&person.number, "marketing").await, model.standing, "{act:?}");
        (Self { before, after, settled, end, texts, told, kv, rows: Rows::default(), used }, person)
    }

    /// Every fault that can come in it.
    pub fn faults(&self, how: How) -> Vec<Fault> {
        let moments = Kind::ALL.into_iter().flat_map(|kind| kind.moments().iter().map(move |when| (kind, *when)));
        moments
            .flat_map(|(kind, when)| {
                (1..=self.used.of(kind)).map(move |nth| Fault { kind, nth, how, when, once: true })
            })
            .collect()
    }
}

/// A month later.
async fn end(world: &mut World, person: &Person) -> Value {
    world.turn(40 * DAY).await;
    world.jawort.check(&person.number, "marketing").await;
    world.jawort.quiet().await;
    world.picture(person, true).await
}

/// The patterns of all acts.
pub type Patterns = BTreeMap<Act, Pattern>;

/// Learnt once by whoever needs them first.
pub async fn patterns() -> &'static Arc<Patterns> {
    static PATTERNS: OnceCell<Arc<Patterns>> = OnceCell::const_new();
    PATTERNS.get_or_init(async || Arc::new(learn_all().await)).await
}

async fn learn_all() -> Patterns {
    let mut world = World::start().await;
    let (mut patterns, mut people) = (Patterns::new(), Vec::new());
    for act in Act::ALL {
        let (pattern, person) = Pattern::learn(&mut world, act).await;
        patterns.insert(act, pattern);
        people.push(person);
    }
    let subjects: Vec<_> = people.iter().map(|person| person.subject.clone()).collect();
    let rows = world.rows(&subjects).await;
    for person in people {
        if let Some(pattern) = patterns.get_mut(&person.act) {
            pattern.rows = rows.get(&person.subject).cloned().unwrap_or_default();
        }
    }
    patterns
}

/// What a run with a fault came to.
pub struct Ran {
    pub subject: String,
    /// Where it came, if it did.
    pub place: Option<String>,
    pub findings: Vec<Finding>,
}

/// Does an act with a fault in it, does it once more where it failed, lets time pass, and holds what is there then
/// to what is there without a fault.
pub async fn run(world: &mut World, act: Act, pattern: &Pattern, fault: Fault) -> Ran {
    let mut person = world.newcomer(act).await;
    person.prepare(world).await;
    let (answer, place) = with_fault(world, &mut person, fault).await;
    let mut run = Run { world, person, pattern, fault, found: Vec::new() };
    let acknowledged = answer.is_some_and(|answer| answer.status < 400);
    run.at_once(acknowledged).await;
    if !acknowledged {
        run.once_more().await;
    }
    run.settle().await;
    run.at_the_end().await;
    let at = place.clone().unwrap_or_default();
    let subject = run.person.subject.clone();
    let finding = |(wrong, detail)| Finding { wrong, act, fault, place: at.clone(), detail };
    Ran { subject, findings: run.found.into_iter().map(finding).collect(), place }
}

/// The answer, if one came, and where the fault came, if it did.
async fn with_fault(world: &mut World, person: &mut Person, fault: Fault) -> (Option<Answer>, Option<String>) {
    let mut watch = world.jawort.watch();
    let mut killed = async || match fault.how {
        How::Kill => watch.wait().await,
        How::Error | How::Retryable | How::Overloaded => std::future::pending().await,
    };
    world.jawort.arm(fault).await;
    let mut answer = None;
    let ended = {
        let going = async {
            answer = Some(person.act(world, 0).await);
            world.jawort.quiet().await
        };
        tokio::select! {
            seen = going => Err(seen),
            place = killed() => Ok(place),
        }
    };
    match ended {
        Ok(place) => {
            world.crash();
            (answer, Some(place))
        }
        Err(seen) => {
            // It may come at the last moment.
            let late = tokio::select! {
                () = world.jawort.disarm() => None,
                place = killed() => Some(place),
            };
            if late.is_some() {
                world.crash();
            }
            (answer, late.or(seen.fired))
        }
    }
}

struct Run<'a> {
    world: &'a mut World,
    person: Person,
    pattern: &'a Pattern,
    fault: Fault,
    found: Vec<(Wrong, String)>,
}

impl Run<'_> {
    fn find(&mut self, wrong: Wrong, detail: impl Into<String>) {
        self.found.push((wrong, detail.into()));
    }

    /// All of it, or nothing of it; and all where it was acknowledged.
    async fn at_once(&mut self, acknowledged: bool) {
        let now = self.world.picture(&self.person, false).await;
        let ordered = self.person.ordered(self.world).await;
        let done = now == self.pattern.after && ordered != Some(false);
        if acknowledged && !done {
            self.find(Wrong::EventLost, format!("{now} and not {}", self.pattern.after));
        } else if !done && now != self.pattern.before {
            self.find(Wrong::Half, format!("{now} is neither {} nor {}", self.pattern.before, self.pattern.after));
        }
    }

    /// As a person or a provider does who got no answer.
    async fn once_more(&mut self) {
        let answer = self.person.act(self.world, 1).await;
        self.world.jawort.quiet().await;
        if answer.status >= 400 {
            self.find(Wrong::NotRepeatable, format!("{}: {}", answer.status, answer.text()));
            return;
        }
        let now = self.world.picture(&self.person, false).await;
        if now != self.pattern.after || self.person.ordered(self.world).await == Some(false) {
            self.find(Wrong::NotRepeatable, format!("{now} and not {}", self.pattern.after));
        }
    }

    async fn is_settled(&self) -> bool {
        let (world, pattern) = (&*self.world, self.pattern);
        let again = self.person.act != Act::Replay
            || world.receiver.received_of(&self.person.subject).len() >= 2 * pattern.told.len();
        again
            && world.texts(&self.person).len() >= pattern.texts.len()
            && world.told(&self.person).len() >= pattern.told.len()
            && self.person.batch_is_over(world).await
            && world.picture(&self.person, true).await == pattern.settled
    }

    /// Lets time pass until all has left.
    async fn settle(&mut self) {
        for (step, later) in LATER.into_iter().enumerate() {
            if self.is_settled().await {
                return;
            }
            if step == 1 && (self.fault.kind == Kind::Alarm || self.fault.how == How::Kill) {
                tokio::time::sleep(ALARM_AGAIN).await;
            }
            self.world.turn(later).await;
            self.world.ring(&self.person).await;
            self.world.jawort.quiet().await;
        }
    }

    async fn at_the_end(&mut self) {
        let end = end(self.world, &self.person).await;
        let pattern = self.pattern;
        if end != pattern.end {
            self.find(Wrong::Stored, format!("{end} and not {}", pattern.end));
        }
        let mut texts = self.world.texts(&self.person);
        // What one command orders, the acknowledgement and the thank-you, may change places.
        texts.sort();
        let wrong = match texts.len().cmp(&pattern.texts.len()) {
            std::cmp::Ordering::Less => Some(Wrong::SmsLost),
            std::cmp::Ordering::Greater => Some(Wrong::SmsTwice),
            std::cmp::Ordering::Equal => (texts != pattern.texts).then_some(Wrong::SmsOther),
        };
        if let Some(wrong) = wrong {
            self.find(wrong, format!("{texts:?} and not {:?}", pattern.texts));
        }
        let told = self.world.told(&self.person);
        let wrong = match told.len().cmp(&pattern.told.len()) {
            std::cmp::Ordering::Less => Some(Wrong::WebhookLost),
            std::cmp::Ordering::Greater => Some(Wrong::WebhookTwice),
            std::cmp::Ordering::Equal => (told != pattern.told).then_some(Wrong::WebhookOrder),
        };
        if let Some(wrong) = wrong {
            self.find(wrong, format!("{told:?} and not {:?}", pattern.told));
        }
        let replayed = self.world.receiver.received_of(&self.person.subject).len();
        if self.person.act == Act::Replay && replayed < 2 * pattern.told.len() {
            self.find(Wrong::WebhookLost, format!("replayed {replayed}"));
        }
        let kv = self.world.in_kv(&self.person).await;
        if kv != pattern.kv {
            self.find(Wrong::Kv, format!("{kv:?} and not {:?}", pattern.kv));
        }
    }
}
