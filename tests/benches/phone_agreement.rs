//! Asks Google's library and the phone rules, run by both engines, about the same numbers.
//!
//! `cargo bench -p tests --bench phone_agreement [-- SEED]`. `oracle.py` makes the numbers from the
//! metadata of PyPI `phonenumbers`, of the version of the crate's metadata: a hundred for each
//! region, half of them at a border of a length or a range. It says of each spelling whether it is
//! a mobile number (type `MOBILE` or `FIXED_LINE_OR_MOBILE`), of which region, and its E.164 form.
//! Any difference in one of them fails the run. Calling codes of no country (satellites) are left
//! out: no form can list them.

use std::{
    cell::RefCell,
    collections::BTreeMap,
    fs,
    io::{BufRead, BufReader, Lines, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, ExitCode, Stdio},
};

use anyhow::{Context, Result, bail, ensure};
use shared::phone::{Country, NumberError, PatternEngine, RegexLite, Start, all_rules, parse, rules_of};

const NUMBERS_OF_A_REGION: &str = "100";
const DEFAULT_SEED: &str = "20261124";
const DIFFERENCES_SHOWN: usize = 20;

fn main() -> Result<ExitCode> {
    let seed = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let seed = seed.as_deref().unwrap_or(DEFAULT_SEED);
    let version = metadata_version()?;
    let python = python_with_phonenumbers(&version)?;
    let oracle = Command::new(python).arg(benches().join("oracle.py")).args([seed, NUMBERS_OF_A_REGION]).output()?;
    ensure!(oracle.status.success(), "{}", String::from_utf8_lossy(&oracle.stderr));
    let oracle = String::from_utf8(oracle.stdout)?;
    let cases = oracle.lines().map(Case::read).collect::<Result<Vec<_>>>()?;
    let numbers =
        |origin: fn(&str) -> bool| cases.iter().filter(|case| case.spelling == "abroad" && origin(case.origin)).count();
    println!(
        "{} numbers, {} of them at a border, in {} spellings; seed {seed}",
        numbers(|_| true),
        numbers(|origin| origin != "inside"),
        cases.len()
    );
    println!("oracle: PyPI phonenumbers {version}; rules: crate phonenumber, metadata {version}\n");

    let browser = Browser::start()?;
    let mut differences = Vec::new();
    let mut table: BTreeMap<_, Row> = BTreeMap::new();
    for case in &cases {
        let row = table.entry((case.spelling, case.origin)).or_default();
        row.texts += 1;
        row.mobile += usize::from(case.mobile.is_some());
        let lite = case.ask(&RegexLite);
        let regexp = case.ask(&browser);
        if lite != regexp {
            row.engines += 1;
        }
        for (engine, answer, count) in [("regex-lite", lite, &mut row.lite), ("RegExp", regexp, &mut row.regexp)] {
            if answer.as_ref().ok() != case.mobile.as_ref() {
                *count += 1;
                differences
                    .push(format!("{engine}: {} in {}: {answer:?}, Google: {:?}", case.text, case.region, case.mobile));
            }
        }
    }
    println!("spelling  origin   texts  mobile | differences: regex-lite  RegExp  between both");
    for ((spelling, origin), row) in &table {
        println!(
            "{spelling:9} {origin:7} {:6} {:7} | {:23} {:7} {:13}",
            row.texts, row.mobile, row.lite, row.regexp, row.engines
        );
    }
    for difference in differences.iter().take(DIFFERENCES_SHOWN) {
        println!("{difference}");
    }
    println!("\n{} differences\n", differences.len());
    print_sizes()?;
    let agreed = differences.is_empty() && table.values().all(|row| row.engines == 0);
    Ok(if agreed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

#[derive(Default)]
struct Row {
    texts: usize,
    mobile: usize,
    lite: usize,
    regexp: usize,
    engines: usize,
}

/// A text, and what Google's library says of it.
struct Case<'a> {
    origin: &'a str,
    spelling: &'a str,
    region: Country,
    text: &'a str,
    /// Its E.164 form and country.
    mobile: Option<(String, Country)>,
}

impl<'a> Case<'a> {
    fn read(line: &'a str) -> Result<Self> {
        let [origin, spelling, region, text, e164, country] = line.split('\t').collect::<Vec<_>>()[..] else {
            bail!("the oracle printed {line:?}");
        };
        let mobile = match e164 {
            "" => None,
            e164 => Some((e164.to_owned(), country.parse()?)),
        };
        Ok(Self { origin, spelling, region: region.parse()?, text, mobile })
    }

    fn ask(&self, engine: &impl PatternEngine) -> Result<(String, Country), NumberError> {
        let number = parse(self.text, self.region, all_rules(), engine)?;
        Ok((number.e164().to_owned(), number.country()))
    }
}

/// V8's `RegExp`, in a Node.js process.
struct Browser {
    process: Child,
    pipes: RefCell<(ChildStdin, Lines<BufReader<ChildStdout>>)>,
}

impl Browser {
    fn start() -> Result<Self> {
        let mut process = Command::new("node")
            .arg(benches().join("engine.mjs"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("Node.js runs the browser's RegExp: install it")?;
        let input = process.stdin.take().context("stdin is piped")?;
        let output = process.stdout.take().context("stdout is piped")?;
        Ok(Self { process, pipes: RefCell::new((input, BufReader::new(output).lines())) })
    }

    fn ask(&self, pattern: &str, text: &str) -> Result<Option<(usize, Option<String>)>> {
        let (input, output) = &mut *self.pipes.borrow_mut();
        let question = serde_json::to_string(&(pattern, text))? + "\n";
        input.write_all(question.as_bytes())?;
        Ok(serde_json::from_str(&output.next().context("Node.js ended")??)?)
    }
}

impl PatternEngine for Browser {
    fn match_start(&self, pattern: &str, text: &str) -> Option<Start> {
        let answer = self.ask(pattern, text).expect("Node.js answers");
        answer.map(|(length, group)| Start { length, group })
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What the rules cost a form's visitor, and all of them together.
fn print_sizes() -> Result<()> {
    let union = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE";
    let all: Vec<_> = all_rules().iter().map(|rules| rules.country.to_string()).collect();
    println!("phone_rules          JSON, bytes  brotli 11, bytes");
    for (name, countries) in [("DE AT CH", "DE AT CH"), ("European Union", union), ("all", &all.join(" "))] {
        let countries = countries.split(' ').map(str::parse).collect::<Result<Vec<_>, _>>()?;
        let json = serde_json::to_vec(&rules_of(&countries))?;
        let mut packed = Vec::new();
        let parameters = brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() };
        brotli::BrotliCompress(&mut json.as_slice(), &mut packed, &parameters)?;
        println!("{:3} {name:16} {:11} {:17}", countries.len(), json.len(), packed.len());
    }
    Ok(())
}

/// The version of Google's metadata in crate `phonenumber`, which its own version ends in.
fn metadata_version() -> Result<String> {
    let lock = fs::read_to_string(root().join("Cargo.lock"))?;
    let version = lock
        .split("[[package]]")
        .find_map(|package| package.split_once("name = \"phonenumber\"\nversion = \"")?.1.split('"').next());
    let version = version.context("Cargo.lock names crate phonenumber")?;
    let (_, metadata) = version.split_once('+').context("phonenumber's version ends in its metadata's")?;
    Ok(metadata.to_owned())
}

/// A Python that has Google's library in that very version.
fn python_with_phonenumbers(version: &str) -> Result<PathBuf> {
    let venv = root().join(".tools/py");
    let python = venv.join("bin/python");
    let run = |command: &mut Command, what: &str| -> Result<()> {
        let output = command.output().with_context(|| what.to_owned())?;
        ensure!(output.status.success(), "{what}: {}", String::from_utf8_lossy(&output.stderr));
        Ok(())
    };
    if !python.exists() {
        let make = "Python 3.11 or newer, with venv, runs Google's library: install it";
        run(Command::new("python3").args(["-m", "venv"]).arg(&venv), make)?;
    }
    let package = format!("phonenumbers=={version}");
    let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", &package];
    run(Command::new(&python).args(install), "pip installs Google's library")?;
    Ok(python)
}

fn benches() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("benches")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
