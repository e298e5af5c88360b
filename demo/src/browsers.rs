//! The browser that tests drive.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::{debian, progress::step};

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
    let missing = format!("{missing:#}: the tests drive a real browser, by a driver of the same version");
    step("Chromium", |step| debian::install(step, &missing, &["chromium", "chromium-driver"]))?;
    find()
}

fn find() -> Result<Chromium> {
    let any = |names: &[&str]| names.iter().find_map(|name| which::which(name).ok());
    Ok(Chromium {
        browser: any(&["chromium", "chromium-browser", "google-chrome"]).context("Chromium is missing")?,
        driver: any(&["chromedriver"]).context("chromedriver is missing")?,
    })
}
