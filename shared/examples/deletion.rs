//! Writes `docs/deletion.md` from the table in code: `cargo run -p shared --example deletion`.

use std::{fs, io, path::Path};

fn main() -> io::Result<()> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/deletion.md");
    fs::write(file, shared::deletion::document())
}
