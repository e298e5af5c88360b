//! The widget as browsers load it: `edge/assets/`, with `assets.rs`, which the edge includes.

use std::{
    fmt::Write as _,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};
use brotli::{CompressorWriter, enc::BrotliEncoderParams};
use sha2::{Digest, Sha256};

use super::{AssetSize, Stamp, gzip, hex};
use crate::{
    edge_dir,
    progress::Step,
    root,
    tools::{Tools, cargo},
};

/// Below this an asset is also kept as it is, for the rare client that takes no compression.
const KEEP_IDENTITY: usize = 8 * 1024;

/// Syntax that esbuild may use: browsers that have what the widget needs (wasm, shadow roots) since 2020.
const BROWSERS: &str = "--target=es2020";

const WASM_OPT: &[&str] = &[
    "-Oz",
    "--enable-bulk-memory",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-reference-types",
    "--enable-multivalue",
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
];

fn dir() -> PathBuf {
    edge_dir().join("assets")
}

pub(super) fn build(step: &Step, tools: &Tools) -> Result<()> {
    step.run(cargo().args([
        "build",
        "--package",
        "widget",
        "--lib",
        "--target",
        "wasm32-unknown-unknown",
        "--profile",
        "widget",
        "--no-default-features",
        "--features",
        "hydrate",
    ]))?;
    let target = target_dir();
    let wasm = target.join("wasm32-unknown-unknown/widget/widget.wasm");
    let loader = root().join("widget/embed.js");
    let css = root().join("widget/form.css");

    let stamp = Stamp::new(
        dir().join(".stamp"),
        include_str!("widget.rs"),
        &[&wasm, &loader, &css],
    )?;
    if stamp.is_fresh() {
        return Ok(());
    }
    step.note("packing");
    let work = target.join("widget-assets");
    fs::create_dir_all(&work)?;
    if dir().exists() {
        fs::remove_dir_all(dir())?;
    }
    fs::create_dir_all(dir())?;

    step.run(
        Command::new(&tools.wasm_bindgen)
            .args([
                "--target",
                "web",
                "--no-typescript",
                "--remove-name-section",
                "--remove-producers-section",
            ])
            .args(["--out-name", "widget", "--out-dir"])
            .arg(&work)
            .arg(&wasm),
    )?;
    let small = work.join("small.wasm");
    step.run(
        Command::new(&tools.wasm_opt)
            .args(WASM_OPT)
            .arg(work.join("widget_bg.wasm"))
            .arg("-o")
            .arg(&small),
    )?;

    // Each file names the next by its hash, so they are finished from the inside out.
    let mut assets = Assets::default();
    let wasm_path = assets.add("widget.wasm", Cache::Immutable, fs::read(&small)?)?;
    let css_path = assets.add(
        "form.css",
        Cache::Immutable,
        minify(step, tools, &css, &[])?,
    )?;
    let glue = String::from_utf8(minify(
        step,
        tools,
        &work.join("widget.js"),
        &["--bundle", "--format=esm"],
    )?)?;
    ensure!(
        glue.contains("widget_bg.wasm"),
        "wasm-bindgen's glue no longer names its wasm widget_bg.wasm"
    );
    let wasm_name = wasm_path.rsplit('/').next().unwrap_or(&wasm_path);
    let glue = glue.replace("widget_bg.wasm", wasm_name).into_bytes();
    let glue_path = assets.add("widget.js", Cache::Immutable, glue)?;
    let defines = [
        ("__GLUE__", glue_path),
        ("__WASM__", wasm_path),
        ("__CSS__", css_path),
    ];
    let options: Vec<_> = defines
        .iter()
        .map(|(name, path)| format!("--define:{name}={path:?}"))
        .collect();
    let options: Vec<_> = options.iter().map(String::as_str).collect();
    let loader = minify(step, tools, &loader, &options)?;
    for (name, _) in &defines {
        ensure!(
            !String::from_utf8_lossy(&loader).contains(name),
            "widget/embed.js must use {name} as a bare name, not inside quotes"
        );
    }
    assets.add("embed.js", Cache::Short, loader)?;
    assets.write()?;
    stamp.keep()
}

/// Bytes of each file of the last build.
pub(super) fn sizes() -> Result<Vec<AssetSize>> {
    let mut sizes = Vec::new();
    for entry in fs::read_dir(dir())? {
        let path = entry?.path();
        if path.extension().is_some_and(|it| it == "br") {
            let name = path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            sizes.push(AssetSize {
                name,
                brotli: fs::metadata(&path)?.len(),
                gzip: fs::metadata(path.with_extension("gz"))?.len(),
            });
        }
    }
    sizes.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(sizes)
}

/// Cargo's target folder, which the environment may move.
pub(super) fn target_dir() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |it| root().join(it))
}

fn minify(step: &Step, tools: &Tools, file: &Path, options: &[&str]) -> Result<Vec<u8>> {
    let text = step.run(
        Command::new(&tools.esbuild)
            .args([
                "--minify",
                "--log-level=warning",
                "--legal-comments=none",
                BROWSERS,
            ])
            .args(options)
            .arg(file),
    )?;
    Ok(text.trim_end().as_bytes().to_vec())
}

/// How long a browser may keep an asset without asking.
#[derive(Clone, Copy)]
enum Cache {
    /// For ever: its name holds its hash.
    Immutable,
    /// Shortly: its name is the same in every release.
    Short,
}

/// The assets, and the Rust expression that lists them.
#[derive(Default)]
struct Assets {
    list: String,
}

impl Assets {
    /// Compresses an asset and returns the path under which the edge serves it.
    fn add(&mut self, name: &str, cache: Cache, bytes: Vec<u8>) -> Result<String> {
        let hash: String = hex(&Sha256::digest(&bytes)).chars().take(16).collect();
        let (stem, extension) = name
            .split_once('.')
            .context("an asset needs an extension")?;
        let (path, immutable) = match cache {
            Cache::Immutable => (format!("/assets/{stem}.{hash}.{extension}"), true),
            Cache::Short => (format!("/{name}"), false),
        };
        let content_type = match extension {
            "js" => "text/javascript; charset=utf-8",
            "css" => "text/css; charset=utf-8",
            _ => "application/wasm",
        };
        fs::write(dir().join(format!("{name}.br")), brotli(&bytes)?)?;
        fs::write(dir().join(format!("{name}.gz")), gzip(&bytes)?)?;
        let identity = if bytes.len() <= KEEP_IDENTITY {
            fs::write(dir().join(name), &bytes)?;
            format!("Some(include_bytes!({name:?}))")
        } else {
            "None".to_owned()
        };
        writeln!(
            self.list,
            "    Asset {{ name: {name:?}, path: {path:?}, content_type: {content_type:?}, hash: {hash:?}, \
             immutable: {immutable},\n        brotli: include_bytes!(\"{name}.br\"), \
             gzip: include_bytes!(\"{name}.gz\"), identity: {identity} }},"
        )?;
        Ok(path)
    }

    fn write(self) -> Result<()> {
        let text = format!(
            "// Made by `demo`; included by the edge, which declares `Asset`.\n&[\n{}]\n",
            self.list
        );
        Ok(fs::write(dir().join("assets.rs"), text)?)
    }
}

/// By brotli at its best: slow, but paid once a build.
fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let params = BrotliEncoderParams {
        quality: 11,
        lgwin: 24,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut writer = CompressorWriter::with_params(Vec::new(), 4096, &params);
    writer.write_all(bytes)?;
    Ok(writer.into_inner())
}
