//! The edge as a Worker: `edge/build/dev` and `edge/build/deploy`.

use std::{fs, path::Path, process::Command};

use anyhow::Result;

use super::{Kind, Stamp, WASM_FEATURES, gzip, target_dir};
use crate::{
    edge_dir,
    progress::Step,
    tools::{Tools, cargo},
};

/// Prints `wrangler.toml` as Miniflare's options. Wrangler takes over a second to load: once a build, not at each start.
const DESCRIBE: &str = "import { unstable_getMiniflareWorkerOptions as describe } from 'wrangler';
process.stdout.write(JSON.stringify(describe('wrangler.toml').workerOptions));";

/// The file beside a Worker that holds its bindings, as Miniflare takes them.
pub(crate) const OPTIONS: &str = "miniflare.json";

pub(super) fn build(step: &Step, tools: &Tools, kind: Kind) -> Result<()> {
    // The very build that worker-build runs, which would post-process even what did not change.
    step.run(
        cargo()
            .args(["build", "--package", "edge", "--lib", "--release", "--target", "wasm32-unknown-unknown"])
            .args(kind.features()),
    )?;
    let wasm = target_dir().join("wasm32-unknown-unknown/release/edge.wasm");
    let config = edge_dir().join("wrangler.toml");
    let stamp = Stamp::new(kind.dir().join(".stamp"), include_str!("edge.rs"), &[&wasm, &config])?;
    if stamp.is_fresh() {
        return Ok(());
    }
    step.note("packing");
    let dir = kind.dir();
    if dir.exists() {
        fs::remove_dir_all(&dir)?;
    }
    step.run(
        Command::new(&tools.worker_build)
            .current_dir(edge_dir())
            .env("WASM_BINDGEN_BIN", &tools.wasm_bindgen)
            .env("ESBUILD_BIN", &tools.esbuild)
            .args(["--release", "--no-opt", "--out-dir"])
            .arg(&dir)
            .arg("--")
            .args(kind.features()),
    )?;
    // Not by worker-build, which always keeps the names of functions: a tenth of the whole by gzip.
    let wasm = dir.join("index_bg.wasm");
    step.run(
        Command::new(&tools.wasm_opt)
            .args(WASM_FEATURES)
            // The handler that worker-build adds for aborts catches exceptions.
            .args(["--enable-exception-handling", "--gufa", "-Oz", "--low-memory-unused", "--strip-debug", "-o"])
            .args([&wasm, &wasm]),
    )?;
    let options =
        step.run(Command::new("node").current_dir(edge_dir()).env("WRANGLER_SEND_METRICS", "false").args([
            "--input-type=module",
            "--eval",
            DESCRIBE,
        ]))?;
    fs::write(dir.join(OPTIONS), options)?;
    stamp.keep()
}

/// Bytes of a Worker's modules, each by gzip.
pub(super) fn gzip_size(dir: &Path) -> Result<u64> {
    let mut size = 0;
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.extension().is_some_and(|it| it == "js" || it == "wasm") {
            size += gzip(&fs::read(path)?)?.len() as u64;
        }
    }
    Ok(size)
}
