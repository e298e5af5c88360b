//! A deploy that lacks something is refused before it leaves this machine, by the build and by wrangler itself.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use demo::{edge_dir, root};

const GOOD: &str = r#"
    [vars]
    JAWORT_ORIGIN = "https://ja.example.de"
    JAWORT_JURISDICTION = "eu"
"#;

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr].concat()).into_owned()
}

fn build(file: &Path) -> Output {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(root()).args(["run", "--quiet", "--package", "demo", "--", "build", "--deploy-file"]).arg(file);
    cargo.output().expect("cargo")
}

fn dry_run(config: &str) -> Output {
    let mut wrangler = Command::new("npx");
    wrangler.current_dir(edge_dir()).args(["wrangler", "deploy", "--dry-run", "--config", config]);
    for (name, value) in [("CI", "1"), ("WRANGLER_SEND_METRICS", "false"), ("CLOUDFLARE_CF_FETCH_ENABLED", "false")] {
        wrangler.env(name, value);
    }
    wrangler.output().expect("npx")
}

#[test]
fn a_build_for_a_deploy_without_origin_or_jurisdiction_is_refused_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("deploy.toml");
    let missing = build(&file);
    assert!(
        !missing.status.success() && said(&missing).contains("Copy edge/deploy.example.toml"),
        "{}",
        said(&missing)
    );
    for (own, says) in [
        ("", "JAWORT_ORIGIN is missing"),
        ("[vars]\nJAWORT_ORIGIN = \"https://ja.example.de\"", "JAWORT_JURISDICTION is missing"),
        (&GOOD.replace("eu", "europe"), "There is no JAWORT_JURISDICTION `europe`"),
        (&GOOD.replace("https:", "http:"), "JAWORT_ORIGIN is `http://ja.example.de`"),
        (&fs::read_to_string(edge_dir().join("deploy.example.toml")).unwrap(), "placeholder"),
    ] {
        fs::write(&file, own).unwrap();
        let refused = build(&file);
        assert!(!refused.status.success() && said(&refused).contains(says), "{says}: {}", said(&refused));
    }
}

#[test]
fn wrangler_deploys_what_was_built_and_nothing_else() {
    let tracked = dry_run("wrangler.toml");
    assert!(!tracked.status.success(), "what every owner has in common is no deploy: {}", said(&tracked));

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("of-a-test.toml");
    fs::write(&file, GOOD).unwrap();
    let built = build(&file);
    assert!(built.status.success(), "{}", said(&built));
    let config = "build/wrangler-of-a-test.json";
    assert!(said(&built).contains(config), "{}", said(&built));
    let good = said(&dry_run(config));
    assert!(good.contains("--dry-run: exiting now") && good.contains("env.JAWORT_JURISDICTION (\"eu\")"), "{good}");

    for (own, says) in [
        (GOOD.replace("JAWORT_JURISDICTION = \"eu\"", ""), "JAWORT_JURISDICTION is missing"),
        (GOOD.replace("JAWORT_ORIGIN = \"https://ja.example.de\"", ""), "JAWORT_ORIGIN is missing"),
        // Wrangler has read the other one before.
        (GOOD.replace("ja.example.de", "neu.example.de"), "run the same command once more"),
    ] {
        fs::write(&file, own).unwrap();
        let refused = dry_run(config);
        assert!(!refused.status.success() && said(&refused).contains(says), "{says}: {}", said(&refused));
    }
    let again = said(&dry_run(config));
    assert!(again.contains("https://neu.example.de") && again.contains("exiting now"), "{again}");
    fs::remove_file(edge_dir().join(config)).unwrap();
}
