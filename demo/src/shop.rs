//! A web site on this machine: the demo's shop, or whatever page a test needs, on an origin of its own.

use std::{collections::BTreeMap, fs, net::Ipv4Addr, sync::Arc};

use anyhow::{Context, Result};
use axum::{
    Router,
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use tokio::{net::TcpListener, task::JoinHandle};

use crate::{publish::Places, root};

/// The strictest Content Security Policy under which the shop's pages work: beside their own stylesheet and icon, it
/// allows what a page that embeds the form has to allow.
pub fn content_security_policy(edge: &str) -> String {
    format!(
        "default-src 'none'; script-src {edge} 'wasm-unsafe-eval'; connect-src {edge}; form-action {edge}; \
         style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}

/// The files of a site by path.
#[derive(Clone, Debug, Default)]
pub struct Pages(BTreeMap<String, Vec<u8>>);

impl Pages {
    /// The demo's shop, `demo/shop/`.
    ///
    /// # Errors
    /// When its files can't be read.
    pub fn shop(places: &Places) -> Result<Self> {
        let mut pages = Self::default();
        for entry in fs::read_dir(root().join("demo/shop"))? {
            let entry = entry?;
            let text = fs::read_to_string(entry.path())?;
            pages = pages.with(&format!("/{}", entry.file_name().to_string_lossy()), places.fill(&text));
        }
        Ok(pages)
    }

    /// The same site with one more file; the type is told by the path's extension, and `/` is `/index.html`.
    #[must_use]
    pub fn with(mut self, path: &str, body: impl Into<Vec<u8>>) -> Self {
        self.0.insert(path.to_owned(), body.into());
        self
    }
}

/// A running site; it stops when dropped.
pub struct Site {
    port: u16,
    server: JoinHandle<()>,
}

struct Content {
    pages: Pages,
    headers: HeaderMap,
}

impl Site {
    /// Serves `pages` on 127.0.0.1, each with `headers`; port 0 takes any free one.
    ///
    /// # Errors
    /// When the port is taken or a header is none.
    pub async fn start(port: u16, pages: Pages, headers: &[(&str, &str)]) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .await
            .with_context(|| format!("Port {port} can't be used"))?;
        let headers = headers
            .iter()
            .map(|(name, value)| Ok((name.parse::<HeaderName>()?, value.parse::<HeaderValue>()?)))
            .collect::<Result<_>>()?;
        let port = listener.local_addr()?.port();
        let app = Router::new().fallback(answer).with_state(Arc::new(Content { pages, headers }));
        let server = tokio::spawn(async move {
            // It ends only by being aborted.
            axum::serve(listener, app).await.ok();
        });
        Ok(Self { port, server })
    }

    /// Its port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Its address, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn answer(State(content): State<Arc<Content>>, uri: Uri) -> Response {
    let path = if uri.path() == "/" { "/index.html" } else { uri.path() };
    let Some(body) = content.pages.0.get(path) else {
        return (StatusCode::NOT_FOUND, "There is no such page.").into_response();
    };
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let kind = if kind.type_() == mime_guess::mime::TEXT { format!("{kind}; charset=utf-8") } else { kind.to_string() };
    let mut response = (content.headers.clone(), body.clone()).into_response();
    if let Ok(kind) = kind.parse() {
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
    }
    response
}
