//! Every act with every fault in it.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex, PoisonError},
};

use reqwest::Method;

use super::{
    Fault, How,
    act::Act,
    run::{Finding, Patterns, Ran, Wrong, patterns, run},
    world::{CODES, World},
};

/// Edges at once.
pub const EDGES: usize = 6;

/// What came of many runs.
#[derive(Default)]
pub struct Report {
    pub runs: usize,
    /// Faults that came, by place.
    pub places: BTreeMap<String, usize>,
    pub findings: Vec<Finding>,
}

impl Report {
    fn add(&mut self, fault: Fault, ran: Ran) {
        self.runs += 1;
        if let Some(place) = ran.place {
            *self.places.entry(format!("{:?} {:?}: {place}", fault.when, fault.kind)).or_default() += 1;
        }
        ran.findings.into_iter().for_each(|finding| self.find(finding));
    }

    /// Says it at once: the rest takes minutes.
    fn find(&mut self, finding: Finding) {
        println!("{finding}");
        self.findings.push(finding);
    }

    fn merge(&mut self, other: Self) {
        self.runs += other.runs;
        for (place, count) in other.places {
            *self.places.entry(place).or_default() += count;
        }
        self.findings.extend(other.findings);
    }

    /// How many faults came.
    pub fn came(&self) -> usize {
        self.places.values().sum()
    }

    pub fn count(&self, wrong: Wrong) -> usize {
        self.findings.iter().filter(|finding| finding.wrong == wrong).count()
    }
}

/// Does all of that, with several edges at once.
///
/// # Panics
/// When an edge can't be started, or an act doesn't go as its model even without a fault.
pub async fn all(jobs: Vec<(Act, Fault)>, patterns: Arc<Patterns>, edges: usize) -> Report {
    let jobs = Arc::new(Mutex::new(VecDeque::from(jobs)));
    let edges = (0..edges).map(|_| tokio::spawn(one_edge(jobs.clone(), patterns.clone())));
    let mut report = Report::default();
    for edge in edges.collect::<Vec<_>>() {
        report.merge(edge.await.expect("an edge goes all its way"));
    }
    report
}

/// Does jobs with an edge of its own until none is left, and looks at what is stored at the end.
async fn one_edge(jobs: Arc<Mutex<VecDeque<(Act, Fault)>>>, patterns: Arc<Patterns>) -> Report {
    let mut world = World::start().await;
    let (mut report, mut lives) = (Report::default(), Vec::new());
    let next = || jobs.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
    while let Some((act, fault)) = next() {
        let ran = run(&mut world, act, &patterns[&act], fault).await;
        lives.push((ran.subject.clone(), act, fault, ran.place.clone().unwrap_or_default()));
        report.add(fault, ran);
    }
    report.findings.extend(pool(&world, &lives).await);
    let subjects: Vec<_> = lives.iter().map(|(subject, ..)| subject.clone()).collect();
    let mut rows = world.rows(&subjects).await;
    for (subject, act, fault, place) in lives {
        let (rows, wanted) = (rows.remove(&subject).unwrap_or_default(), &patterns[&act].rows);
        if rows != *wanted {
            let detail = format!("{rows:?} and not {wanted:?}");
            report.find(Finding { wrong: Wrong::Stored, act, fault, place, detail });
        }
    }
    report
}

type Life = (String, Act, Fault, String);

/// No code is lost, and nobody has two.
async fn pool(world: &World, lives: &[Life]) -> Option<Finding> {
    let of = |wanted: Act| lives.iter().filter(|(_, act, ..)| *act == wanted).count();
    let (_, act, fault, _) = lives.last()?;
    let state = world.jawort.owner(Method::GET, "/v1/rewards/club", None).await.expect(200).json();
    let (left, taken) = (CODES + of(Act::Codes) - of(Act::YesWithReward), of(Act::YesWithReward));
    let well = state["left"] == left && state["taken"] == taken;
    let detail = format!("the pool: {state} and not {left} left, {taken} taken");
    (!well).then(|| Finding { wrong: Wrong::Stored, act: *act, fault: *fault, place: "the end".to_owned(), detail })
}

/// Every act with every fault in it, that fits.
pub async fn matrix(hows: &[How], fits: impl Fn(Act) -> bool) -> Report {
    let patterns = patterns().await;
    let mut jobs = Vec::new();
    for (act, pattern) in patterns.iter().filter(|(act, _)| fits(**act)) {
        jobs.extend(hows.iter().flat_map(|how| pattern.faults(*how)).map(|fault| (*act, fault)));
    }
    all(jobs, Arc::clone(patterns), EDGES).await
}
