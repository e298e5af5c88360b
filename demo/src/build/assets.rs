//! Files as browsers load them, in `edge/assets/`: compressed, and listed for the edge in `assets.rs`.

use std::{fmt::Write as _, fs, io::Write as _, path::PathBuf};

use anyhow::{Context, Result};
use brotli::{CompressorWriter, enc::BrotliEncoderParams};
use sha2::{Digest, Sha256};

use super::{AssetSize, gzip, hex};
use crate::edge_dir;

/// Below this an asset is also kept as it is, for the rare client that takes no compression.
const KEEP_IDENTITY: usize = 4 * 1024;

pub(super) fn dir() -> PathBuf {
    edge_dir().join("assets")
}

/// How long a browser may keep an asset without asking.
#[derive(Clone, Copy)]
pub(super) enum Cache {
    /// For ever: its path holds its hash.
    Immutable,
    /// Shortly: its path is the same in every release.
    Short,
}

/// The assets, as files and as the Rust expression that lists them. What was there stays until all are made.
#[derive(Default)]
pub(super) struct Assets {
    files: Vec<(String, Vec<u8>)>,
    list: String,
}

impl Assets {
    /// Compresses an asset and returns the path under which the edge serves it.
    pub(super) fn add(&mut self, name: &str, cache: Cache, bytes: &[u8]) -> Result<String> {
        let hash: String = hex(&Sha256::digest(bytes)).chars().take(16).collect();
        let (stem, extension) = name.rsplit_once('.').context("an asset needs an extension")?;
        let (path, immutable) = match cache {
            Cache::Immutable => (format!("/assets/{stem}.{hash}.{extension}"), true),
            Cache::Short => (format!("/{name}"), false),
        };
        let content_type = match extension {
            "js" => "text/javascript; charset=utf-8",
            "css" => "text/css; charset=utf-8",
            _ => "application/wasm",
        };
        self.files.push((format!("{name}.br"), brotli(bytes)?));
        self.files.push((format!("{name}.gz"), gzip(bytes)?));
        // The edge freezes the stylesheet of pages as text.
        let identity = if bytes.len() <= KEEP_IDENTITY || stem == "pages" {
            self.files.push((name.to_owned(), bytes.to_vec()));
            format!("Some(include_bytes!({name:?}))")
        } else {
            "None".to_owned()
        };
        if stem == "simulator" {
            writeln!(self.list, "    #[cfg(feature = \"simulator\")]")?;
        }
        writeln!(
            self.list,
            "    Asset {{ name: {name:?}, path: {path:?}, content_type: {content_type:?}, hash: {hash:?}, \
             immutable: {immutable},\n        brotli: include_bytes!(\"{name}.br\"), \
             gzip: include_bytes!(\"{name}.gz\"), identity: {identity} }},"
        )?;
        Ok(path)
    }

    /// Writes the files, in place of the last ones, and the list, which completes them.
    pub(super) fn write(self) -> Result<()> {
        if dir().exists() {
            fs::remove_dir_all(dir())?;
        }
        fs::create_dir_all(dir())?;
        for (name, bytes) in self.files {
            fs::write(dir().join(name), bytes)?;
        }
        let text = format!("// Made by `demo`; included by the edge, which declares `Asset`.\n&[\n{}]\n", self.list);
        Ok(fs::write(dir().join("assets.rs"), text)?)
    }
}

/// Bytes of each file of the widget, as last built.
pub(super) fn widget_sizes() -> Result<Vec<AssetSize>> {
    let size = |name: &'static str| {
        let bytes = |extension| fs::metadata(dir().join(format!("{name}.{extension}"))).map(|it| it.len());
        Ok(AssetSize { name, brotli: bytes("br")?, gzip: bytes("gz")? })
    };
    ["embed.js", "widget.js", "widget.wasm", "form.css"].into_iter().map(size).collect()
}

/// The stylesheets and scripts of the edge's own pages.
pub(super) fn of_pages() -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(edge_dir())? {
        let path = entry?.path();
        if path.extension().is_some_and(|it| it == "css" || it == "js") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// By brotli at its best: slow, but paid once a build.
fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let params = BrotliEncoderParams { quality: 11, lgwin: 24, size_hint: bytes.len(), ..Default::default() };
    let mut writer = CompressorWriter::with_params(Vec::new(), 4096, &params);
    writer.write_all(bytes)?;
    Ok(writer.into_inner())
}
