//! The process is killed anywhere.

use tests::faults::kills::random_kills;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn kills_at_fifty_places_lose_nothing_and_double_nothing() {
    let report = random_kills(8, 50).await;
    assert!(report.came() > 40, "{:#?}", report.places);
    assert!(report.findings.is_empty(), "{} findings", report.findings.len());
}
