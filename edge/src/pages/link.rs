//! The page of the one link in an SMS: asks while the request waits, and is the way out for ever after.

use leptos::prelude::*;
use shared::{
    form::{DisclosedPurpose, Disclosure},
    text_hash::TextHash,
};

use super::{
    Shell,
    manage::{self, Manage},
    parts::{Html, Look, big_link, button, hidden, html, list, notices, section, text, way},
};

/// What `GET /c/{token}` shows, or `POST` answers.
pub enum LinkPage<'a> {
    /// The request waits for its answer.
    Ask {
        company: &'a str,
        /// The text, with those purposes only that were asked for.
        disclosure: &'a Disclosure,
        /// The number's last two digits.
        number_ends: &'a str,
        until: &'a str,
        /// The hash of the text; comes back as `shown`, and binds the yes to it (L1).
        shown: &'a TextHash,
    },
    Confirmed {
        purposes: &'a [DisclosedPurpose],
        /// When, to the second.
        at: &'a str,
        /// Whether that was an earlier tap.
        already: bool,
        /// The thank-you, with its code.
        rewards: &'a [String],
    },
    Refused,
    /// What is in force, and the way out.
    Manage(Manage<'a>),
    /// A link of an older generation, whose number may be in other hands: only withdraws.
    WithdrawOnly {
        done: bool,
    },
    /// 48 hours are over.
    Expired {
        form_url: &'a str,
    },
    /// A newer request took this one's place.
    Superseded,
}

/// The page of a link in an SMS.
pub fn link(shell: &Shell, page: &LinkPage) -> String {
    let words = &shell.words().after;
    match page {
        LinkPage::Ask { company, disclosure, number_ends, until, shown } => {
            let title = (shell.words().ask.title)(company);
            shell.page(&title, question(shell, disclosure, number_ends, until, shown))
        }
        LinkPage::Confirmed { purposes, at, already, rewards } => {
            let title = if *already { words.already } else { words.confirmed };
            shell.done(title, confirmed(shell, purposes, at, rewards))
        }
        LinkPage::Refused => shell
            .page(words.refused, html(view! { {text(words.refused_text)}{text(words.slip)}{way("", words.to_allow)} })),
        LinkPage::Manage(page) => manage::manage(shell, page),
        LinkPage::WithdrawOnly { done } => manage::withdraw_only(shell, *done),
        LinkPage::Expired { form_url } => {
            shell.page(words.expired, html(view! { {text(words.expired_text)}{big_link(form_url, words.again)} }))
        }
        LinkPage::Superseded => shell.page(words.superseded, text(words.superseded_text)),
    }
}

fn question(shell: &Shell, disclosure: &Disclosure, number_ends: &str, until: &str, shown: &TextHash) -> Html {
    let words = &shell.words().ask;
    let Disclosure { purposes, notes, age_label, privacy_text, privacy_url, imprint_text, imprint_url, .. } =
        disclosure;
    let declared = purposes.iter().map(|purpose| &purpose.label).chain(age_label).cloned().collect();
    html(view! {
        <p class="lead">{(words.number)(number_ends)}</p>
        {purposes.iter().map(|purpose| {
            section(&purpose.heading, html(view! {
                {text(purpose.text.clone())}
                {purpose.reward.clone().map(text)}
            }))
        }).collect_view()}
        {section(words.notes, html(view! {
            {list(Some("notes"), notes.clone())}
            {notices(privacy_text, privacy_url, imprint_text, imprint_url)}
        }))}
        {section(words.declares, list(Some("says"), declared))}
        <form method="post" class="answer">
            {hidden("shown", &shown.0)}
            {button(Look::Main, "confirm", words.yes.to_owned())}
            {button(Look::Plain, "refuse", words.no.to_owned())}
        </form>
        <p class="until">{(words.until)(until)}</p>
    })
}

fn confirmed(shell: &Shell, purposes: &[DisclosedPurpose], at: &str, rewards: &[String]) -> Html {
    let words = &shell.words().after;
    let lines = purposes.iter().map(|purpose| format!("{}, {}", purpose.heading, purpose.frequency.text)).collect();
    html(view! {
        <p class="lead">{(words.at)(at)}</p>
        {rewards.iter().map(|reward| html(view! { <p class="reward">{reward.clone()}</p> })).collect_view()}
        {section(words.gets, list(None, lines))}
        {text(words.way_out)}
        {way("", words.to_way_out)}
    })
}
