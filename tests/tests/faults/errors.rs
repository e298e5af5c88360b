//! Every use of the platform fails once, in every command.

use tests::faults::{How, act::Act, matrix::matrix};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_error_anywhere_leaves_all_of_a_command_or_nothing_and_time_mends_the_rest() {
    let acts = std::env::var("ACTS").ok();
    let acts: Vec<_> = Act::ALL
        .into_iter()
        .filter(|act| acts.as_ref().is_none_or(|acts| acts.contains(&format!("{act:?}"))))
        .collect();
    let report = matrix(&acts, &[How::Error]).await;
    println!("{} runs, {} faults: {:#?}", report.runs, report.places.values().sum::<usize>(), report.places);
    assert!(report.findings.is_empty(), "{} findings", report.findings.len());
}
