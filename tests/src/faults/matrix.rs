//! Every act with every fault in it.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use super::{
    Fault, How,
    act::Act,
    run::{Finding, Patterns, Ran, learn_all, run},
    world::World,
};

/// Edges at once.
pub const EDGES: usize = 4;

/// What came of many runs.
#[derive(Default)]
pub struct Report {
    pub runs: usize,
    /// Faults that came, by place.
    pub places: std::collections::BTreeMap<String, usize>,
    pub findings: Vec<Finding>,
}

impl Report {
    fn add(&mut self, fault: Fault, ran: Ran) {
        self.runs += 1;
        if let Some(place) = ran.place {
            *self.places.entry(format!("{:?}, {:?}: {place}", fault.kind, fault.when)).or_default() += 1;
        }
        for finding in &ran.findings {
            println!("{finding}");
        }
        self.findings.extend(ran.findings);
    }
}

/// Does all of that, with several edges at once.
///
/// # Panics
/// When an edge can't be started, or an act doesn't go as its model even without a fault.
pub async fn all(jobs: Vec<(Act, Fault)>, patterns: Arc<Patterns>, edges: usize) -> Report {
    let (jobs, report) = (Arc::new(Mutex::new(VecDeque::from(jobs))), Arc::new(Mutex::new(Report::default())));
    let edges = (0..edges).map(|_| {
        let (jobs, report, patterns) = (jobs.clone(), report.clone(), patterns.clone());
        tokio::spawn(async move {
            let mut world = World::start().await;
            loop {
                let Some((act, fault)) = jobs.lock().expect("nobody panics with it").pop_front() else {
                    return;
                };
                let ran = run(&mut world, act, &patterns[&act], fault).await;
                report.lock().expect("nobody panics with it").add(fault, ran);
            }
        })
    });
    for edge in edges.collect::<Vec<_>>() {
        edge.await.expect("an edge goes all its way");
    }
    let report = std::mem::take(&mut *report.lock().expect("nobody panics with it"));
    report
}

/// Every act with every fault of a kind.
pub async fn matrix(acts: &[Act], hows: &[How]) -> Report {
    let patterns = Arc::new(learn_all(acts).await);
    let mut jobs = Vec::new();
    for (act, pattern) in &*patterns {
        println!("{act:?}: {:?}", pattern.used);
        jobs.extend(hows.iter().flat_map(|how| pattern.faults(*how)).map(|fault| (*act, fault)));
    }
    all(jobs, patterns, EDGES).await
}
