//! What a visitor downloads until the form checks numbers on the device, beside two phone-input libraries.
//!
//! `cargo bench -p tests --bench bytes`. Everything by brotli, quality 11: Jawort's files as the edge serves them,
//! the form's HTML with its data compressed here; the peers minified by the same esbuild.

mod common;

use std::io::Write as _;

use anyhow::Result;
use brotli::CompressorWriter;
use demo::build::{self, Kind};
use tests::{Answer, Jawort};

/// The goal of the first issue, in bytes.
const GOAL: u64 = 60 * 1024;

#[tokio::main]
async fn main() -> Result<()> {
    let built = build::build(Kind::Dev)?;
    let jawort = Jawort::start().await;
    let form = jawort.get("/v1/forms/newsletter?lang=de").header("accept", "text/html");
    let html = Answer::of(form).await.expect(200).text();

    let needed = ["embed.js", "form.css", "widget.js", "widget.wasm"];
    let mut rows: Vec<_> = built
        .widget
        .iter()
        .filter(|asset| needed.contains(&asset.name))
        .map(|asset| (asset.name, asset.brotli))
        .collect();
    rows.push(("form, its texts and the rules of DE, AT, CH", brotli(html.as_bytes())?));
    let total: u64 = rows.iter().map(|(_, bytes)| bytes).sum();
    println!("Bytes to a form that checks numbers on the device, by brotli\n");
    for (name, bytes) in &rows {
        println!("{bytes:8}  {name}");
    }
    println!("{total:8}  Jawort, all of it ({:.0} % of the goal of {GOAL})\n", percent(total, GOAL));

    let bundles = common::peers()?.join("node_modules/.bundles");
    let input = "node_modules/intl-tel-input/dist";
    let script = common::bundle("./intl.js", &bundles.join("intl.js"), &[])?;
    let css = common::bundle(
        &format!("{input}/css/intlTelInput.css"),
        &bundles.join("intl.css"),
        &["--loader:.webp=empty", "--loader:.png=empty"],
    )?;
    let mobile = common::bundle("./libphonenumber.js", &bundles.join("libphonenumber.js"), &[])?;
    for (name, parts) in [
        ("intl-tel-input with its utils and CSS, without flags: an input, no form, no server", vec![script, css]),
        ("libphonenumber-js/mobile: a parser, no input", vec![mobile]),
    ] {
        let mut bytes = 0;
        for part in &parts {
            bytes += brotli(part)?;
        }
        println!("{bytes:8}  {name} (Jawort is {:.2} of it)", total as f64 / bytes as f64);
    }
    let edge = built.bundle_gzip;
    println!("\n{edge:8}  the edge's bundle by gzip, with the simulated phone; {} allowed", 600 * 1024);
    Ok(())
}

fn percent(part: u64, whole: u64) -> f64 {
    part as f64 * 100.0 / whole as f64
}

fn brotli(bytes: &[u8]) -> Result<u64> {
    let mut out = Vec::new();
    let mut writer = CompressorWriter::new(&mut out, 4096, 11, 24);
    writer.write_all(bytes)?;
    drop(writer);
    Ok(out.len() as u64)
}
