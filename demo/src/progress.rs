//! Steps that a person can follow: a spinner on a terminal, plain lines elsewhere.

use std::{
    io::{BufRead, BufReader, IsTerminal, Read},
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use indicatif::{ProgressBar, ProgressStyle};

pub struct Step {
    bar: ProgressBar,
}

/// Does `work` and shows its title, what it is at, and the time it took.
pub fn step<T>(title: &str, work: impl FnOnce(&Step) -> Result<T>) -> Result<T> {
    let started = Instant::now();
    let terminal = std::io::stderr().is_terminal();
    let bar = if terminal {
        let bar = ProgressBar::new_spinner().with_prefix(title.to_owned());
        bar.set_style(ProgressStyle::with_template("{spinner:.green} {prefix} {elapsed:.dim} {wide_msg:.dim}")?);
        bar.enable_steady_tick(Duration::from_millis(100));
        bar
    } else {
        eprintln!("{title} …");
        ProgressBar::hidden()
    };
    let result = work(&Step { bar: bar.clone() });
    bar.finish_and_clear();
    let seconds = started.elapsed().as_secs_f64();
    let took = if seconds < 60.0 { format!("{seconds:.1} s") } else { format!("{:.1} min", seconds / 60.0) };
    match &result {
        Ok(_) => eprintln!("✓ {title} ({took})"),
        Err(_) => eprintln!("✗ {title} ({took})"),
    }
    result
}

impl Step {
    pub fn note(&self, text: impl Into<String>) {
        self.bar.set_message(text.into());
    }

    /// Runs a program to its end and returns what it wrote to stdout; its stderr is shown line by line as a note.
    ///
    /// # Errors
    /// When it can't be started or fails; then the error holds all that it wrote.
    pub fn run(&self, command: &mut Command) -> Result<String> {
        let name = command.get_program().to_string_lossy().into_owned();
        self.note(Path::new(&name).file_name().unwrap_or_default().to_string_lossy());
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("{name} can't be started"))?;
        let mut stdout = child.stdout.take().context("no stdout")?;
        let stderr = child.stderr.take().context("no stderr")?;
        let out = thread::spawn(move || {
            let mut text = Vec::new();
            stdout.read_to_end(&mut text).map(|_| text)
        });
        let mut err = String::new();
        for line in BufReader::new(stderr).split(b'\n') {
            let line = String::from_utf8_lossy(&line?).into_owned();
            self.note(line.trim().to_owned());
            err.push_str(&line);
            err.push('\n');
        }
        let status = child.wait()?;
        let out = out.join().map_err(|_| anyhow::anyhow!("{name}: its output was lost"))??;
        let out = String::from_utf8_lossy(&out).into_owned();
        if !status.success() {
            bail!("{name} failed ({status}).\n{err}{out}");
        }
        Ok(out)
    }
}
