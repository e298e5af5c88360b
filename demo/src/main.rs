//! `cargo run`: Jawort on this machine.

use anyhow::Result;
use clap::{Parser, Subcommand};
use demo::build::{self, Kind};

#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Build the edge for the platform and print its sizes
    Build,
}

fn main() -> Result<()> {
    let cli = Cli::parse();
    let kind = if cli.command.is_some() {
        Kind::Deploy
    } else {
        Kind::Dev
    };
    println!("{:#?}", build::build(kind)?);
    Ok(())
}
