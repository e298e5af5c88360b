//! The configuration of a deploy: what the program needs (`edge/wrangler.toml`, which updates change) and what is the
//! owner's (`edge/deploy.toml`, which git ignores, so that no update conflicts with it), in one file for wrangler.

use std::{fs, io::ErrorKind, path::PathBuf};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use shared::deployment::{Build, Configuration, is_placeholder};

use crate::edge_dir;

/// Parts of the configuration that are the program's: another value would lose what an update brings.
const OF_THE_PROGRAM: &[&str] =
    &["main", "build", "durable_objects", "migrations", "compatibility_date", "compatibility_flags", "rules", "env"];

/// The file of a deploy that is the owner's.
pub enum File {
    /// `edge/deploy.toml`: what `npx wrangler deploy` takes.
    Own,
    /// Another one, for whoever has several deploys; `npx wrangler deploy` never takes it by itself.
    Named(PathBuf),
}

impl File {
    pub fn path(&self) -> PathBuf {
        match self {
            Self::Own => edge_dir().join("deploy.toml"),
            Self::Named(path) => path.clone(),
        }
    }

    /// The name of the configuration made of it, and how a build is told of it.
    fn written(&self) -> Result<(String, String)> {
        Ok(match self {
            Self::Own => ("wrangler.json".to_owned(), String::new()),
            Self::Named(path) => {
                let path = path.canonicalize()?;
                let stem = path.file_stem().unwrap_or_default().display().to_string();
                (format!("wrangler-{stem}.json"), format!(" --deploy-file \"{}\"", path.display()))
            }
        })
    }
}

/// All that wrangler is told of a deploy.
pub struct Deployment {
    config: Map<String, Value>,
}

impl Deployment {
    /// Reads the owner's file and the program's, and looks that nothing is missing.
    ///
    /// # Errors
    /// In sentences that say what to do.
    pub fn read(file: &File) -> Result<Self> {
        let own = &file.path();
        let shown = own.strip_prefix(crate::root()).unwrap_or(own).display().to_string();
        let text = match fs::read_to_string(own) {
            Err(error) if error.kind() == ErrorKind::NotFound => bail!(
                "There is no {shown}, which says where this deploy answers and where its data is. Copy \
                 edge/deploy.example.toml there, and fill it in"
            ),
            text => text.with_context(|| format!("{shown} can't be read"))?,
        };
        let tracked = fs::read_to_string(edge_dir().join("wrangler.toml"))?;
        Ok(Self {
            config: merge(table(&tracked)?, table(&text).with_context(|| format!("{shown} can't be read"))?, &shown)?,
        })
    }

    /// Writes what wrangler is to take, whose build then looks that it is still this. Gives the command that deploys
    /// it.
    ///
    /// # Errors
    /// When it can't be written; or wrangler, which runs this, has read another configuration before.
    pub fn write(mut self, file: &File, expected: Option<&str>) -> Result<String> {
        let fingerprint = Sha256::digest(Value::Object(self.config.clone()).to_string());
        let fingerprint: String = fingerprint.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let (out, named) = file.written()?;
        let command = format!("cargo run --package demo -- build --expect {fingerprint}{named}");
        self.config.insert("build".to_owned(), json!({ "command": command, "cwd": ".." }));
        self.config.insert("main".to_owned(), "deploy/index.js".into());
        let build = edge_dir().join("build");
        fs::create_dir_all(&build)?;
        fs::write(build.join(&out), serde_json::to_string_pretty(&self.config)?)?;
        if let File::Own = file {
            // Wrangler looks here for what a build wants it to deploy.
            let redirect = edge_dir().join(".wrangler/deploy");
            fs::create_dir_all(&redirect)?;
            fs::write(redirect.join("config.json"), json!({ "configPath": format!("../../build/{out}") }).to_string())?;
        }
        match expected {
            Some(expected) if expected != fingerprint => bail!(
                "The configuration of this deploy was written just now, and wrangler has read what was there before. \
                 Nothing was deployed: run the same command once more"
            ),
            _ => Ok(match file {
                File::Own => "npx wrangler deploy".to_owned(),
                File::Named(_) => format!("npx wrangler deploy --config build/{out}"),
            }),
        }
    }
}

fn table(toml: &str) -> Result<Map<String, Value>> {
    let table: toml::Table = toml::from_str(toml)?;
    match serde_json::to_value(table)? {
        Value::Object(table) => Ok(table),
        _ => bail!("a table is wanted"),
    }
}

