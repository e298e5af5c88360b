//! What several pages are made of.

use leptos::{prelude::*, tachys::html::InertElement};
use shared::ids::PurposeId;

/// A view that is HTML already. Views that hold views of many types, or `AnyView`, bring the code that builds and
/// changes them in a browser, which never runs here: 85 KB gzip for these pages.
pub type Html = InertElement;

pub fn html(view: impl RenderHtml) -> Html {
    Html::new(view.to_html())
}

/// How much a button asks to be tapped.
#[derive(Clone, Copy)]
pub enum Look {
    /// What the page is for: of a question, each answer alike.
    Main,
    /// Any other.
    Plain,
    /// What can't be undone.
    Final,
}

/// A paragraph.
pub fn text(words: impl Into<String>) -> Html {
    html(view! { <p>{words.into()}</p> })
}

/// A part of a page under its own heading.
pub fn section(heading: &str, content: Html) -> Html {
    html(view! { <section><h2>{heading}</h2>{content}</section> })
}

pub fn list(class: Option<&'static str>, lines: Vec<String>) -> Html {
    html(view! { <ul class=class>{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul> })
}

/// A link that stands alone. Without an address it leads to the page's own, which is a GET.
pub fn way(href: &str, words: &str) -> Html {
    html(view! { <p class="way"><a href=href>{words}</a></p> })
}

/// A link that looks like the main button.
pub fn big_link(href: &str, words: &str) -> Html {
    html(view! { <p><a class="button main" href=href>{words}</a></p> })
}

pub fn notice(error: bool, words: &str) -> Html {
    let (role, class) = if error { ("alert", "notice error") } else { ("status", "notice") };
    html(view! { <p class=class role=role id="notice">{words}</p> })
}

/// Links to the privacy notice and the imprint.
pub fn notices(privacy: &str, privacy_url: &str, imprint: &str, imprint_url: &str) -> Html {
    html(view! {
        <p class="links">
            <a href=privacy_url>{privacy}</a>
            <a href=imprint_url>{imprint}</a>
        </p>
    })
}

/// A button that posts `action` to the page's own address.
pub fn button(look: Look, action: &'static str, words: String) -> Html {
    let class = match look {
        Look::Main => "main",
        Look::Plain => "plain",
        Look::Final => "final",
    };
    html(view! { <button class=class name="action" value=action>{words}</button> })
}

/// A form of one button, for one purpose or for all.
pub fn post(purpose: Option<&PurposeId>, button: Html) -> Html {
    html(view! {
        <form method="post">{purpose.map(|purpose| hidden("purpose", purpose.as_str()))}{button}</form>
    })
}

pub fn hidden(name: &'static str, value: &str) -> Html {
    html(view! { <input type="hidden" name=name value=value/> })
}
