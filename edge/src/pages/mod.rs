//! The pages that people see, as functions from data to a whole HTML document.
//!
//! They work without JavaScript and hold no inline script or style, so the strictest content security policy
//! fits. Times and states come in as words.

mod hosted;
mod leave;
mod link;
mod manage;
mod number;
mod parts;
mod problem;
mod question;
#[cfg(feature = "simulator")]
mod simulator;
mod stored;

use leptos::prelude::*;
use parts::{Html, html};
use shared::{
    lang::Lang,
    settings::Controller,
    texts::pages::{Notice, PageTexts},
};

pub use hosted::{Hosted, hosted};
pub use leave::{Leave, Left, leave, left};
pub use link::{LinkPage, link};
pub use manage::{Manage, PurposeLine};
pub use number::{AskNumber, ask_number, link_sent};
pub use problem::{dead_link, problem, problem_kind, problem_kinds};
pub use question::question_page;
#[cfg(feature = "simulator")]
pub use simulator::{Handset, PhoneMessage, Simulator, simulator};
pub use stored::{HistoryLine, Stored, erased, stored};

/// A speech bubble: within the page, so that no browser asks for `/favicon.ico`.
const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath \
    fill='%230d8a60' d='M6 2h4a5 5 0 0 1 5 5v2a5 5 0 0 1-5 5H1V7a5 5 0 0 1 5-5z'/%3E%3C/svg%3E";

#[derive(Clone, Copy)]
pub struct Shell<'a> {
    pub lang: Lang,
    /// Address of the stylesheet.
    pub css: &'a str,
    /// Who answers for the page, where that is known.
    pub controller: Option<&'a Controller>,
}

/// What a page adds to its shell.
struct Page<'a> {
    /// Title of the document, and its main heading if `heading`.
    title: &'a str,
    heading: Heading,
    notice: Option<Notice>,
    /// A stylesheet of its own.
    css: Option<&'a str>,
    /// A script of its own.
    script: Option<&'a str>,
    content: Html,
}

enum Heading {
    Title,
    /// The title, as good news.
    Done,
    /// Stands in the content.
    Inside,
}

impl<'a> Page<'a> {
    fn new(title: &'a str, content: Html) -> Self {
        Self { title, heading: Heading::Title, notice: None, css: None, script: None, content }
    }
}

impl Shell<'_> {
    fn words(&self) -> &'static PageTexts {
        self.lang.pages()
    }

    fn render(&self, page: Page) -> String {
        let words = self.words();
        let name = self.controller.map(|controller| controller.name.as_str()).unwrap_or_default();
        let notice = page.notice.map(|notice| (words.notice)(notice));
        // A screen reader begins with the title, so that is where it must say what has happened.
        let mut title = notice.map(|notice| format!("{notice} ")).unwrap_or_default();
        title.push_str(page.title);
        if !title.contains(name) {
            title.push_str(" · ");
            title.push_str(name);
        }
        let view = view! {
            <html lang=self.lang.tag()>
                <head>
                    <meta charset="utf-8"/>
                    <meta name="viewport" content="width=device-width, initial-scale=1"/>
                    <meta name="color-scheme" content="light dark"/>
                    <meta name="referrer" content="no-referrer"/>
                    <title>{title}</title>
                    <link rel="icon" href=ICON/>
                    {[Some(self.css), page.css]
                        .into_iter()
                        .flatten()
                        .map(|css| view! { <link rel="stylesheet" href=css/> })
                        .collect_view()}
                    {page.script.map(|script| view! { <script defer src=script></script> })}
                </head>
                <body>
                    {(!name.is_empty()).then(|| view! { <header><p class="company">{name}</p></header> })}
                    <main>
                        {notice.map(|notice| parts::notice(page.notice.is_some_and(Notice::is_error), notice))}
                        {match page.heading {
                            Heading::Title => Some(html(view! { <h1>{page.title}</h1> })),
                            Heading::Done => Some(html(view! { <h1 class="done">{page.title}</h1> })),
                            Heading::Inside => None,
                        }}
                        {page.content}
                    </main>
                    <footer>
                        <p>{words.never_asked}</p>
                        {self.controller.map(|controller| imprint(self.lang, controller))}
                    </footer>
                </body>
            </html>
        };
        format!("<!DOCTYPE html>{}", view.to_html())
    }

    fn page(&self, title: &str, content: Html) -> String {
        self.render(Page::new(title, content))
    }

    /// The same, for good news.
    fn done(&self, title: &str, content: Html) -> String {
        self.render(Page { heading: Heading::Done, ..Page::new(title, content) })
    }
}

fn imprint(lang: Lang, controller: &Controller) -> Html {
    let Controller { name, address, privacy_url, imprint_url, .. } = controller;
    let (words, texts) = (lang.pages(), lang.texts());
    html(view! {
        <p>{format!("{}: {name}, {address}", words.controller)}</p>
        {parts::notices(texts.privacy_link(), privacy_url, texts.imprint_link(), imprint_url)}
    })
}

/// A notice as HTML, for a page that is frozen around it.
pub fn notice(lang: Lang, notice: Notice) -> String {
    parts::notice(notice.is_error(), (lang.pages().notice)(notice)).to_html()
}
