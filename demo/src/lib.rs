//! Everything that runs Jawort from outside: the tools it needs, its build, the edge on this machine, the shop page
//! and the browser for tests. `cargo run`, a deploy and the tests all call the same steps.

pub mod browsers;
pub mod build;
mod debian;
pub mod deploy;
pub mod progress;
pub mod publish;
pub mod secrets;
pub mod serve;
pub mod shop;
pub mod tools;

use std::path::{Path, PathBuf};

/// The folder of the workspace. The demo is always run from its own sources, so the path known at compile time holds.
pub fn root() -> &'static Path {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR"));
    demo.parent().unwrap_or(demo)
}

/// The folder of the edge: its npm packages, its assets and its builds.
pub fn edge_dir() -> PathBuf {
    root().join("edge")
}
