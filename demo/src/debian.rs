//! What comes as a package of Debian: installed where we may, asked for elsewhere.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::progress::Step;

/// Installs packages as root on Debian or a relative of it.
///
/// # Errors
/// Elsewhere, with `missing` and what to do; or when apt-get fails.
pub(crate) fn install(step: &Step, missing: &str, packages: &[&str]) -> Result<()> {
    let names = packages.join(" ");
    if which::which("apt-get").is_err() || !rustix::process::geteuid().is_root() {
        bail!("{missing}. Install it; on Debian, and as root this happens by itself: apt-get install {names}");
    }
    let apt = |arguments: &[&str]| {
        step.run(
            Command::new("apt-get")
                .env("DEBIAN_FRONTEND", "noninteractive")
                // Somebody else may be installing right now.
                .args(["-q", "-o", "DPkg::Lock::Timeout=600"])
                .args(arguments),
        )
    };
    apt(&["update"])?;
    apt(&[&["install", "--yes", "--no-install-recommends"], packages].concat())
        .with_context(|| format!("{missing}, and apt-get can't install {names}"))?;
    Ok(())
}
