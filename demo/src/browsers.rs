//! The browser that tests drive.

use std::{path::PathBuf, sync::OnceLock};

use anyhow::{Context, Result};

use crate::{debian, progress::step};

/// A browser and the program that drives it by WebDriver.
#[derive(Clone, Debug)]
pub struct Chromium {
    pub browser: PathBuf,
    /// Its driver, of the same version.
    pub driver: PathBuf,
}

/// Finds Chromium and its driver; as root on Debian it installs what is missing. Whoever asks first waits for it, so
/// that every test begins with a browser.
///
/// # Errors
/// When one is missing and can't be installed; the error says which. Never skip a test for that.
pub fn ensure_chromium() -> Result<Chromium> {
    static FOUND: OnceLock<Chromium> = OnceLock::new();
    if let Some(found) = FOUND.get() {
        return Ok(found.clone());
    }
    let found = match find() {
        Ok(found) => found,
        Err(_) => step("Chromium", |step| {
            let why = "the tests drive a real browser by a driver of the same version";
            debian::ensure(step, why, &["chromium", "chromium-driver"], find)
        })?,
    };
    Ok(FOUND.get_or_init(|| found).clone())
}

fn find() -> Result<Chromium> {
    let any = |names: &[&str]| names.iter().find_map(|name| which::which(name).ok());
    Ok(Chromium {
        browser: any(&["chromium", "chromium-browser", "google-chrome"]).context("Chromium is missing")?,
        driver: any(&["chromedriver"]).context("chromedriver is missing")?,
    })
}
