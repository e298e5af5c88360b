//! `docs/duties.md` says what the law asks and where the code answers: it names each duty once, and nothing that isn't
//! there.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// Folders that hold nothing of ours, and `tests/state`, which holds what edges stored.
const SKIPPED: [&str; 6] = [".git", ".tools", ".jawort", "target", "node_modules", "state"];
const CITING: [&str; 6] = ["rs", "js", "mjs", "css", "html", "md"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn duties() -> String {
    read(&root().join("docs/duties.md"))
}

/// A line of the table.
struct Duty<'a> {
    number: &'a str,
    today: &'a str,
    tests: &'a str,
}

fn table(text: &str) -> Vec<Duty<'_>> {
    let cells = text.lines().filter(|line| line.starts_with("| L")).map(|line| {
        let cells: Vec<_> = line.split('|').map(str::trim).collect();
        let ["", number, _, _, today, tests, ""] = cells[..] else { panic!("five cells: {line}") };
        Duty { number, today, tests }
    });
    cells.collect()
}

fn number(word: &str) -> Option<u32> {
    word.strip_prefix('L').filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()
}

/// The duties that a text names, each as a word of its own: `L8`, `(L5, L7)`.
fn cited(text: &str) -> BTreeSet<u32> {
    let parts = |c: char| c.is_whitespace() || "()[],.;:`\"'".contains(c);
    text.split(parts).filter_map(number).collect()
}

/// What stands between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// A path within the repository. What begins with a slash is an address of the edge's.
fn is_path(quoted: &str) -> bool {
    quoted.contains('/') && !quoted.starts_with('/')
}

/// Whether a file has a test of that name.
fn has_test(text: &str, name: &str) -> bool {
    let lines: Vec<_> = text.lines().map(str::trim).collect();
    let head = [format!("fn {name}("), format!("async fn {name}(")];
    let at = lines.iter().position(|line| head.iter().any(|head| line.starts_with(head)));
    let above = at.map_or(&[][..], |at| &lines[..at]).iter().rev().take_while(|line| line.starts_with(['#', '/']));
    above.into_iter().any(|line| matches!(*line, "#[test]" | "#[tokio::test]"))
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() {
            let built = path == root().join("edge/build") || path == root().join("edge/assets");
            if !SKIPPED.contains(&name) && !built {
                files(&path, found);
            }
        } else if path.extension().is_some_and(|end| CITING.iter().any(|ours| end == *ours)) {
            found.push(path);
        }
    }
}

#[test]
fn each_duty_stands_in_the_table_once() {
    let text = duties();
    let numbers: Vec<_> = table(&text).iter().map(|duty| duty.number.to_owned()).collect();
    let all: Vec<_> = (1..=34).map(|number| format!("L{number}")).collect();
    assert_eq!(numbers, all);
}

#[test]
fn every_duty_that_is_cited_anywhere_is_explained() {
    let text = duties();
    let known: BTreeSet<_> = table(&text).iter().filter_map(|duty| number(duty.number)).collect();
    let mut all = Vec::new();
    files(root(), &mut all);
    let citing: Vec<_> = all.into_iter().filter(|path| !cited(&read(path)).is_empty()).collect();
    assert!(citing.len() > 20, "the look finds what it looks for: {citing:?}");
    for path in citing {
        let unknown: Vec<_> = cited(&read(&path)).difference(&known).copied().collect();
        assert!(unknown.is_empty(), "{} cites duties that docs/duties.md doesn't have: {unknown:?}", path.display());
    }
}

#[test]
fn every_path_and_every_test_that_the_table_names_is_there() {
    let text = duties();
    let missing: Vec<_> = quoted(&text).filter(|path| is_path(path) && !root().join(path).exists()).collect();
    assert!(missing.is_empty(), "{missing:?}");
    for Duty { number, tests, .. } in table(&text) {
        let mut path = None;
        for word in quoted(tests) {
            if is_path(word) {
                path = Some(word);
                continue;
            }
            let path = path.unwrap_or_else(|| panic!("{number}: `{word}` stands before its file"));
            assert!(has_test(&read(&root().join(path)), word), "{number}: {path} has no test `{word}`");
        }
    }
}

#[test]
fn what_is_done_names_its_code_and_its_tests() {
    let text = duties();
    for Duty { number, today, tests } in table(&text) {
        let there = ["Done: ", "In part: "].iter().any(|word| today.starts_with(word));
        assert!(there || today.starts_with("Not yet: "), "{number}: {today}");
        assert_eq!(today.starts_with("In part: "), today.contains("Missing: "), "{number}: what is missing?");
        assert_eq!(there, !tests.is_empty(), "{number}: tests");
        assert!(!there || quoted(today).any(is_path), "{number}: code");
    }
}
