//! wasm-bindgen, as a library: compiling its program would take longer than the edge.

use std::path::Path;

use anyhow::Result;
use wasm_bindgen_cli_support::Bindgen;

/// Who loads the module.
#[derive(Clone, Copy, Debug)]
pub(super) enum Loader {
    /// A page.
    Browser,
    /// The platform, which can be given a fresh instance after a trap.
    Worker,
}

/// Makes `{name}.js` and `{name}_bg.wasm` in a folder of what the compiler made.
pub(super) fn link(wasm: &Path, name: &str, dir: &Path, loader: Loader) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(wasm).out_name(name).typescript(false);
    match loader {
        // The glue finds its wasm beside itself.
        Loader::Browser => bindgen.web(true)?.omit_default_module_path(false),
        Loader::Worker => bindgen.module(true)?.reset_state_function(true).force_enable_abort_handler(true),
    };
    bindgen.generate(dir)
}
