//! `cargo run`: Jawort on this machine, with a shop that embeds the form and a simulated phone.

use std::{
    env,
    fs::{self, File},
    net::TcpListener,
    path::PathBuf,
    process::ExitCode,
    time::Duration,
};

use anyhow::{Context, Result, anyhow, bail, ensure};
use clap::{Args, Parser, Subcommand};
use demo::{
    build::{self, Kind},
    deploy::{self, Deployment},
    progress::step,
    publish::{self, Places},
    root,
    secrets::{KeyUse, Rotated, Secrets},
    serve::{Edge, EdgeOptions},
    shop::{self, Pages, Site},
};
use serde::Deserialize;
use tokio::signal::unix::{SignalKind, signal};

/// Runs Jawort on this machine: the edge, a shop page that embeds the form, and a simulated phone.
///
/// The first run compiles everything, installs npm packages into edge/node_modules/ and takes several minutes; later
/// ones start within seconds. All that is stored stays in .jawort/ between runs. Ctrl-C ends it.
#[derive(Parser)]
#[command(bin_name = "cargo run --", version, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(flatten)]
    run: Run,
    #[command(subcommand)]
    command: Option<Task>,
}

#[derive(Args)]
struct Run {
    /// Empty what earlier runs stored: consents, forms, SMS (the secrets stay)
    #[arg(long)]
    fresh: bool,
    /// Port of the edge on 127.0.0.1
    #[arg(long, default_value_t = 8787)]
    port: u16,
    /// Port of the shop on 127.0.0.1
    #[arg(long, default_value_t = 8080)]
    shop_port: u16,
    /// Let the edge reach the internet, so that gateways of the settings send real SMS
    #[arg(long)]
    internet: bool,
}

#[derive(Subcommand)]
enum Task {
    /// Build the edge for a deploy (no simulated phone), write what `npx wrangler deploy` takes, and print the sizes
    Build {
        /// The owner's part of the configuration [default: edge/deploy.toml]
        #[arg(long)]
        deploy_file: Option<PathBuf>,
        /// The configuration that wrangler has read, when it is wrangler who runs this
        #[arg(long, hide = true)]
        expect: Option<String>,
    },
    /// Print the secrets as a sheet to lock away, with how to restore them
    RecoverySheet,
    /// Add a new generation to a secret; older ones stay readable. Index: twice, first known, then in use
    Rotate {
        /// Which secret
        secret: KeyUse,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    match execute(cli).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("Error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn execute(cli: Cli) -> Result<()> {
    match cli.command {
        None => run(cli.run).await,
        Some(Task::Build { deploy_file, expect }) => {
            let file = deploy_file.map_or(deploy::File::Own, deploy::File::Named);
            print_build(&file, expect.as_deref())
        }
        Some(Task::RecoverySheet) => {
            print!("{}", Secrets::load_or_generate(&secrets_file())?.recovery_sheet());
            print!("{}", deploy::for_recovery_sheet()?.unwrap_or_default());
            Ok(())
        }
        Some(Task::Rotate { secret }) => {
            let mut secrets = Secrets::load_or_generate(&secrets_file())?;
            let rotated = secrets.rotate(secret)?;
            secrets.save(&secrets_file())?;
            let name = secret.variable();
            match rotated {
                Rotated::InUse(generation) => println!("{name} has generation {generation} now, and uses it."),
                Rotated::Known(generation) => println!(
                    "{name} knows generation {generation} now, and does not use it yet. Give the edge this value, wait \
                     some minutes until it is everywhere, and run `cargo run -- rotate index` again."
                ),
            }
            println!("Print a new recovery sheet.");
            Ok(())
        }
    }
}

async fn run(options: Run) -> Result<()> {
    ensure!(options.port != options.shop_port, "The edge and the shop need two ports, not one");
    must_be_free(options.port, "--port")?;
    must_be_free(options.shop_port, "--shop-port")?;
    let _only = be_the_only_run()?;
    build::build(Kind::Dev)?;

    let state_dir = root().join(".jawort/state");
    if options.fresh && state_dir.exists() {
        fs::remove_dir_all(&state_dir).context("The stored state can't be emptied")?;
    }
    let secrets = Secrets::load_or_generate(&secrets_file())?;
    let mut vars = secrets.vars();
    // The secrets of gateways and webhooks.
    vars.extend(env::vars().filter(|(name, _)| name.starts_with("JAWORT_")));
    let edge =
        EdgeOptions { kind: Kind::Dev, port: options.port, state_dir, vars, sibling: None, internet: options.internet };
    let mut edge = step("Start", |_| Edge::start(&edge))?;
    let places = Places { edge: edge.url().to_owned(), shop_port: options.shop_port };
    publish::all(&places, secrets.owner_token())
        .await
        .context("What earlier runs stored may not fit the demo's data any more: then --fresh helps")?;
    let policy = shop::content_security_policy(&places.edge);
    let shop = Site::start(options.shop_port, Pages::shop(&places)?, &[("content-security-policy", &policy)]).await?;

    println!("Shop:         {}/", shop.url());
    println!("Hosted form:  {}/f/newsletter", edge.url());
    println!("Phone:        {}/simulator", edge.url());
    println!("Owner token:  {}", secrets.owner_token());
    for secret in missing_secrets(edge.url()).await? {
        eprintln!("Missing:      {secret}: set it in the environment, and start again");
    }
    eprintln!("Ctrl-C ends it.");

    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    loop {
        tokio::select! {
            _ = interrupt.recv() => return Ok(()),
            _ = terminate.recv() => return Ok(()),
            () = tokio::time::sleep(Duration::from_secs(1)) => {
                if edge.has_ended() {
                    bail!("The edge has ended by itself.\n{}", edge.log_tail());
                }
            }
        }
    }
}

/// What the gateways and webhooks of the settings can't work without.
async fn missing_secrets(edge: &str) -> Result<Vec<String>> {
    #[derive(Deserialize)]
    struct Health {
        missing_secrets: Vec<String>,
    }
    Ok(reqwest::get(format!("{edge}/healthz")).await?.json::<Health>().await?.missing_secrets)
}

fn must_be_free(port: u16, option: &str) -> Result<()> {
    TcpListener::bind(("127.0.0.1", port)).map(drop).with_context(|| {
        format!("Port {port} can't be used: end the program that holds it, or choose another port with {option}")
    })
}

/// Two edges on one state would each overwrite what the other stored.
fn be_the_only_run() -> Result<File> {
    fs::create_dir_all(root().join(".jawort"))?;
    let lock = File::create(root().join(".jawort/lock"))?;
    lock.try_lock().map_err(|_| anyhow!("Another `cargo run` is up and uses the state in .jawort/: end it first"))?;
    Ok(lock)
}

fn secrets_file() -> PathBuf {
    root().join(".jawort/secrets.json")
}

fn print_build(file: &deploy::File, expected: Option<&str>) -> Result<()> {
    let deployment = Deployment::read(file)?;
    let built = build::build(Kind::Deploy)?;
    println!("{:<14}{:>10}{:>10}", "widget", "brotli", "gzip");
    for file in &built.widget {
        println!("{:<14}{:>10}{:>10}", file.name, file.brotli, file.gzip);
    }
    let brotli: u64 = built.widget.iter().map(|file| file.brotli).sum();
    let gzip: u64 = built.widget.iter().map(|file| file.gzip).sum();
    println!("{:<14}{brotli:>10}{gzip:>10}", "together");
    println!("\nedge, gzip: {} bytes in {}", built.bundle_gzip, built.dir.display());
    println!("In edge/: {}", deployment.write(file, expected)?);
    Ok(())
}
