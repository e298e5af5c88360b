//! The browser that tests drive.

use std::{path::PathBuf, process::Command};

use anyhow::{Context, Result, bail};

use crate::progress::step;

/// A browser and the program that drives it by WebDriver.
#[derive(Clone, Debug)]
pub struct Chromium {
    /// The browser.
    pub browser: PathBuf,
    /// Its driver, of the same version.
    pub driver: PathBuf,
}

/// Finds Chromium and its driver; as root on Debian it installs what is missing.
///
/// # Errors
/// When one is missing and can't be installed; the error says which. Never skip a test for that.
pub fn ensure_chromium() -> Result<Chromium> {
    let missing = match find() {
        Ok(found) => return Ok(found),
        Err(missing) => missing,
    };
    if which::which("apt-get").is_err() || !rustix::process::geteuid().is_root() {
        bail!(
            "{missing}: the tests drive a real browser. Install Chromium and chromedriver, of the same version, into \
             the PATH; on Debian, and as root this happens by itself: apt-get install chromium chromium-driver"
        );
    }
    step("Chromium", |step| {
        let apt = |arguments: &[&str]| {
            step.run(
                Command::new("apt-get")
                    .env("DEBIAN_FRONTEND", "noninteractive")
                    // Another test may be installing it right now.
                    .args(["-q", "-o", "DPkg::Lock::Timeout=600"])
                    .args(arguments),
            )
        };
        apt(&["update"])?;
        apt(&["install", "--yes", "--no-install-recommends", "chromium", "chromium-driver"])
    })
    .context("Chromium can't be installed")?;
    find()
}

fn find() -> Result<Chromium> {
    let any = |names: &[&str]| names.iter().find_map(|name| which::which(name).ok());
    Ok(Chromium {
        browser: any(&["chromium", "chromium-browser", "google-chrome"]).context("Chromium is missing")?,
        driver: any(&["chromedriver"]).context("chromedriver is missing")?,
    })
}
