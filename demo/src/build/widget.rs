//! The widget, and the stylesheets and scripts of the edge's pages, as browsers load them.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use super::{
    Stamp, WASM_FEATURES,
    assets::{self, Assets, Cache},
    link::{self, Loader},
    target_dir,
};
use crate::{
    progress::Step,
    root,
    tools::{Tools, cargo},
};

/// Syntax that esbuild may use: whoever has what the widget needs (wasm, shadow roots, modules) has it since 2020.
const BROWSERS: &str = "--target=es2020";

/// Smallest by brotli among the levels and passes that were tried in November 2026.
///
/// Low memory is unused: Rust puts the stack there and lets it grow down, so its last KiB is near overflow anyway.
const WASM_OPT: &[&str] = &["--low-memory-unused", "--flatten", "--rereloop", "-Oz", "-Oz"];

pub(super) fn build(step: &Step, tools: &Tools) -> Result<()> {
    let wasm = compile(step)?;
    let loader = root().join("widget/embed.js");
    let css = root().join("widget/form.css");
    let pages = assets::of_pages()?;

    let inputs: Vec<&Path> = [&wasm, &loader, &css].into_iter().chain(&pages).map(PathBuf::as_path).collect();
    let recipe = concat!(include_str!("widget.rs"), include_str!("assets.rs"));
    let stamp = Stamp::new(assets::dir().join(".stamp"), recipe, &inputs)?;
    if stamp.is_fresh() {
        return Ok(());
    }
    step.note("packing");
    let mut assets = Assets::default();

    // Each file names the next by its hash, so they are finished from the inside out.
    let (glue, wasm) = link(step, tools, &wasm)?;
    let wasm_path = assets.add("widget.wasm", Cache::Immutable, &wasm)?;
    let wasm_name = wasm_path.rsplit('/').next().context("a path has a name")?;
    ensure!(glue.contains(WASM_NAME), "wasm-bindgen's glue no longer names its wasm {WASM_NAME}");
    let glue = glue.replace(WASM_NAME, wasm_name);
    let glue_path = assets.add("widget.js", Cache::Immutable, glue.as_bytes())?;
    let css_path = assets.add("form.css", Cache::Immutable, minify(step, tools, &css, &[])?.as_bytes())?;

    let names = [("__GLUE__", glue_path), ("__WASM__", wasm_path), ("__CSS__", css_path)];
    let defines = names.each_ref().map(|(name, path)| format!("--define:{name}={path:?}"));
    let loader = minify(step, tools, &loader, &defines.each_ref().map(String::as_str))?;
    for (name, _) in names {
        ensure!(!loader.contains(name), "widget/embed.js must use {name} as a bare name, not inside quotes");
    }
    assets.add("embed.js", Cache::Short, loader.as_bytes())?;

    for file in pages {
        let name = file.file_name().context("a file has a name")?.to_string_lossy().into_owned();
        assets.add(&name, Cache::Immutable, minify(step, tools, &file, &[])?.as_bytes())?;
    }
    assets.write()?;
    stamp.keep()
}

fn compile(step: &Step) -> Result<PathBuf> {
    step.run(
        cargo()
            // As a library for Rust too, it would be linked without optimisation across crates: 8 KB more.
            .args(["rustc", "--package", "widget", "--lib", "--crate-type", "cdylib"])
            .args(["--target", "wasm32-unknown-unknown", "--release"])
            .args(["--no-default-features", "--features", "hydrate"]),
    )?;
    Ok(target_dir().join("wasm32-unknown-unknown/release/widget.wasm"))
}

/// What wasm-bindgen names the wasm of an output named `widget`.
const WASM_NAME: &str = "widget_bg.wasm";

/// What the glue is for a page that never drops the widget, and without the classes of Leptos' server functions, which
/// nothing uses.
const GLUE: &[&str] =
    &["--bundle", "--format=esm", "--define:Symbol.dispose=false", "--define:FinalizationRegistry=undefined"];

/// Makes a module and its wasm of what the compiler made, both as small as can be.
fn link(step: &Step, tools: &Tools, wasm: &Path) -> Result<(String, Vec<u8>)> {
    let work = target_dir().join("widget-assets");
    fs::create_dir_all(&work)?;
    link::link(wasm, "widget", &work, Loader::Browser)?;
    let small = work.join("small.wasm");
    let names = step.run(
        Command::new(&tools.wasm_opt)
            .args(WASM_FEATURES)
            .args(WASM_OPT)
            .arg("--minify-imports-and-exports-and-modules")
            .args(["--strip-debug", "--strip-producers", "--strip-target-features", "-o"])
            .arg(&small)
            .arg(work.join(WASM_NAME)),
    )?;
    let glue = serde_json::from_str::<Names>(&names)?.rename(&fs::read_to_string(work.join("widget.js"))?)?;
    fs::write(work.join("renamed.js"), glue)?;
    let entry = work.join("entry.js");
    fs::write(&entry, "export { default, start } from \"./renamed.js\";")?;
    Ok((minify(step, tools, &entry, GLUE)?, fs::read(small)?))
}

/// The names that wasm-opt gave: a hash in each of a hundred names is 3 KB of the download.
#[derive(Deserialize)]
struct Names {
    /// Module, name, new name.
    imports: Vec<(String, String, String)>,
    /// Name, new name.
    exports: Vec<(String, String)>,
}

impl Names {
    /// wasm-bindgen's glue with the new names.
    fn rename(&self, glue: &str) -> Result<String> {
        let module = &self.imports.first().context("the widget imports something")?.0;
        let mut renamed = glue.replace(&format!("{module:?}: import0"), "\"a\": import0");
        ensure!(renamed != glue, "wasm-bindgen's glue no longer gives its imports as import0");
        for (_, name, new) in &self.imports {
            let key = format!(" {name}: ");
            ensure!(renamed.contains(&key), "wasm-bindgen's glue no longer has an import {name}");
            renamed = renamed.replace(&key, &format!(" {new}: "));
        }
        for (name, new) in &self.exports {
            for end in ["(", ";", ",", ")", ".", " "] {
                renamed = renamed.replace(&format!("wasm.{name}{end}"), &format!("wasm.{new}{end}"));
            }
        }
        Ok(renamed)
    }
}

fn minify(step: &Step, tools: &Tools, file: &Path, options: &[&str]) -> Result<String> {
    let text = step.run(
        Command::new(&tools.esbuild)
            .args(["--minify", "--log-level=warning", "--legal-comments=none", BROWSERS])
            .args(options)
            .arg(file),
    )?;
    Ok(text.trim_end().to_owned())
}
