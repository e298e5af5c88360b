//! `/m/{token}`: what is stored, a copy of it, its correction and its end (L14).

use leptos::prelude::*;
use shared::texts::pages::{Milestone, Notice, StoredTexts};

use super::{
    Page, PurposeLine, Shell, manage,
    parts::{Html, Look, button, html, list, post, section, text, way},
};

/// What a fresh link shows.
pub struct Stored<'a> {
    /// The controller's name.
    pub company: &'a str,
    /// The number, in full.
    pub number: &'a str,
    /// What it was ever asked.
    pub purposes: &'a [PurposeLine<'a>],
    /// What happened since the latest yes, newest first.
    pub history: &'a [HistoryLine<'a>],
    /// Whether some advertising has not been objected to.
    pub may_object: bool,
    pub notice: Option<Notice>,
    /// The last day of the proof that an erasure leaves, if it leaves one.
    pub erase_until: Option<&'a str>,
}

pub struct HistoryLine<'a> {
    /// When, to the second.
    pub at: &'a str,
    pub label: &'a str,
    pub what: Milestone,
}

/// `GET /m/{token}`.
pub fn stored(shell: &Shell, page: &Stored) -> String {
    let words = &shell.words().stored;
    let content = view! {
        <dl class="number"><dt>{words.number}</dt><dd>{page.number}</dd></dl>
        {section(words.purposes, manage::purposes(shell, page.purposes))}
        {(!page.history.is_empty()).then(|| section(words.history, history(shell, page.history)))}
        {section(words.copy, html(view! { {text(words.copy_text)}{way("?format=json", words.download)} }))}
        {page.may_object.then(|| manage::objection(&shell.words().manage, page.company))}
        {section(words.correct, html(view! {
            {text(words.correct_text)}
            {post(None, button(Look::Plain, "correct", words.not_mine.to_owned()))}
        }))}
        {section(words.erase, erasure(words, page))}
    };
    shell.render(Page { notice: page.notice, ..Page::new(words.title, html(content)) })
}

fn history(shell: &Shell, lines: &[HistoryLine]) -> Html {
    let words = shell.words();
    let lines = lines.iter().map(|line| {
        view! { <li><time>{line.at}</time><p>{format!("{}: {}", (words.happened)(line.what), line.label)}</p></li> }
    });
    html(view! { {text(words.stored.history_text)}<ol class="history">{lines.collect_view()}</ol> })
}

fn erasure(words: &StoredTexts, page: &Stored) -> Html {
    let missed = page.notice == Some(Notice::NotTicked);
    html(view! {
        {text(words.erase_text)}
        {remains(words, page.erase_until)}
        <form method="post">
            <p class="tick">
                <input
                    id="understood" name="understood" value="yes" type="checkbox" required autocomplete="off"
                    aria-invalid=missed.then_some("true") aria-describedby=missed.then_some("notice")
                />
                <label for="understood">{words.tick}</label>
            </p>
            {button(Look::Final, "erase", words.erase_now.to_owned())}
        </form>
    })
}

/// What an erasure leaves.
fn remains(words: &StoredTexts, until: Option<&str>) -> Html {
    let proof = until.map(|until| (words.remains_proof)(until));
    list(None, std::iter::once(words.remains_entry.to_owned()).chain(proof).collect())
}

/// After an erasure. `until` is the last day of the proof that it leaves, if it leaves one.
pub fn erased(shell: &Shell, until: Option<&str>) -> String {
    let words = &shell.words().stored;
    let content = view! { {text(words.erased_text)}{section(words.remains, remains(words, until))} };
    shell.done(words.erased, html(content))
}
