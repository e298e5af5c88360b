//! What people see instead of a page that can't be shown.

use leptos::prelude::*;
use shared::problem_kind::{About, ProblemKind};

use super::{
    Shell,
    parts::{Html, big_link, html, section, text, way},
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

/// What a kind of problem means, for whoever writes a program.
pub fn problem_kind(shell: &Shell, kind: ProblemKind) -> String {
    let About { statuses, title, meaning, remedy } = kind.about();
    let parts = html(view! {
        <p><code>{format!("/problems/{}", kind.name())}</code>{format!(", HTTP status {statuses}")}</p>
        {section("What it means", prose(meaning))}
        {section("What to do", prose(remedy))}
        {way("/problems", "All problems")}
    });
    shell.page(title, parts)
}

/// A paragraph in which code stands in backquotes.
fn prose(words: &str) -> Html {
    let parts = words.split('`').enumerate().map(|(at, part)| {
        // What is between two of them has an odd place.
        if at % 2 == 1 {
            html(view! { <code>{part.to_owned()}</code> })
        } else {
            html(view! { <>{part.to_owned()}</> })
        }
    });
    html(view! { <p>{parts.collect_view()}</p> })
}

/// All kinds, with what they mean.
pub fn problem_kinds(shell: &Shell) -> String {
    let lines = ProblemKind::ALL.iter().map(|kind| {
        view! { <li><a href=format!("/problems/{}", kind.name())>{kind.name()}</a>{format!(": {}", kind.about().title)}</li> }
    });
    shell.page("Problems", html(view! { <ul>{lines.collect_view()}</ul> }))
}
