//! Kills at random places of the whole way.

use std::sync::Arc;

use super::{
    Fault, How,
    act::Act,
    matrix::{EDGES, Report, all},
    run::patterns,
};
use crate::Dice;

/// That many kills; the same seed makes the same ones.
pub async fn random_kills(seed: u64, count: usize) -> Report {
    let patterns = patterns().await;
    let mut dice = Dice::new(seed);
    let acts: Vec<(Act, Vec<Fault>)> =
        patterns.iter().map(|(act, pattern)| (*act, pattern.faults(How::Kill))).collect();
    let jobs = (0..count).map(|_| {
        let (act, faults) = &acts[dice.roll(acts.len())];
        (*act, faults[dice.roll(faults.len())])
    });
    all(jobs.collect(), Arc::clone(patterns), EDGES).await
}
