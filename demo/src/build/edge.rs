//! The edge as a Worker: `edge/build/dev` and `edge/build/deploy`.

use std::{fs, path::Path, process::Command};

use anyhow::Result;
use serde::Deserialize;

use super::{
    Kind, Stamp, WASM_FEATURES, gzip,
    link::{self, Loader},
    target_dir,
};
use crate::{
    edge_dir,
    progress::Step,
    tools::{Tools, cargo},
};

/// Prints `wrangler.toml` as Miniflare's options. Wrangler takes over a second to load: once a build, not at each
/// start.
const DESCRIBE: &str = "import { unstable_getMiniflareWorkerOptions as describe } from 'wrangler';
process.stdout.write(JSON.stringify(describe('wrangler.toml').workerOptions));";

/// The file beside a Worker that holds its bindings, as Miniflare takes them.
pub(crate) const OPTIONS: &str = "miniflare.json";

pub(super) fn build(step: &Step, tools: &Tools, kind: Kind) -> Result<()> {
    step.run(
        cargo()
            .args(["build", "--package", "edge", "--lib", "--release", "--target", "wasm32-unknown-unknown"])
            .args(kind.features()),
    )?;
    let wasm = target_dir().join("wasm32-unknown-unknown/release/edge.wasm");
    let config = edge_dir().join("wrangler.toml");
    let worker = edge_dir().join("worker.js");
    let recipe = concat!(include_str!("edge.rs"), include_str!("link.rs"));
    let stamp = Stamp::new(kind.dir().join(".stamp"), recipe, &[&wasm, &worker, &config])?;
    if stamp.is_fresh() {
        return Ok(());
    }
    step.note("packing");
    let dir = kind.dir();
    if dir.exists() {
        fs::remove_dir_all(&dir)?;
    }
    pack(step, tools, &wasm, &worker, kind)?;
    if kind == Kind::Deploy {
        let wasm = dir.join(WASM_NAME);
        step.run(
            Command::new(&tools.wasm_opt)
                .args(WASM_FEATURES)
                // The handler that wasm-bindgen adds for aborts catches exceptions.
                .args(["--enable-exception-handling", "--gufa", "-Oz", "--low-memory-unused", "--strip-debug", "-o"])
                .args([&wasm, &wasm]),
        )?;
    }
    let options =
        step.run(Command::new("node").current_dir(edge_dir()).env("WRANGLER_SEND_METRICS", "false").args([
            "--input-type=module",
            "--eval",
            DESCRIBE,
        ]))?;
    fs::write(dir.join(OPTIONS), options)?;
    stamp.keep()
}

/// What wasm-bindgen names the wasm of an output named `edge`.
const WASM_NAME: &str = "edge_bg.wasm";

/// Makes one module of the wasm's glue, its snippets and what stands in front of them, beside the wasm.
fn pack(step: &Step, tools: &Tools, wasm: &Path, worker: &Path, kind: Kind) -> Result<()> {
    let dir = kind.dir();
    let work = dir.join("parts");
    fs::create_dir_all(&work)?;
    link::link(wasm, "edge", &work, Loader::Worker)?;
    fs::rename(work.join(WASM_NAME), dir.join(WASM_NAME))?;
    // The platform and esbuild know wasm as a module, and not yet by its phase.
    let glue = work.join("edge.js");
    fs::write(&glue, fs::read_to_string(&glue)?.replace("import source ", "import "))?;
    let entry = work.join("worker.js");
    fs::write(&entry, fs::read_to_string(worker)? + &objects(kind)?)?;
    step.run(
        Command::new(&tools.esbuild)
            .current_dir(&dir)
            .args(["--bundle", "--format=esm", "--minify", "--log-level=warning"])
            .arg(format!("--external:./{WASM_NAME}"))
            .args(["--external:cloudflare:*", "--outfile=index.js"])
            .arg(&entry),
    )?;
    fs::remove_dir_all(&work)?;
    Ok(())
}

/// The classes of objects that the configuration binds, as exports of the module.
fn objects(kind: Kind) -> Result<String> {
    #[derive(Deserialize)]
    struct Configuration {
        durable_objects: DurableObjects,
    }
    #[derive(Deserialize)]
    struct DurableObjects {
        bindings: Vec<Binding>,
    }
    #[derive(Deserialize)]
    struct Binding {
        class_name: String,
    }
    let configuration: Configuration = toml::from_str(&fs::read_to_string(edge_dir().join("wrangler.toml"))?)?;
    let bound = configuration.durable_objects.bindings.into_iter().map(|binding| binding.class_name);
    let simulated = (kind == Kind::Dev).then(|| "Phone".to_owned());
    let exports = bound.chain(simulated).map(|name| format!("export const {name} = objectOf(wasm.{name});\n"));
    Ok(exports.collect())
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
