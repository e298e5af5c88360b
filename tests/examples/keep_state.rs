//! Keeps the state of this build as that of a format: `cargo run -p tests --example keep_state -- 3`.

use tests::kept::{Story, folder};

#[tokio::main]
async fn main() {
    let format = std::env::args().nth(1).and_then(|format| format.parse().ok());
    let format = format.expect("the number of the format, as in `cargo run -p tests --example keep_state -- 3`");
    let folder = folder(format);
    Story::keep(&folder).await;
    println!("{}", folder.display());
}
