//! What people see instead of a page that can't be shown.

use leptos::prelude::*;

use super::{
    Shell,
    parts::{big_link, html, text},
};

/// One page for forged, expired and unknown links alike, so that none tells which it is.
pub fn dead_link(shell: &Shell) -> String {
    let words = &shell.words().after;
    shell.page(words.dead, html(view! { {text(words.dead_text)}{big_link("/m", words.fresh)} }))
}

/// Any other error: what is wrong, and what to do.
pub fn problem(shell: &Shell, title: &str, detail: &str) -> String {
    shell.page(title, text(detail))
}