/// The program's configuration with the owner's over it.
fn merge(mut config: Map<String, Value>, own: Map<String, Value>, shown: &str) -> Result<Map<String, Value>> {
    for name in OF_THE_PROGRAM {
        ensure!(!own.contains_key(*name), "Take `{name}` out of {shown}: it is the program's, and updates change it");
    }
    let vars = own.get("vars").and_then(Value::as_object).cloned().unwrap_or_default();
    let variable = |name: &str| vars.get(name).and_then(Value::as_str).map(str::to_owned);
    if let Err(troubles) = Configuration::read(variable, Build::Deploy) {
        let all: Vec<_> = troubles.into_iter().map(|trouble| trouble.detail).collect();
        bail!("{shown} is not ready for a deploy.\n{}", all.join("\n"));
    }
    if let Some(placeholder) = placeholder(&Value::Object(own.clone())) {
        bail!("{shown} still holds the placeholder `{placeholder}`. Write your own value there, or take the line out");
    }
    let bindings = |config: &Map<String, Value>| -> Vec<Value> {
        let all = config.get("kv_namespaces").and_then(Value::as_array).cloned().unwrap_or_default();
        all.iter().map(|one| one["binding"].clone()).collect()
    };
    if own.contains_key("kv_namespaces") {
        let (wanted, has) = (bindings(&config), bindings(&own));
        for binding in wanted {
            ensure!(
                has.contains(&binding),
                "{shown} lacks the KV namespace {binding}: add a [[kv_namespaces]] with its id"
            );
        }
    }
    config.extend(own);
    Ok(config)
}

/// The first text in which something is still to be filled in.
fn placeholder(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => is_placeholder(text).then_some(text.as_str()),
        Value::Array(all) => all.iter().find_map(placeholder),
        Value::Object(all) => all.values().find_map(placeholder),
        _ => None,
    }
}

/// The owner's file for the recovery sheet, if there is one.
///
/// # Errors
/// When it can't be read.
pub fn for_recovery_sheet() -> Result<Option<String>> {
    match fs::read_to_string(File::Own.path()) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        text => {
            let lines: String = text?.lines().map(|line| format!("  {line}\n")).collect();
            Ok(Some(format!(
                "\nedge/deploy.toml\n  Where the deployed edge answers, and where its data is: no secret.\n{lines}"
            )))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = r#"
        name = "jawort-blattwerk"
        kv_namespaces = [{ binding = "CONSENT", id = "1" }, { binding = "FORMS", id = "2" }]
        [vars]
        JAWORT_ORIGIN = "https://ja.example.de"
        JAWORT_JURISDICTION = "eu"
    "#;

    fn merged(own: &str) -> Result<Value, String> {
        let tracked = fs::read_to_string(edge_dir().join("wrangler.toml")).unwrap();
        let merged = merge(table(&tracked).unwrap(), table(own).unwrap(), "edge/deploy.toml");
        merged.map(Value::Object).map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_the_owners_stands_over_what_is_the_programs() {
        let config = merged(OWN).unwrap();
        assert_eq!(config["name"], "jawort-blattwerk");
        assert_eq!(config["vars"]["JAWORT_JURISDICTION"], "eu");
        assert_eq!(config["kv_namespaces"][1]["id"], "2");
        assert!(config["migrations"].as_array().unwrap().len() >= 3);
    }

    #[test]
    fn what_is_missing_or_a_placeholder_is_refused_in_a_sentence() {
        let eu = "JAWORT_JURISDICTION = \"eu\"";
        let origin = "JAWORT_ORIGIN = \"https://ja.example.de\"";
        for (own, says) in [
            (String::new(), "JAWORT_ORIGIN is missing"),
            (OWN.replace(eu, ""), "JAWORT_JURISDICTION is missing"),
            (OWN.replace(eu, "JAWORT_JURISDICTION = \"de\""), "no JAWORT_JURISDICTION `de`"),
            (OWN.replace(origin, ""), "JAWORT_ORIGIN is missing"),
            (OWN.replace("https://ja", "http://ja"), "http://ja.example.de"),
            (OWN.replace("https://ja.example.de", "https://<your host>"), "placeholder"),
            (OWN.replace("id = \"1\"", "id = \"<id of CONSENT>\""), "placeholder"),
            (OWN.replace("binding = \"FORMS\"", "binding = \"OTHER\""), "lacks the KV namespace \"FORMS\""),
            (format!("main = \"x.js\"\n{OWN}"), "Take `main` out"),
        ] {
            let error = merged(&own).unwrap_err();
            assert!(error.contains(says), "{says}: {error}");
        }
    }

    #[test]
    fn the_example_lacks_nothing_but_what_is_to_be_filled_in() {
        let example = fs::read_to_string(edge_dir().join("deploy.example.toml")).unwrap();
        assert!(merged(&example).unwrap_err().contains("placeholder"));
        let filled = example.replace("<your host>", "ja.example.de").replace("<eu or none>", "eu").replace("<id", "id");
        merged(&filled).unwrap();
    }

    #[test]
    fn the_tracked_file_alone_is_never_deployed() {
        let tracked = table(&fs::read_to_string(edge_dir().join("wrangler.toml")).unwrap()).unwrap();
        let command = tracked["build"]["command"].as_str().unwrap();
        assert!(command.ends_with("build --expect nothing"), "{command}");
        assert!(!tracked.contains_key("vars"), "what is the owner's stands in edge/deploy.toml");
    }
}
