//! Every use of the platform fails once, in every command.

use tests::faults::{How, matrix::matrix};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_error_anywhere_leaves_all_of_a_command_or_nothing_and_time_mends_the_rest() {
    let report = matrix(&[How::Error], |_| true).await;
    println!("{} runs, {} faults: {:#?}", report.runs, report.came(), report.places);
    assert!(report.findings.is_empty(), "{} findings", report.findings.len());
}
