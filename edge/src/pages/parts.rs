//! What several pages are made of. Small functions to one type: the edge pays for each kind of view.

use leptos::prelude::*;
use shared::ids::PurposeId;

/// How much a button asks to be tapped.
#[derive(Clone, Copy)]
pub enum Look {
    /// The one that the page is for.
    Main,
    /// Any other.
    Plain,
    /// What can't be undone.
    Final,
}

/// A paragraph.
pub fn text(words: impl Into<String>) -> AnyView {
    view! { <p>{words.into()}</p> }.into_any()
}

/// A part of a page under its own heading.
pub fn section(heading: &str, content: AnyView) -> AnyView {
    view! { <section><h2>{heading}</h2>{content}</section> }.into_any()
}

/// A list of sentences.
pub fn list(class: Option<&'static str>, lines: Vec<String>) -> AnyView {
    view! { <ul class=class>{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul> }.into_any()
}

/// A link that stands alone. Without an address it leads to the page's own, which is a GET.
pub fn way(href: &str, words: &str) -> AnyView {
    view! { <p class="way"><a href=href>{words}</a></p> }.into_any()
}

/// A link that looks like the main button.
pub fn big_link(href: &str, words: &str) -> AnyView {
    view! { <p><a class="button main" href=href>{words}</a></p> }.into_any()
}

/// What has just happened.
pub fn notice(error: bool, words: &str) -> AnyView {
    let (role, class) = if error { ("alert", "notice error") } else { ("status", "notice") };
    view! { <p class=class role=role id="notice">{words}</p> }.into_any()
}

/// Links to the privacy notice and the imprint.
pub fn notices(privacy: &str, privacy_url: &str, imprint: &str, imprint_url: &str) -> AnyView {
    view! {
        <p class="links">
            <a href=privacy_url>{privacy}</a>
            <a href=imprint_url>{imprint}</a>
        </p>
    }
    .into_any()
}

/// A button that posts `action` to the page's own address.
pub fn button(look: Look, action: &'static str, words: String) -> AnyView {
    let class = match look {
        Look::Main => "main",
        Look::Plain => "plain",
        Look::Final => "final",
    };
    view! { <button class=class name="action" value=action>{words}</button> }.into_any()
}

/// A form of one button, for one purpose or for all.
pub fn post(purpose: Option<&PurposeId>, button: AnyView) -> AnyView {
    view! {
        <form method="post">{purpose.map(|purpose| hidden("purpose", purpose.as_str()))}{button}</form>
    }
    .into_any()
}

/// A hidden field.
pub fn hidden(name: &'static str, value: &str) -> AnyView {
    view! { <input type="hidden" name=name value=value/> }.into_any()
}
