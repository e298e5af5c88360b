//! The tools that a build needs, each of a pinned version and from a package registry.
//!
//! `Cargo.lock` pins wasm-bindgen, which is a library of ours, `edge/package-lock.json` the rest.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{edge_dir, progress::Step, root};

const TARGET: &str = "wasm32-unknown-unknown";
const NODE_MAJOR: u32 = 20;

#[derive(Clone, Debug)]
pub struct Tools {
    /// Makes wasm smaller (binaryen).
    pub wasm_opt: PathBuf,
    /// Bundles and minifies JavaScript and CSS.
    pub esbuild: PathBuf,
}

/// Finds every tool, and installs what is missing.
///
/// # Errors
/// When something is missing that can't be installed from here; the error says what to do.
pub fn ensure_all(step: &Step) -> Result<Tools> {
    wasm_target(step)?;
    npm_ci(step, &edge_dir())?;
    let bin = edge_dir().join("node_modules/.bin");
    Ok(Tools { wasm_opt: bin.join("wasm-opt"), esbuild: bin.join("esbuild") })
}

/// `cargo`, the one that runs us where there is one.
pub fn cargo() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root());
    cargo
}

fn wasm_target(step: &Step) -> Result<()> {
    let libraries = step
        .run(Command::new("rustc").current_dir(root()).args(["--print", "target-libdir", "--target", TARGET]))
        .context("Jawort is built with Rust: install it with rustup")?;
    if Path::new(libraries.trim()).exists() {
        return Ok(());
    }
    which::which("rustup").with_context(|| {
        format!("This Rust has no target {TARGET}, and there is no rustup to add it: install Rust with rustup")
    })?;
    step.run(Command::new("rustup").current_dir(root()).args(["target", "add", TARGET]))
        .with_context(|| format!("Rust's target {TARGET} can't be added"))?;
    Ok(())
}

/// Installs the npm packages of a folder as its lock file says, once. No package needs its install script: binaries
/// come as packages of their own.
///
/// # Errors
/// When Node.js or npm is missing or too old, or npm fails.
pub fn npm_ci(step: &Step, folder: &Path) -> Result<()> {
    node()?;
    let lock_file = folder.join("package-lock.json");
    let wanted = fs::read(&lock_file).with_context(|| format!("{} can't be read", lock_file.display()))?;
    // Tests in several processes may want the same packages.
    let only = File::open(&lock_file)?;
    only.lock()?;
    let installed = folder.join("node_modules/.installed-lock.json");
    if fs::read(&installed).is_ok_and(|it| it == wanted) {
        return Ok(());
    }
    step.run(Command::new("npm").current_dir(folder).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))
        .with_context(|| format!("The npm packages of {} can't be installed", folder.display()))?;
    fs::write(installed, wanted)?;
    Ok(())
}

fn node() -> Result<()> {
    let version = Command::new("node").arg("--version").output();
    let major = version
        .ok()
        .and_then(|it| String::from_utf8_lossy(&it.stdout).trim().strip_prefix('v')?.split('.').next()?.parse().ok());
    match major {
        None => bail!("Node.js is missing, which runs the edge on this machine: install Node.js {NODE_MAJOR} or newer"),
        Some(major @ 0..NODE_MAJOR) => {
            bail!("Node.js {major} is too old: install Node.js {NODE_MAJOR} or newer")
        }
        Some(_) => {}
    }
    which::which("npm").context("npm is missing: install it, it usually comes with Node.js")?;
    Ok(())
}
