//! The widget's files, compressed when the edge was built.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

pub struct Asset {
    /// Its name before the hash.
    pub name: &'static str,
    pub path: &'static str,
    pub content_type: &'static str,
    /// The hash of its content.
    pub hash: &'static str,
    /// Whether its path holds the hash.
    pub immutable: bool,
    /// By brotli, quality 11.
    pub brotli: &'static [u8],
    pub gzip: &'static [u8],
    /// As it is, if it is small.
    pub identity: Option<&'static [u8]>,
}

static ASSETS: &[Asset] = include!("../assets/assets.rs");

pub fn path(name: &str) -> &'static str {
    ASSETS.iter().find(|asset| asset.name == name).map_or("", |asset| asset.path)
}

/// The text of an asset that is kept as it is.
pub fn text(name: &str) -> &'static str {
    let bytes = ASSETS.iter().find(|asset| asset.name == name).and_then(|asset| asset.identity);
    bytes.and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
}

/// Serves the asset at `path`, in the best encoding that the client takes.
pub fn serve(path: &str, request: &HeaderMap) -> Response {
    let Some(asset) = ASSETS.iter().find(|asset| asset.path == path) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let etag = format!("\"{}\"", asset.hash);
    let cache = if asset.immutable {
        "public, max-age=31536000, immutable"
    } else {
        "public, max-age=300, stale-while-revalidate=86400"
    };
    let mut headers = HeaderMap::new();
    let mut set = |name, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    set(header::CONTENT_TYPE, asset.content_type);
    set(header::CACHE_CONTROL, cache);
    set(header::ETAG, &etag);
    set(header::VARY, "Accept-Encoding");
    set(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    set(header::HeaderName::from_static("cross-origin-resource-policy"), "cross-origin");
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    let text = |name| request.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if text(header::IF_NONE_MATCH) == etag {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    let accepted = text(header::ACCEPT_ENCODING);
    let takes = |encoding: &str| accepted.split(',').any(|entry| entry.trim().split(';').next() == Some(encoding));
    let (encoding, body) = match asset.identity {
        _ if takes("br") => (Some("br"), asset.brotli),
        Some(identity) if !takes("gzip") => (None, identity),
        _ => (Some("gzip"), asset.gzip),
    };
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    (headers, body).into_response()
}
