//! The demo's settings and forms, `demo/data/`, and how they reach an edge.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result, bail};
use reqwest::Client;
use serde::Deserialize;
use serde_json::Value;

use crate::root;

/// Where things run; fills `{{edge}}`, `{{edge_host}}` and `{{shop_port}}` in the demo's data and pages.
#[derive(Clone, Debug)]
pub struct Places {
    /// The edge's address, without a slash at the end.
    pub edge: String,
    pub shop_port: u16,
}

impl Places {
    pub fn fill(&self, text: &str) -> String {
        let host = self.edge.split_once("://").map_or(self.edge.as_str(), |(_, host)| host);
        text.replace("{{edge}}", &self.edge)
            .replace("{{edge_host}}", host)
            .replace("{{shop_port}}", &self.shop_port.to_string())
    }
}

/// The demo's settings, as `PUT /v1/settings` takes them.
///
/// # Errors
/// When the file is missing or no JSON.
pub fn settings(places: &Places) -> Result<Value> {
    read(data().join("settings.json"), places)
}

/// One of the demo's forms, as `PUT /v1/forms/{form}` takes it.
///
/// # Errors
/// When the file is missing or no JSON.
pub fn form(name: &str, places: &Places) -> Result<Value> {
    read(data().join("forms").join(name).with_extension("json"), places)
}

/// Publishes the demo's settings and every form.
///
/// # Errors
/// When a file can't be read, or the edge refuses it; the error holds what the edge said.
pub async fn all(places: &Places, owner_token: &str) -> Result<()> {
    put(places, owner_token, "/v1/settings", &settings(places)?).await?;
    let mut names = Vec::new();
    for entry in fs::read_dir(data().join("forms"))? {
        let path = entry?.path();
        if path.extension().is_some_and(|it| it == "json") {
            names.extend(path.file_stem().map(|it| it.to_string_lossy().into_owned()));
        }
    }
    names.sort();
    for name in names {
        put(places, owner_token, &format!("/v1/forms/{name}"), &form(&name, places)?).await?;
    }
    Ok(())
}

/// Puts JSON to a path of the edge, as its owner.
///
/// # Errors
/// When the edge can't be reached or refuses; the error holds its problem's `detail` and what it says by field.
pub async fn put(places: &Places, owner_token: &str, path: &str, body: &Value) -> Result<()> {
    let response = Client::new()
        .put(format!("{}{path}", places.edge))
        .bearer_auth(owner_token)
        .json(body)
        .send()
        .await
        .with_context(|| format!("The edge did not answer PUT {path}"))?;
    let status = response.status();
    if status.is_success() {
        return Ok(());
    }
    let text = response.text().await?;
    match serde_json::from_str::<Problem>(&text) {
        Ok(problem) => bail!("The edge refused PUT {path} ({status}): {}", problem.show()),
        Err(_) => bail!("The edge refused PUT {path} ({status}): {text}"),
    }
}

/// The part of a problem (RFC 9457) that says what to do.
#[derive(Deserialize)]
struct Problem {
    detail: String,
    #[serde(default)]
    errors: Vec<Value>,
    #[serde(default)]
    violations: Vec<Value>,
}

impl Problem {
    fn show(&self) -> String {
        let mut text = self.detail.clone();
        for line in self.errors.iter().chain(&self.violations) {
            text.push_str(&format!("\n  {line}"));
        }
        text
    }
}

fn data() -> PathBuf {
    root().join("demo/data")
}

fn read(file: PathBuf, places: &Places) -> Result<Value> {
    let text = fs::read_to_string(&file).with_context(|| format!("{} can't be read", file.display()))?;
    serde_json::from_str(&places.fill(&text)).with_context(|| format!("{} is no JSON", file.display()))
}

#[cfg(test)]
mod tests {
    use axum::{Router, routing::put as put_route};
    use serde_json::json;
    use tokio::net::TcpListener;

    use super::*;

    #[tokio::test]
    async fn a_refusal_says_why_and_where() {
        let problem = r#"{"detail":"Two purposes have one id.","errors":[{"field":"purposes[1].id"}]}"#;
        let app = Router::new().route("/v1/settings", put_route((axum::http::StatusCode::BAD_REQUEST, problem)));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let edge = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async { axum::serve(listener, app).await });
        let places = Places { edge, shop_port: 1 };
        let error = put(&places, "token", "/v1/settings", &json!({})).await.unwrap_err().to_string();
        assert!(error.contains("Two purposes have one id."), "{error}");
        assert!(error.contains("purposes[1].id"), "{error}");
    }

    #[test]
    fn placeholders_become_this_machines_places() {
        let places = Places { edge: "http://127.0.0.1:9".to_owned(), shop_port: 7 };
        let filled = places.fill("{{edge}}/x {{edge_host}} http://localhost:{{shop_port}}");
        assert_eq!(filled, "http://127.0.0.1:9/x 127.0.0.1:9 http://localhost:7");
    }
}
