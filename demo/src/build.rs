//! The build: the widget becomes compressed files, which the edge embeds, which becomes a Worker.

mod assets;
mod edge;
mod link;
mod widget;

use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256};

use crate::{edge_dir, progress::step, root, tools};

/// What the compiler may use by default; the optimiser has to be told.
const WASM_FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// This machine: with the simulated phone and the clock that tests turn.
    Dev,
    /// The platform: without them.
    Deploy,
}

impl Kind {
    pub fn dir(self) -> PathBuf {
        edge_dir().join("build").join(match self {
            Kind::Dev => "dev",
            Kind::Deploy => "deploy",
        })
    }

    fn features(self) -> &'static [&'static str] {
        match self {
            Kind::Dev => &["--features", "simulator"],
            Kind::Deploy => &[],
        }
    }
}

/// One file of the widget as browsers load it.
#[derive(Clone, Debug)]
pub struct AssetSize {
    /// Its name before the hash.
    pub name: &'static str,
    /// Bytes by brotli.
    pub brotli: u64,
    /// Bytes by gzip.
    pub gzip: u64,
}

#[derive(Clone, Debug)]
pub struct Built {
    /// The folder with the Worker: `index.js` and its wasm.
    pub dir: PathBuf,
    /// The files of the widget: loader, module, wasm, stylesheet.
    pub widget: Vec<AssetSize>,
    /// The whole Worker by gzip, as the platform counts it; the widget's files are in it.
    pub bundle_gzip: u64,
}

/// Builds the widget and the edge, and skips what is up to date.
///
/// # Errors
/// When a tool is missing or a step fails; the error holds what the step said.
pub fn build(kind: Kind) -> Result<Built> {
    // `cargo run` and tests may build at the same time.
    fs::create_dir_all(edge_dir().join("build"))?;
    let lock = File::create(edge_dir().join("build/.lock"))?;
    lock.lock()?;

    let packages = edge_dir().join("node_modules");
    let tools = step(&titled("Tools", &packages, "half a minute"), tools::ensure_all)?;
    let widget = titled("Widget", &assets::dir(), "a minute and a half");
    step(&widget, |step| widget::build(step, &tools))?;
    let title = match kind {
        Kind::Dev => "Edge for this machine",
        Kind::Deploy => "Edge for a deploy",
    };
    let title = titled(title, &kind.dir(), "three minutes");
    step(&title, |step| edge::build(step, &tools, kind))?;
    Ok(Built { dir: kind.dir(), widget: assets::widget_sizes()?, bundle_gzip: edge::gzip_size(&kind.dir())? })
}

/// What a step is called, and what it takes where nothing of it is `there` yet.
fn titled(title: &str, there: &Path, time: &str) -> String {
    if there.exists() { title.to_owned() } else { format!("{title}, this once about {time}") }
}

/// A fingerprint of all that a step's result depends on: skip the step where it is the one of the last run.
struct Stamp {
    file: PathBuf,
    hash: String,
}

impl Stamp {
    fn new(file: PathBuf, recipe: &str, inputs: &[&Path]) -> Result<Self> {
        let mut hash = Sha256::new();
        let lock = edge_dir().join("package-lock.json");
        for bytes in [recipe.as_bytes().to_vec(), fs::read(&lock)?].into_iter().map(Ok).chain(
            inputs.iter().map(|path| fs::read(path).with_context(|| format!("{} can't be read", path.display()))),
        ) {
            hash.update(Sha256::digest(bytes?));
        }
        Ok(Self { file, hash: hex(&hash.finalize()) })
    }

    fn is_fresh(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|it| it == self.hash)
    }

    fn keep(&self) -> Result<()> {
        Ok(fs::write(&self.file, &self.hash)?)
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// Cargo's target folder, which the environment may move.
fn target_dir() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |it| root().join(it))
}
