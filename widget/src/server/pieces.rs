//! The parts that stay the same while a form is shown. Their order is that of `Disclosure::text`.

use leptos::{either::Either, prelude::*};
use shared::{
    evidence::BoxesServed,
    form::{Disclosure, hosted_link},
    reference::Reference,
    wire::FormView,
};

use super::{Options, Place};
use crate::{
    fixed::Fixed,
    state::{Answers, FormState, Stage},
};

pub(super) fn fixed(view: &FormView, state: &FormState, options: Options) -> Fixed {
    let answers = &state.answers;
    let labels = view.labels.clone();
    let action = format!("{}/f/{}", options.edge, view.form);
    let place = options.place;
    // Whoever begins anew is still asked by the same link.
    let anew = hosted_link(options.edge, &view.form, &[("utm_campaign", options.campaign)], options.reference);
    let (done_is_news, asked) = match &state.stage {
        Stage::Done(done) => (!done.pressed, done.asked),
        Stage::Asking(_) => (false, 0),
    };
    Fixed {
        disclosure: disclosure(&view.text, place),
        summary: view! { <p class="jw-summary-title"><strong>{labels.summary}</strong></p> }.to_html(),
        number_label: view! {
            <label class="jw-label" part="label" for="jw-number">{labels.number}</label>
            <p class="jw-hint" part="hint" id="jw-number-hint">{labels.number_hint}</p>
        }
        .to_html(),
        number: answers.number.clone(),
        purposes: purposes(&view.text, answers),
        age: view
            .text
            .age_label
            .clone()
            .map(|label| {
                tick("jw-age".into(), "age_confirmed", "yes".into(), label, answers.age_confirmed, "jw-age-error")
            })
            .to_html(),
        rest: rest(view, options, &action, answers.boxes()),
        done: view! { {heading(place, "jw-done-title", labels.done, done_is_news)} }.to_html(),
        done_rest: view! {
            <p>{labels.without}</p>
            <p class="jw-no-sms">{labels.no_sms}</p>
            <p class="jw-formerly">{labels.formerly}</p>
        }
        .to_html(),
        change: view! {
            <a class="jw-button jw-change" part="button-secondary" href=anew>{labels.change_number}</a>
        }
        .to_html(),
        again: view! { {labels.again} }.to_html(),
        asked: asked.to_string(),
        action,
    }
}

/// `news`: without script, the page opens here.
fn heading(place: Place<'_>, id: &'static str, text: String, news: bool) -> impl IntoView {
    match place {
        Place::Page { .. } => Either::Left(view! {
            <h1 class="jw-title" part="title" id=id tabindex="-1" autofocus=news>{text}</h1>
        }),
        Place::Embed => Either::Right(view! {
            <h2 class="jw-title" part="title" id=id tabindex="-1" autofocus=news>{text}</h2>
        }),
    }
}

fn disclosure(text: &Disclosure, place: Place<'_>) -> String {
    let text = text.clone();
    let purposes = text.purposes.into_iter().map(|purpose| {
        let heading = match place {
            Place::Page { .. } => Either::Left(view! { <h2 class="jw-purpose" part="purpose">{purpose.heading}</h2> }),
            Place::Embed => Either::Right(view! { <h3 class="jw-purpose" part="purpose">{purpose.heading}</h3> }),
        };
        view! { {heading}<p>{purpose.text}</p>{purpose.reward.map(|reward| view! { <p>{reward}</p> })} }
    });
    view! {
        {heading(place, "jw-title", text.title, false)}
        {purposes.collect_view()}
        <ul class="jw-notes" part="notes">
            {text.notes.into_iter().map(|note| view! { <li>{note}</li> }).collect_view()}
        </ul>
        <p class="jw-links" part="links">
            <a href=text.privacy_url target="_blank" rel="noopener">{text.privacy_text}</a>
            <a href=text.imprint_url target="_blank" rel="noopener">{text.imprint_text}</a>
        </p>
    }
    .to_html()
}

fn purposes(text: &Disclosure, answers: &Answers) -> String {
    text.purposes
        .iter()
        .enumerate()
        .map(|(at, purpose)| {
            let ticked = answers.purposes.contains(&purpose.id);
            let id = purpose.id.to_string();
            tick(format!("jw-purpose-{at}"), "purpose", id, purpose.label.clone(), ticked, "jw-purposes-error")
        })
        .collect_view()
        .to_html()
}

/// A box. `autocomplete` keeps browsers from ticking it again by themselves after a reload.
fn tick(
    id: String,
    name: &'static str,
    value: String,
    label: String,
    ticked: bool,
    error: &'static str,
) -> impl IntoView {
    view! {
        <div class="jw-box" part="box">
            <input
                type="checkbox" part="checkbox" id=id.clone() name=name value=value checked=ticked
                autocomplete="off" aria-describedby=error
            />
            <label part="box-label" for=id>{label}</label>
        </div>
    }
}

fn rest(view: &FormView, options: Options, action: &str, boxes: BoxesServed) -> String {
    let stamp = match options.place {
        Place::Page { stamp } => Some(("stamp", stamp.to_owned())),
        // What is sent from there without script is only a way to our page.
        Place::Embed => None,
    };
    let hidden = [
        ("version", view.version.to_string()),
        ("disclosure", view.disclosure.0.clone()),
        ("boxes", boxes.name().to_owned()),
        ("lang", view.lang.tag().to_owned()),
        ("campaign", options.campaign.to_owned()),
        ("reference", options.reference.map(Reference::as_str).unwrap_or_default().to_owned()),
    ];
    let hidden: Vec<_> = hidden
        .into_iter()
        .chain(stamp)
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect();
    let hosted = (options.place == Place::Embed).then(|| {
        view! { <p class="jw-hosted" hidden><a href=action.to_owned()>{view.labels.hosted.clone()}</a></p> }
    });
    view! {
        {hidden}
        // No person sees this field, so whoever fills it is a program.
        <p class="jw-website" aria-hidden="true">
            <label>"Website"<input type="text" name="website" tabindex="-1" autocomplete="off"/></label>
        </p>
        <button class="jw-button jw-submit" part="button">{view.text.button.clone()}</button>
        {hosted}
    }
    .to_html()
}
