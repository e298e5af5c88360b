//! The edge on this machine: a built Worker in workerd, by Miniflare.

use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead, BufReader, Write},
    net::TcpListener,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, anyhow, bail};
use rustix::process::{Pid, Signal, kill_process_group};
use serde::{Deserialize, Serialize};

use crate::{build::Kind, edge_dir};

const START: Duration = Duration::from_secs(30);
const STOP: Duration = Duration::from_secs(5);

/// The host whose calls the second Worker answers, where there is one.
pub const SIBLING: &str = "sibling.test";

#[derive(Clone, Debug)]
pub struct EdgeOptions {
    /// Which build runs; it must have been built.
    pub kind: Kind,
    /// Its port on 127.0.0.1; 0 takes any free one.
    pub port: u16,
    /// The folder that keeps KV and Durable Objects.
    pub state_dir: PathBuf,
    /// Variables and secrets of the Worker. `JAWORT_ORIGIN` is the edge's own address where it is not among them.
    pub vars: BTreeMap<String, String>,
    /// Variables and secrets of a second Worker on the same objects, for tests: an isolate that was started before the
    /// secrets changed. It answers calls for the host [`SIBLING`].
    pub sibling: Option<BTreeMap<String, String>>,
    /// Whether it may call the internet, to send real SMS; else it reaches this machine only.
    pub internet: bool,
}

/// A running edge; it stops when dropped.
pub struct Edge {
    url: String,
    child: Child,
    log: PathBuf,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Start<'a> {
    dir: &'a Path,
    port: u16,
    state_dir: &'a Path,
    log_file: &'a Path,
    vars: &'a BTreeMap<String, String>,
    sibling: Option<&'a BTreeMap<String, String>>,
    simulator: bool,
    internet: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Started {
    Url(String),
    Error(String),
}

impl Edge {
    /// Starts an edge and waits until it answers. Start it again on the same `state_dir` and it finds all it stored.
    ///
    /// # Errors
    /// When Node.js or the Worker can't be started; the error holds the end of the log.
    pub fn start(options: &EdgeOptions) -> Result<Self> {
        Self::start_worker(&options.kind.dir(), options)
    }

    /// As [`Edge::start`], for the Worker in another folder: a peer in a benchmark.
    ///
    /// # Errors
    /// As [`Edge::start`].
    pub fn start_worker(dir: &Path, options: &EdgeOptions) -> Result<Self> {
        fs::create_dir_all(&options.state_dir)?;
        let state_dir = options.state_dir.canonicalize()?;
        let log = state_dir.join("edge.log");
        let port = if options.port == 0 { free_port()? } else { options.port };
        let url = format!("http://127.0.0.1:{port}");
        let mut vars = options.vars.clone();
        vars.entry("JAWORT_ORIGIN".to_owned()).or_insert_with(|| url.clone());
        let sibling = options.sibling.clone().map(|mut vars| {
            vars.entry("JAWORT_ORIGIN".to_owned()).or_insert_with(|| url.clone());
            vars
        });

        let mut child = Command::new("node")
            .current_dir(edge_dir())
            .arg("serve.mjs")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::from(fs::File::options().create(true).append(true).open(&log)?))
            // Its own group, so that it ends with its workerd, and only when we say so.
            .process_group(0)
            .spawn()
            .context("Node.js can't be started")?;
        let stdout = child.stdout.take().context("no stdout")?;
        let mut edge = Self { url, child, log };

        let start = Start {
            dir,
            port,
            state_dir: &state_dir,
            log_file: &edge.log,
            vars: &vars,
            sibling: sibling.as_ref(),
            simulator: options.kind == Kind::Dev,
            internet: options.internet,
        };
        let stdin = edge.child.stdin.as_mut().context("no stdin")?;
        writeln!(stdin, "{}", serde_json::to_string(&start)?)?;

        let (send, receive) = mpsc::channel();
        thread::spawn(move || {
            let mut line = String::new();
            let read = BufReader::new(stdout).read_line(&mut line);
            send.send(read.map(|_| line)).ok();
        });
        let answer = receive.recv_timeout(START).context("The edge did not start in time")??;
        match serde_json::from_str(&answer) {
            Ok(Started::Url(url)) => {
                edge.url = url;
                Ok(edge)
            }
            Ok(Started::Error(error)) => {
                bail!("The edge can't be started: {error}\n{}", edge.log_tail())
            }
            Err(_) => bail!("The edge ended at its start.\n{}", edge.log_tail()),
        }
    }

    /// Its address, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// All that the edge has logged into this state folder.
    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Whether it has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }

    /// Ends the edge in the middle of whatever it does, as a loss of power would.
    pub fn crash(mut self) {
        self.kill();
    }

    pub fn log_tail(&self) -> String {
        let log = self.log();
        let lines: Vec<_> = log.lines().collect();
        lines.get(lines.len().saturating_sub(20)..).unwrap_or_default().join("\n")
    }

    fn kill(&mut self) {
        if let Some(group) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) {
            kill_process_group(group, Signal::KILL).ok();
        }
        self.child.wait().ok();
    }
}

impl Drop for Edge {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let deadline = Instant::now() + STOP;
        while matches!(self.child.try_wait(), Ok(None)) && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(10));
        }
        self.kill();
    }
}

/// Below the ports that systems give to outgoing connections, one of which could take it before workerd does.
fn free_port() -> Result<u16> {
    const FIRST: u16 = 20_000;
    const COUNT: u16 = 10_000;
    for _ in 0..100 {
        let random = getrandom::u32().map_err(|error| anyhow!("the system has no randomness: {error}"))?;
        let port = FIRST + u16::try_from(random % u32::from(COUNT))?;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return Ok(port);
        }
    }
    bail!("No port between {FIRST} and {} is free", FIRST + COUNT - 1)
}
