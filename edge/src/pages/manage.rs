//! The way out: what is in force, each purpose with its own button (L8).

use leptos::prelude::*;
use shared::{
    ids::PurposeId,
    subject::PurposeState,
    texts::pages::{ManageTexts, Notice},
};

use super::{
    Page, Shell,
    parts::{Html, Look, big_link, button, html, post, section, text},
};

/// The page of a link whose request is over.
pub struct Manage<'a> {
    /// The controller's name.
    pub company: &'a str,
    /// The number's last two digits; empty where it is no longer stored, and then there is no more to show.
    pub number_ends: &'a str,
    /// What this number was ever asked.
    pub purposes: &'a [PurposeLine<'a>],
    /// Whether requests from web pages don't get through.
    pub suppressed: bool,
    /// Whether some advertising has not been objected to.
    pub may_object: bool,
    /// The form, where nothing is in force and requests get through.
    pub form_url: Option<&'a str>,
    pub notice: Option<Notice>,
}

pub struct PurposeLine<'a> {
    pub id: &'a PurposeId,
    pub label: &'a str,
    pub state: PurposeState,
    pub since: Option<&'a str>,
}

impl PurposeLine<'_> {
    fn can_end(&self) -> bool {
        matches!(self.state, PurposeState::Given | PurposeState::Pending)
    }
}

pub(super) fn manage(shell: &Shell, page: &Manage) -> String {
    let words = &shell.words().manage;
    let has_number = !page.number_ends.is_empty();
    let content = view! {
        {has_number.then(|| view! { <p class="lead">{(words.number)(page.number_ends)}</p> })}
        {purposes(shell, page.purposes)}
        {page.suppressed.then(|| section(words.suppressed, html(view! {
            {text(words.suppressed_text)}
            {post(None, button(Look::Plain, "allow", words.allow.to_owned()))}
        })))}
        {page.form_url.map(|url| section(words.again, big_link(url, shell.words().after.again)))}
        {page.may_object.then(|| objection(words, page.company))}
        {has_number.then(|| section(words.stored, html(view! {
            {text(words.stored_text)}
            {post(None, button(Look::Plain, "fresh_link", words.fresh_link.to_owned()))}
        })))}
    };
    let title = (words.title)(page.company);
    shell.render(Page { notice: page.notice, ..Page::new(&title, html(content)) })
}

pub(super) fn withdraw_only(shell: &Shell, done: bool) -> String {
    let words = &shell.words().manage;
    if done {
        return shell.done(words.old_done, text(words.old_done_text));
    }
    let content = view! {
        {text(words.old_text)}
        {post(None, button(Look::Main, "withdraw", words.withdraw_all.to_owned()))}
    };
    shell.page(words.old, html(content))
}

/// Each purpose with its way out, and the way out of all.
pub(super) fn purposes(shell: &Shell, lines: &[PurposeLine]) -> Html {
    let words = &shell.words().manage;
    if lines.is_empty() {
        return html(view! { <p class="purposes">{words.none}</p> });
    }
    let rows = lines.iter().map(|line| row(shell, line)).collect_view();
    let several = lines.iter().filter(|line| line.can_end()).count() > 1;
    html(view! {
        <ul class="purposes">{rows}</ul>
        {several.then(|| post(None, button(Look::Plain, "withdraw", words.withdraw_all.to_owned())))}
    })
}

fn row(shell: &Shell, line: &PurposeLine) -> Html {
    let words = &shell.words().manage;
    let class = if line.state == PurposeState::Given { "state given" } else { "state" };
    let end = if line.state == PurposeState::Pending { words.cancel } else { words.withdraw };
    html(view! {
        <li>
            <div><strong>{line.label}</strong><p class=class>{(shell.words().state)(line.state, line.since)}</p></div>
            {line.can_end().then(|| post(Some(line.id), html(view! {
                <button class="plain" name="action" value="withdraw">
                    {end}<span class="unseen">{format!(": {}", line.label)}</span>
                </button>
            })))}
        </li>
    })
}

/// The objection to all advertising (GDPR 21(2)): one button.
pub(super) fn objection(words: &ManageTexts, company: &str) -> Html {
    section(
        words.object,
        html(view! {
            {text(words.object_text)}
            {post(None, button(Look::Plain, "object", (words.object_to)(company)))}
        }),
    )
}
