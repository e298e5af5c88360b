//! `/simulator`: a phone for development, which shows what the gateway `simulator` sends.

use leptos::prelude::*;
use shared::texts::pages::PhoneTexts;

use super::{
    Heading, Page, Shell,
    parts::{Html, hidden, html},
};

pub struct Simulator<'a> {
    /// Every handset, the one with the newest SMS first.
    pub handsets: &'a [Handset],
    /// The number of the one to show; else the first.
    pub number: Option<&'a str>,
    /// Address of its stylesheet.
    pub css: &'a str,
    /// Address of its script, which looks for new SMS.
    pub script: &'a str,
}

pub struct Handset {
    pub number: String,
    /// Its SMS, oldest first.
    pub messages: Vec<PhoneMessage>,
}

pub struct PhoneMessage {
    pub id: String,
    pub from: String,
    pub to: String,
    pub text: String,
    /// When, in words.
    pub sent_at: String,
    /// Whether the handset sent it.
    pub outgoing: bool,
}

/// `GET /simulator`.
pub fn simulator(shell: &Shell, page: &Simulator) -> String {
    let words = shell.lang.phone();
    let chosen = page.number.and_then(|number| page.handsets.iter().find(|handset| handset.number == number));
    let shown = chosen.or(page.handsets.first());
    let content = view! {
        <div class="desk">
            <div class="side">
                <h1>{words.title}</h1>
                <p>{words.text}</p>
                {(!page.handsets.is_empty()).then(|| handsets(words, page.handsets, shown))}
                <noscript><p class="way"><a href="">{words.refresh}</a></p></noscript>
            </div>
            <div class="phone">{phone(words, shown)}</div>
        </div>
    };
    let Simulator { css, script, .. } = *page;
    shell.render(Page {
        heading: Heading::Inside,
        css: Some(css),
        script: Some(script),
        ..Page::new(words.title, html(content))
    })
}

fn handsets(words: &PhoneTexts, handsets: &[Handset], shown: Option<&Handset>) -> Html {
    let tabs = handsets.iter().map(|handset| {
        let current = shown.is_some_and(|shown| shown.number == handset.number);
        // A plus in a query is a space.
        let href = format!("/simulator?number={}", handset.number.replace('+', "%2B"));
        let last = handset.messages.last().map(|message| message.text.lines().next().unwrap_or_default().to_owned());
        view! {
            <li>
                <a href=href aria-current=current.then_some("page")>
                    <strong>{handset.number.clone()}</strong><span>{last}</span>
                </a>
            </li>
        }
    });
    html(view! { <nav aria-label=words.handsets><ul>{tabs.collect_view()}</ul></nav> })
}

fn phone(words: &PhoneTexts, handset: Option<&Handset>) -> Html {
    let Some(handset) = handset else {
        return html(view! { <p class="empty">{words.empty}</p> });
    };
    let bubbles = handset.messages.iter().map(|message| bubble(words, message)).collect_view();
    html(view! {
        <p class="number">{handset.number.clone()}</p>
        <div class="screen" tabindex="0" role="log" aria-label=(words.messages)(&handset.number)><ol>{bubbles}</ol></div>
        {reply(words, handset)}
    })
}

fn bubble(words: &PhoneTexts, message: &PhoneMessage) -> Html {
    let (class, who) = match message.outgoing {
        true => ("out", (words.outgoing)(&message.to)),
        false => ("in", message.from.clone()),
    };
    html(view! {
        <li class=class id=format!("sms-{}", message.id)>
            <p class="meta"><strong>{who}</strong>" "<time>{message.sent_at.clone()}</time></p>
            <p class="bubble">{linked(&message.text)}</p>
        </li>
    })
}

/// The text, with its addresses as links: in an SMS each stands alone on a line.
fn linked(text: &str) -> Vec<Html> {
    text.lines()
        .map(|line| {
            if line.starts_with("https://") || line.starts_with("http://") {
                html(view! { <a href=line>{line}</a>"\n" })
            } else {
                html(format!("{line}\n"))
            }
        })
        .collect()
}

/// A box to reply to those who can take it: a sender with letters in its name can't.
fn reply(words: &PhoneTexts, handset: &Handset) -> Html {
    let mut senders: Vec<&str> = Vec::new();
    for message in handset.messages.iter().rev().filter(|message| !message.outgoing) {
        if !senders.contains(&message.from.as_str()) {
            senders.push(&message.from);
        }
    }
    let takes = |sender: &&str| !sender.contains(char::is_alphabetic);
    let (able, unable): (Vec<_>, Vec<_>) = senders.into_iter().partition(takes);
    let to = match able.as_slice() {
        [] => return html(view! { <p class="empty">{unable.first().map(|name| (words.no_reply)(name))}</p> }),
        [one] => hidden("to", one),
        several => html(view! {
            <label for="to">{words.to}</label>
            <select id="to" name="to">{several.iter().map(|to| view! { <option>{*to}</option> }).collect_view()}</select>
        }),
    };
    html(view! {
        <form method="post" action="/simulator/reply">
            {hidden("from", &handset.number)}
            {to}
            <input name="text" aria-label=words.reply placeholder=words.reply required autocomplete="off"/>
            <button class="main">{words.send}</button>
        </form>
    })
}
