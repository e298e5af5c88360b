//! What one confirmed consent costs on the platform, and a million; and what the nightly sweep costs for each.
//!
//! `cargo bench -p tests --bench cost`. A development build counts what the platform bills: operations on KV,
//! requests to Durable Objects (alarms included), rows of SQLite. The simulated phone's own part is counted apart
//! and taken off. Prices: Cloudflare's list for paid plans, dollars a million, without what a plan includes.

use anyhow::Result;
use reqwest::Method;
use serde_json::Value;
use tests::{Answer, DAY, Jawort, number};

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
/// People without a consent, who fill the shares of the directory.
const OTHERS: std::ops::Range<u8> = 60..100;

#[tokio::main]
async fn main() -> Result<()> {
    let jawort = Jawort::start().await;
    // The first ones also fill the isolate's caches, and make the shares of the directory.
    jawort.consent("newsletter", &number(0)).await;
    for n in OTHERS {
        jawort.reply(&number(n), "STOP").await;
    }
    settle(&jawort).await;
    let before = counted(&jawort).await;
    consents(&jawort, 1..=CONSENTS).await;
    let after = counted(&jawort).await;

    println!("One confirmed consent (mean of {CONSENTS}; reads of the test itself are in it)\n");
    let dollars = REQUESTS * REQUEST_PRICE + print(|field| amount(&after, field) - amount(&before, field));
    println!("{REQUESTS:8.2}  {:26} {:8.2}", "Worker requests", REQUESTS * REQUEST_PRICE);
    println!("\n{dollars:8.2} dollars for a million confirmed consents, without the SMS");

    let fewer = night(&jawort).await;
    consents(&jawort, CONSENTS + 1..=2 * CONSENTS).await;
    let more = night(&jawort).await;
    println!("\nA night's sweep, for each consent (by what {CONSENTS} more of them add)\n");
    let dollars = print(|field| more(field) - fewer(field));
    println!("\n{dollars:8.2} dollars for a million consents and a night");
    Ok(())
}

async fn consents(jawort: &Jawort, numbers: std::ops::RangeInclusive<u8>) {
    for n in numbers {
        jawort.consent("newsletter", &number(n)).await;
    }
    settle(jawort).await;
}

/// What a night costs: days pass, and the directory wakes as by the platform's alarms.
async fn night(jawort: &Jawort) -> impl Fn(&str) -> f64 {
    let before = counted(jawort).await;
    jawort.turn(DAY + DAY / 4).await;
    jawort.owner(Method::GET, "/v1/subjects?limit=500", None).await.expect(200);
    settle(jawort).await;
    let after = counted(jawort).await;
    move |field| amount(&after, field) - amount(&before, field)
}

/// Prints what each of the consents takes by its share of a whole; gives the dollars for a million.
fn print(whole: impl Fn(&str) -> f64) -> f64 {
    let mut dollars = 0.0;
    for (field, price, name) in PRICES {
        let each = whole(field) / f64::from(CONSENTS);
        dollars += each * price;
        println!("{each:8.2}  {name:26} {:8.2} dollars a million consents", each * price);
    }
    dollars
}

/// Waits until nothing more is billed.
async fn settle(jawort: &Jawort) {
    let mut last = counted(jawort).await;
    loop {
        tokio::time::sleep(std::time::Duration::from_secs(2)).await;
        let now = counted(jawort).await;
        if now == last {
            return;
        }
        last = now;
    }
}

async fn counted(jawort: &Jawort) -> Value {
    Answer::of(jawort.get("/simulator/billed")).await.expect(200).json()
}

fn amount(counted: &Value, field: &str) -> f64 {
    counted[field].as_f64().unwrap_or(f64::NAN)
}
