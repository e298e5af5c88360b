//! The page around the yes, as it is frozen when a form is published: HTML in which only the values of
//! [`shared::form::PageValues`] are left open.

use leptos::prelude::*;
use shared::{
    form::{DisclosedPurpose, Disclosure, FormVersion, PagePart, QuestionPage},
    lang::Lang,
    template,
    text_hash::TextHash,
};

use super::{
    Shell,
    parts::{Html, Look, button, hidden, html, list, notices, section, text},
};

/// What is left open.
const HOLES: [&str; 6] = ["notice", "number_ends", "purposes", "declared", "shown", "until"];

/// Stands for a value while the page is made, between private characters.
fn hole(name: &str) -> String {
    format!("\u{e0f0}{name}\u{e0f1}")
}

/// What was made, as a template.
fn frozen(html: &str) -> String {
    HOLES.iter().fold(template::escape(html), |html, name| html.replace(&hole(name), &format!("{{{name}}}")))
}

/// The path of a frozen stylesheet.
fn css_path(hash: &TextHash) -> String {
    format!("/texts/{}.css", hash.0)
}

/// The page that asks for the yes to `form`, in the words of this build.
pub fn question_page(form: &FormVersion, lang: Lang, disclosure: &Disclosure, css: &str) -> QuestionPage {
    let css = TextHash::of(css);
    let path = css_path(&css);
    let shell = Shell { lang, css: &path, controller: Some(&form.controller) };
    let title = (shell.words().ask.title)(&form.controller.name);
    QuestionPage {
        html: frozen(&shell.page(&title, question(&shell, disclosure))),
        parts: disclosure.purposes.iter().map(|purpose| (purpose.id.clone(), part(purpose))).collect(),
        css,
    }
}

fn part(purpose: &DisclosedPurpose) -> PagePart {
    let about = html(view! {
        {text(purpose.text.clone())}
        {purpose.reward.clone().map(text)}
    });
    PagePart {
        purpose: section(&purpose.heading, about).to_html(),
        declared: html(view! { <li>{purpose.label.clone()}</li> }).to_html(),
    }
}

fn question(shell: &Shell, disclosure: &Disclosure) -> Html {
    let words = &shell.words().ask;
    let Disclosure { notes, age_label, privacy_text, privacy_url, imprint_text, imprint_url, .. } = disclosure;
    html(view! {
        {hole("notice")}
        <p class="lead">{(words.number)(&hole("number_ends"))}</p>
        {hole("purposes")}
        {section(words.notes, html(view! {
            {list(Some("notes"), notes.clone())}
            {notices(privacy_text, privacy_url, imprint_text, imprint_url)}
        }))}
        {section(words.declares, html(view! {
            <ul class="says">
                {hole("declared")}
                {age_label.clone().map(|label| view! { <li>{label}</li> })}
            </ul>
        }))}
        <form method="post" class="answer">
            {hidden("shown", &hole("shown"))}
            {button(Look::Main, "confirm", words.yes.to_owned())}
            {button(Look::Main, "refuse", words.no.to_owned())}
        </form>
        <p class="until">{(words.until)(&hole("until"))}</p>
    })
}
