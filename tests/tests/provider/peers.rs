//! What comes from npm: mock servers made from contracts, and other people's signatures.

use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::OnceLock,
};

use demo::{progress::step, tools::npm_ci};
use tests::eventually;
use tokio::net::TcpStream;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folder with the peers, installed as its lock file says.
pub fn peers() -> &'static Path {
    static PEERS: OnceLock<PathBuf> = OnceLock::new();
    PEERS.get_or_init(|| {
        let folder = root().join("gateways-peer");
        step("Peers of the gateways", |step| npm_ci(step, &folder)).unwrap_or_else(|error| panic!("{error:#}"));
        folder
    })
}

/// What a script there prints.
pub fn node(script: &str, argument: &str) -> String {
    let output = Command::new("node").args([script, argument]).current_dir(peers()).output().expect("Node.js");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// A server that answers by a contract; it ends when dropped.
pub struct Prism {
    child: Child,
    pub url: String,
}

impl Prism {
    /// Answers with the contract's examples.
    pub async fn mock(contract: &str) -> Self {
        Self::start(&["mock", contract]).await
    }

    /// Answers with what `upstream` answers, if the contract allows it.
    pub async fn before(contract: &str, upstream: &str) -> Self {
        Self::start(&["proxy", contract, upstream, "--errors"]).await
    }

    async fn start(arguments: &[&str]) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port").port();
        let child = Command::new("node")
            .arg(peers().join("node_modules/@stoplight/prism-cli/dist/index.js"))
            .args(arguments)
            .args(["--host", "127.0.0.1", "--port", &port.to_string()])
            .current_dir(root().join("contracts"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("prism starts");
        let prism = Self { child, url: format!("http://127.0.0.1:{port}") };
        eventually("prism", || async { TcpStream::connect(("127.0.0.1", port)).await.ok() }).await;
        prism
    }
}

impl Drop for Prism {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
