//! The peers that figures are held against, from npm.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Result, ensure};
use demo::{progress::step, tools::npm_ci};

/// The folder with the peers, installed as its lock file says.
pub fn peers() -> Result<PathBuf> {
    let dir = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("benches/peer");
    step("Peers", |step| npm_ci(step, &dir))?;
    Ok(dir)
}

/// Bundles and minifies with the esbuild that builds the edge.
pub fn bundle(entry: &str, out: &Path, options: &[&str]) -> Result<Vec<u8>> {
    let dir = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("benches/peer");
    let esbuild = demo::root().join("edge/node_modules/esbuild/bin/esbuild");
    run(Command::new(esbuild)
        .current_dir(&dir)
        .args([entry, "--bundle", "--minify", "--format=esm", "--log-level=error"])
        .arg(format!("--outfile={}", out.display()))
        .args(options))?;
    Ok(std::fs::read(out)?)
}

fn run(command: &mut Command) -> Result<()> {
    let output = command.output()?;
    ensure!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}
