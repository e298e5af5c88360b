//! What kills at random places of the whole way lose or double. Nothing, or this ends with an error.
//!
//! `cargo bench -p tests --bench faults` kills 1,000 times; `-- --kills 50 --seed 8` so often, at the places of that
//! seed; `-- --matrix` goes through every command with every use of the platform failing, by an error and by a kill;
//! with `--act Message` only that one.

use std::{
    env,
    process::ExitCode,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use anyhow::{Context as _, Result};
use tests::faults::{
    How,
    act::Act,
    kills::random_kills,
    matrix::{Report, matrix},
    run::Wrong,
};

/// The number after a name.
fn option(name: &str) -> Result<Option<u64>> {
    let value = env::args().skip_while(|it| it != name).nth(1);
    value.map(|value| value.parse().with_context(|| format!("{name} takes a number"))).transpose()
}

#[tokio::main]
async fn main() -> Result<ExitCode> {
    let began = Instant::now();
    let report = if env::args().any(|it| it == "--matrix") {
        println!("Every command, with every use of the platform failing: by an error, and by a kill");
        let only = env::args().skip_while(|it| it != "--act").nth(1);
        let fits = |act: Act| only.as_ref().is_none_or(|only| format!("{act:?}") == *only);
        matrix(&[How::Error, How::Kill], fits).await
    } else {
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
        let seed = option("--seed")?.unwrap_or(now);
        let kills = usize::try_from(option("--kills")?.unwrap_or(1000))?;
        println!("{kills} kills, seed {seed}");
        random_kills(seed, kills).await
    };
    print(&report, began.elapsed());
    Ok(if report.findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn print(report: &Report, duration: Duration) {
    println!("\nFaults by place");
    for (place, count) in &report.places {
        println!("{count:6}  {place}");
    }
    println!("{:6}  in all, of {} runs: in the others it had not come to that place\n", report.came(), report.runs);
    let rows: [(&str, &[Wrong]); 7] = [
        ("events lost", &[Wrong::EventLost]),
        ("commands half done, or not to be repeated", &[Wrong::Half, Wrong::NotRepeatable]),
        ("SMS sent twice, or another one", &[Wrong::SmsTwice, Wrong::SmsOther]),
        ("SMS lost", &[Wrong::SmsLost]),
        ("webhooks lost, told twice, or out of order", &[Wrong::WebhookLost, Wrong::WebhookTwice, Wrong::WebhookOrder]),
        ("differences in KV after time", &[Wrong::Kv]),
        ("differences in what is stored after time", &[Wrong::Stored]),
    ];
    for (name, wrongs) in rows {
        let count: usize = wrongs.iter().map(|wrong| report.count(*wrong)).sum();
        println!("{count:6}  {name}");
    }
    println!("{:6.0}  seconds", duration.as_secs_f64());
}
