//! Writes `/openapi.json` from `shared::openapi`.

use std::{env, fs, path::Path};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    let json = shared::openapi::document().to_string();
    fs::write(Path::new(&out).join("openapi.json"), json).expect("OUT_DIR can be written");
}
