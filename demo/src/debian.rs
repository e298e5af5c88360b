//! What comes as a package of Debian: installed where we may, asked for elsewhere.

use std::{
    fs::File,
    path::{Path, PathBuf},
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
/// # Errors
/// Elsewhere, or where apt-get fails: what is missing, why it is needed, and what to do.
pub(crate) fn ensure<T>(step: &Step, why: &str, packages: &[&str], find: impl Fn() -> Result<T>) -> Result<T> {
    let missing = match find() {
        Ok(found) => return Ok(found),
        Err(missing) => missing,
    };
    let names = packages.join(" ");
    if which::which("apt-get").is_err() || !rustix::process::geteuid().is_root() {
        bail!(
            "{missing:#}, and {why}: install it, on Debian by `apt-get install {names}` (as root this happens by itself)"
        );
    }
    one_at_a_time(step, &lock_file(), &find, || install(step, packages))
        .with_context(|| format!("{missing:#}, {why}, and apt-get can't install {names}"))
}

/// Tests look for the same thing in many threads and processes at once, and apt lets in one and turns the others away.
/// So all wait for one lock of this machine, and whoever comes after the first finds what that one has installed.
fn one_at_a_time<T>(
    step: &Step,
    lock: &Path,
    find: impl Fn() -> Result<T>,
    install: impl FnOnce() -> Result<()>,
) -> Result<T> {
    let lock = File::options().create(true).append(true).open(lock)?;
    step.note("waiting for another installation");
    lock.lock()?;
    if let Ok(found) = find() {
        return Ok(found);
    }
    install()?;
    find()
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

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn of_many_that_miss_something_one_installs_it_and_the_others_find_it() {
        let folder = std::env::temp_dir().join(format!("jawort-install-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let (there, lock) = (folder.join("there"), folder.join("lock"));
        let (at_once, installed) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let find = || if there.exists() { Ok(()) } else { bail!("it is missing") };
        let install = || {
            assert_eq!(at_once.fetch_add(1, Ordering::SeqCst), 0, "two at once");
            thread::sleep(Duration::from_millis(50));
            std::fs::write(&there, "")?;
            at_once.fetch_sub(1, Ordering::SeqCst);
            installed.fetch_add(1, Ordering::SeqCst);
            Ok(())
        };
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    crate::progress::step("Test", |step| one_at_a_time(step, &lock, find, install)).unwrap();
                });
            }
        });
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(installed.load(Ordering::SeqCst), 1);
    }
}
