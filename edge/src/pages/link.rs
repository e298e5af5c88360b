//! The page of the one link in an SMS after its request: the way out.

use leptos::prelude::*;
use shared::form::DisclosedPurpose;

use super::{
    Shell,
    manage::{self, Manage},
    parts::{Html, big_link, html, list, section, text, way},
};

/// What `GET /c/{token}` shows, or `POST` answers.
pub enum LinkPage<'a> {
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
