//! What fuzzing has found and kept, tried once more: so that it stays mended, and the targets stay true.

use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
};

use parsers::TARGETS;

fn kept() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../fuzz"))
}

#[test]
fn what_was_kept_still_holds() {
    for (name, target) in TARGETS {
        let files = fs::read_dir(kept().join("corpus").join(name)).unwrap_or_else(|why| panic!("{name}: {why}"));
        let mut tried = 0;
        for file in files {
            let path = file.expect("a file").path();
            let data = fs::read(&path).expect("a file");
            let holds = catch_unwind(AssertUnwindSafe(|| target(&data)));
            assert!(holds.is_ok(), "{name} panics with {}", path.display());
            tried += 1;
        }
        assert!(tried > 0, "nothing is kept of {name}");
    }
}

#[test]
fn each_parser_has_its_program() {
    let manifest = fs::read_to_string(kept().join("Cargo.toml")).expect("a manifest");
    for (name, _) in TARGETS {
        let program = fs::read_to_string(kept().join(format!("fuzz_targets/{name}.rs"))).unwrap_or_default();
        assert!(program.contains(&format!("parsers::run(\"{name}\", data)")), "{name}");
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
    }
    let folders = fs::read_dir(kept().join("corpus")).expect("a folder").count();
    assert_eq!(folders, TARGETS.len(), "a corpus of nothing");
}
