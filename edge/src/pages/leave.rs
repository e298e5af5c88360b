//! `/a/{code}`: the free way out in every advertising SMS. It ends, and shows nothing of whoever may have the number
//! now (L8, L26).

use leptos::prelude::*;
use shared::ids::PurposeId;

use super::{
    Shell, manage,
    parts::{Html, Look, button, html, post, section, text, way},
};

pub struct Leave<'a> {
    /// The controller's name.
    pub company: &'a str,
    /// What is declared to advertise, each with its label.
    pub purposes: &'a [(&'a PurposeId, &'a str)],
    /// Whether there is more than advertising to end.
    pub serves: bool,
}

/// What was just ended, whether there was anything or not.
pub enum Left<'a> {
    /// A purpose, with its label where it is declared.
    Single(Option<&'a str>),
    Advertising,
    All,
}

/// `GET /a/{code}`: the same for everybody.
pub fn leave(shell: &Shell, page: &Leave) -> String {
    let (words, manage) = (&shell.words().leave, &shell.words().manage);
    let content = html(view! {
        {text(words.text)}
        {(!page.purposes.is_empty()).then(|| section(words.single, purposes(shell, page)))}
        {manage::objection(manage, page.company)}
        {section(words.all, html(view! {
            {page.serves.then(|| text(words.all_text))}
            {post(None, button(Look::Plain, "withdraw", manage.withdraw_all.to_owned()))}
        }))}
    });
    shell.page(&(words.title)(page.company), content)
}

fn purposes(shell: &Shell, page: &Leave) -> Html {
    let withdraw = shell.words().manage.withdraw;
    let rows = page.purposes.iter().map(|(id, label)| {
        view! {
            <li>
                <div><strong>{label.to_string()}</strong></div>
                {post(Some(id), html(view! {
                    <button class="plain" name="action" value="withdraw">
                        {withdraw}<span class="unseen">{format!(": {label}")}</span>
                    </button>
                }))}
            </li>
        }
    });
    html(view! { <ul class="purposes">{rows.collect_view()}</ul> })
}

/// `POST /a/{code}`: the same for everybody.
pub fn left(shell: &Shell, company: &str, left: &Left) -> String {
    let words = &shell.words().leave;
    let what = match left {
        Left::Single(label) => label.map(words.done_single),
        Left::Advertising => Some((words.done_advertising)(company)),
        Left::All => Some((words.done_all)(company)),
    };
    shell.done(
        words.done,
        html(view! {
            {what.map(text)}
            {text(words.done_text)}
            {way("", words.more)}
        }),
    )
}
