//! `/m`: takes a number and sends a fresh link to it; answers alike for every number.

use leptos::prelude::*;

use super::{
    Heading, Page, Shell,
    parts::{hidden, html, text},
};

pub struct AskNumber<'a> {
    /// What the edge wants back: a signed time.
    pub stamp: &'a str,
    /// What was typed before.
    pub value: &'a str,
    /// What is wrong with it, and what to do.
    pub error: Option<&'a str>,
}

/// `GET /m`, and `POST /m` with a number that can't be one.
pub fn ask_number(shell: &Shell, page: &AskNumber) -> String {
    let words = &shell.words().number;
    let error = page.error.map(|error| view! { <p class="problem" id="error">{error}</p> });
    let described = if page.error.is_some() { "error hint" } else { "hint" };
    let content = view! {
        <h1>{words.title}</h1>
        {text(words.text)}
        <form method="post">
            <label for="number">{words.label}</label>
            <p class="hint" id="hint">{words.hint}</p>
            {error}
            <input
                class="field" id="number" name="number" type="tel" autocomplete="tel" required value=page.value
                aria-describedby=described aria-invalid=page.error.map(|_| "true")
                autofocus=page.error.is_some()
            />
            <p class="trap">
                <label for="website">{words.trap}</label>
                <input id="website" name="website" tabindex="-1" autocomplete="off"/>
            </p>
            {hidden("stamp", page.stamp)}
            <button class="main">{words.send}</button>
        </form>
    };
    let title = match page.error {
        Some(_) => format!("{}: {}", words.error, words.title),
        None => words.title.to_owned(),
    };
    shell.render(Page { heading: Heading::Inside, ..Page::new(&title, html(content)) })
}

/// `POST /m`, whatever is known of the number.
pub fn link_sent(shell: &Shell) -> String {
    let words = &shell.words().number;
    shell.page(words.sent, html(view! { {text(words.sent_text)}{text(words.sent_nothing)} }))
}
