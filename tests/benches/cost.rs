//! What one confirmed consent costs on the platform, and a million.
//!
//! `cargo bench -p tests --bench cost`. A development build counts what the platform bills: operations on KV,
//! requests to Durable Objects (alarms included), rows of SQLite. The simulated phone's own part is counted apart
//! and taken off. Prices: Cloudflare's list for paid plans, dollars a million, without what a plan includes.

use anyhow::Result;
use serde_json::Value;
use tests::{Answer, Jawort, number};

/// Field of the count, price of a million, words.
const PRICES: [(&str, f64, &str); 6] = [
    ("kv_reads", 0.50, "KV reads"),
    ("kv_writes", 5.00, "KV writes"),
    ("kv_lists", 5.00, "KV lists"),
    ("object_requests", 0.15, "Durable Object requests"),
    ("rows_read", 0.001, "SQLite rows read"),
    ("rows_written", 1.00, "SQLite rows written"),
];
/// The Worker's own requests: form, challenge, submission, page of the link, yes.
const REQUESTS: f64 = 5.0;
const REQUEST_PRICE: f64 = 0.30;
const CONSENTS: u8 = 20;

#[tokio::main]
async fn main() -> Result<()> {
    let jawort = Jawort::start().await;
    // The first one also fills the isolate's caches.
    jawort.consent("newsletter", &number(0)).await;
    settle().await;
    let before = counted(&jawort).await;
    for n in 1..=CONSENTS {
        jawort.consent("newsletter", &number(n)).await;
    }
    settle().await;
    let after = counted(&jawort).await;

    println!("One confirmed consent (mean of {CONSENTS}; reads of the test itself are in it)\n");
    let mut dollars = REQUESTS * REQUEST_PRICE;
    for (field, price, name) in PRICES {
        let each = (amount(&after, field) - amount(&before, field)) / f64::from(CONSENTS);
        dollars += each * price;
        println!("{each:8.2}  {name:26} {:8.2} dollars a million consents", each * price);
    }
    println!("{REQUESTS:8.2}  {:26} {:8.2}", "Worker requests", REQUESTS * REQUEST_PRICE);
    println!("\n{dollars:8.2} dollars for a million confirmed consents, without the SMS");
    Ok(())
}

/// Waits until the outbox has done its work.
async fn settle() {
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
}

async fn counted(jawort: &Jawort) -> Value {
    Answer::of(jawort.get("/simulator/billed")).await.expect(200).json()
}

fn amount(counted: &Value, field: &str) -> f64 {
    counted[field].as_f64().unwrap_or(f64::NAN)
}
