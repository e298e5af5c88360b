//! What comes as a package of Debian: installed where we may, asked for elsewhere.

use std::{
    fs::File,
    path::PathBuf,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::progress::Step;

/// How long another program, such as the system's own updates, may hold apt's locks.
const PATIENCE: Duration = Duration::from_secs(600);

/// Looks with `find`, and installs `packages` where it finds nothing: as root, on Debian or a relative of it.
///
/// Tests look in many threads and processes at once, and apt lets in one and turns the others away. So all of them
/// wait for one lock of this machine, and whoever comes after the first finds what it installed.
///
/// # Errors
/// Elsewhere, or where apt-get fails: one sentence with what is missing, why it is needed, and what to do.
pub(crate) fn ensure<T>(step: &Step, why: &str, packages: &[&str], find: impl Fn() -> Result<T>) -> Result<T> {
    let missing = match find() {
        Ok(found) => return Ok(found),
        Err(missing) => missing,
    };
    let names = packages.join(" ");
    if which::which("apt-get").is_err() || !rustix::process::geteuid().is_root() {
        bail!("{missing:#}: {why}. Install it; on Debian, and as root this happens by itself: apt-get install {names}");
    }
    step.note("waiting for another installation");
    let lock = File::options().create(true).append(true).open(lock_file())?;
    lock.lock()?;
    if let Ok(found) = find() {
        return Ok(found);
    }
    install(step, packages).with_context(|| format!("{missing:#}: {why}, and apt-get can't install {names}"))?;
    find().with_context(|| format!("apt-get has installed {names}, and still something is missing"))
}

/// Only root installs, so only root has to be able to write it.
fn lock_file() -> PathBuf {
    let locks = PathBuf::from("/run/lock");
    if locks.is_dir() { locks } else { std::env::temp_dir() }.join("jawort-install.lock")
}

/// Installs from the package index that is there; where that has never heard of a package, or only of a version that
/// is gone, from a new one.
fn install(step: &Step, packages: &[&str]) -> Result<()> {
    let install = [&["install", "--yes", "--no-install-recommends"], packages].concat();
    if apt(step, &install).is_err() {
        apt(step, &["update"])?;
        apt(step, &install)?;
    }
    Ok(())
}

fn apt(step: &Step, arguments: &[&str]) -> Result<()> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let patience = format!("DPkg::Lock::Timeout={}", PATIENCE.as_secs());
        let ended = step.run(
            Command::new("apt-get")
                // What it says about locks is read below.
                .env("LC_ALL", "C.UTF-8")
                .env("DEBIAN_FRONTEND", "noninteractive")
                .args(["-q", "-o", &patience])
                .args(arguments),
        );
        match ended {
            // apt waits by itself for dpkg's lock, and not for those of the index and of the downloads.
            Err(error) if Instant::now() < deadline && format!("{error:#}").contains("Could not get lock") => {
                step.note("waiting for the system's package manager");
                thread::sleep(Duration::from_secs(1));
            }
            ended => return ended.map(|_| ()),
        }
    }
}
