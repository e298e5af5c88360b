use std::collections::BTreeMap;

use super::{
    confirmation::{Asked, CONFIRMATION_VALUES},
    draft::{FormDraft, Keyword},
    version::FormVersion,
};
use crate::{
    calendar::TimeZone,
    confirm::ConfirmBy,
    ids::FormId,
    lang::Lang,
    lint,
    phone::Country,
    reply,
    settings::{Purpose, Sender, Settings},
    sms, template,
    time::Timestamp,
    violation::Violation,
    way_out::sample_link,
};

/// The least age of consent in the form's countries' strictest one (GDPR 8(1) and national laws, L11).
fn least_age(countries: &[Country]) -> u8 {
    countries
        .iter()
        .map(|country| match country.as_str() {
            "AT" | "BG" | "CY" | "ES" | "IT" | "LT" => 14,
            "BE" | "DK" | "EE" | "FI" | "GB" | "IS" | "LV" | "MT" | "NO" | "PT" | "SE" => 13,
            "CZ" | "FR" | "GR" | "SI" => 15,
            _ => 16,
        })
        .max()
        .unwrap_or(16)
}

impl FormVersion {
    /// The next version of `form`, or all that forbids it (L2, L5, L11, L16). `origin` is the edge's.
    ///
    /// # Errors
    /// Every rule that is broken. The SMS are looked at once all else is right.
    pub fn publish(
        form: FormId,
        draft: FormDraft,
        settings: &Settings,
        origin: &str,
        version: u32,
        now: Timestamp,
    ) -> Result<Self, Vec<Violation>> {
        let mut found = Vec::new();
        let purposes = purposes(&draft, settings, &mut found);
        lint_draft(&draft, &mut found);
        lint_words(&draft, &purposes, &mut found);
        lint_keywords(&draft, &mut found);
        let Some(sender) = settings.sender(&draft.sender) else {
            found.push(Violation::new(
                "sender",
                "sender-unknown",
                format!("Declare the sender `{}` in the settings first.", draft.sender),
            ));
            return Err(found);
        };
        lint_sender(&draft, sender, &mut found);
        if !found.is_empty() {
            return Err(found);
        }
        let version = Self {
            form,
            version,
            published_at: now,
            controller: settings.controller.clone(),
            purposes,
            sender: sender.clone(),
            draft,
            time_zone: TimeZone(settings.time_zone.clone()),
            texts: BTreeMap::new(),
            turns: Vec::new(),
        };
        // Not for the first time only: a link may become as long as any.
        let longest = settings.link_domain.is_none().then(|| format!("https://{}", sms::LONGEST_LINK_HOST));
        let links_to = longest.into_iter().chain([settings.links_to(origin)]).max_by_key(String::len);
        found.extend(version.lint_confirmations(&links_to.unwrap_or_default()));
        if found.is_empty() { Ok(version) } else { Err(found) }
    }

    /// What is wrong with the confirmation SMS that the form can send, at their longest: for all purposes, and for each
    /// keyword. `links_to` is scheme and host of their links.
    pub fn lint_confirmations(&self, links_to: &str) -> Vec<Violation> {
        let link = &sample_link(links_to);
        let all: Vec<&Purpose> = self.purposes.iter().collect();
        let reply_code = self.confirm().reply().then_some(88);
        let own = self.draft.confirmation.is_some();
        let mut found = Vec::new();
        let mut lint = |field: String, asked: Asked| {
            let lang = asked.lang;
            found.extend(self.lint_confirmation(&self.confirmation_sms(&asked), &asked).into_iter().map(|broken| {
                let detail = format!("The confirmation SMS in `{}`: {}", lang.tag(), broken.detail);
                Violation::new(field.clone(), &broken.rule, detail)
            }));
        };
        for lang in &self.draft.languages {
            let field = if own { format!("confirmation.{}", lang.tag()) } else { "purposes".to_owned() };
            lint(field, Asked { purposes: &all, lang: *lang, link, reply_code, keyword: None, handed_in: None });
        }
        // An own text doesn't name the keyword, and so is the same.
        for (at, keyword) in self.draft.keywords.iter().enumerate().filter(|_| !own) {
            let purposes: Vec<_> = self.keyword_purpose(keyword).into_iter().collect();
            let lang = self.lang(keyword.lang);
            lint(
                format!("keywords[{at}]"),
                Asked { purposes: &purposes, lang, link, reply_code, keyword: Some(&keyword.word), handed_in: None },
            );
        }
        found
    }
}

fn purposes(draft: &FormDraft, settings: &Settings, found: &mut Vec<Violation>) -> Vec<Purpose> {
    let mut purposes = Vec::new();
    for (at, id) in draft.purposes.iter().enumerate() {
        let field = format!("purposes[{at}]");
        match settings.purpose(id) {
            None => found.push(Violation::new(
                field,
                "purpose-unknown",
                format!("Declare the purpose `{id}` in the settings first."),
            )),
            Some(_) if draft.purposes.iter().take(at).any(|other| other == id) => {
                found.push(Violation::new(field, "unique", "This purpose stands here twice."))
            }
            Some(purpose) => purposes.push(purpose.clone()),
        }
    }
    purposes
}

/// Where something stands again.
fn repeats<T: PartialEq>(all: &[T]) -> Option<usize> {
    all.iter().enumerate().position(|(at, one)| all.iter().take(at).any(|other| other == one))
}

fn lint_draft(draft: &FormDraft, found: &mut Vec<Violation>) {
    for (field, missing) in [
        ("purposes", draft.purposes.is_empty()),
        ("languages", draft.languages.is_empty()),
        ("countries", draft.countries.is_empty()),
    ] {
        if missing {
            found.push(Violation::new(field, "present", format!("Name at least one of the {field}.")));
        }
    }
    let twice = "This stands here twice.";
    for (field, repeated) in [
        ("languages", repeats(&draft.languages)),
        ("countries", repeats(&draft.countries)),
        ("origins", repeats(&draft.origins)),
    ] {
        if let Some(at) = repeated {
            found.push(Violation::new(format!("{field}[{at}]"), "unique", twice));
        }
    }
    let least = least_age(&draft.countries);
    if draft.age < least {
        found.push(Violation::new(
            "age",
            "age",
            format!("In these countries people consent for themselves from the age of {least} on."),
        ));
    }
    for (at, origin) in draft.origins.iter().enumerate() {
        if !is_origin(origin) {
            found.push(Violation::new(
                format!("origins[{at}]"),
                "origin",
                "An origin is a scheme and a host without a path, such as https://shop.example.",
            ));
        }
    }
}

/// What the owner wrote, in each language of the form.
fn lint_words(draft: &FormDraft, purposes: &[Purpose], found: &mut Vec<Violation>) {
    for lang in &draft.languages {
        for purpose in purposes {
            let reward =
                purpose.reward.iter().flat_map(|reward| [("reward", &reward.text), ("reward", &reward.conditions)]);
            let mut texts = [("label", &purpose.label), ("wording", &purpose.wording)].into_iter().chain(reward);
            if let Some((name, _)) = texts.find(|(_, text)| text.get(*lang).is_none_or(|text| text.trim().is_empty())) {
                found.push(Violation::new(
                    "languages",
                    "translated",
                    format!("The {name} of the purpose `{}` has no text in `{}`.", purpose.id, lang.tag()),
                ));
            }
            if let Some(word) = purpose.label.get(*lang).and_then(lint::promotion_in_label) {
                found.push(Violation::new(
                    "purposes",
                    "promotion",
                    format!(
                        "The label of `{}` stands in the SMS that asks, which must not advertise (L5). Leave out `{word}`.",
                        purpose.id
                    ),
                ));
            }
        }
        if let Some(own) = &draft.confirmation {
            lint_template(own.get(*lang), *lang, found);
        }
    }
}

fn lint_template(text: Option<&str>, lang: Lang, found: &mut Vec<Violation>) {
    let field = format!("confirmation.{}", lang.tag());
    match text.map(template::names) {
        None => found.push(Violation::new(field, "translated", format!("There is no text in `{}`.", lang.tag()))),
        Some(Err(why)) => found.push(Violation::new(field, "template", format!("The text can't be filled in: {why}."))),
        Some(Ok(names)) => {
            let known = CONFIRMATION_VALUES.map(|name| format!("{{{name}}}")).join(", ");
            found.extend(names.iter().filter(|name| !CONFIRMATION_VALUES.contains(&name.as_str())).map(|name| {
                Violation::new(field.clone(), "template", format!("There is no value {{{name}}}. There are {known}."))
            }));
        }
    }
}

fn lint_sender(draft: &FormDraft, sender: &Sender, found: &mut Vec<Violation>) {
    if draft.confirm.is_some_and(ConfirmBy::reply) && !sender.receives {
        found.push(Violation::new(
            "confirm",
            "sender-receives",
            format!("Nobody can reply to `{}`. Use a sender with a number, or `confirm`: `link`.", sender.from),
        ));
    }
    if !draft.keywords.is_empty() && !sender.receives {
        found.push(Violation::new(
            "keywords",
            "sender-receives",
            format!("Nobody can text a word to `{}`. Use a sender with a number.", sender.from),
        ));
    }
    for (at, purpose) in draft.purposes.iter().enumerate().filter(|(_, purpose)| !sender.serves(purpose)) {
        found.push(Violation::new(
            format!("purposes[{at}]"),
            "sender-purpose",
            format!("The sender `{}` doesn't serve `{purpose}`. Add it to the sender's purposes.", sender.id),
        ));
    }
}

fn lint_keywords(draft: &FormDraft, found: &mut Vec<Violation>) {
    for (at, keyword) in draft.keywords.iter().enumerate() {
        let Keyword { word, purpose, lang, .. } = keyword;
        let field = |name: &str| format!("keywords[{at}].{name}");
        let folded = reply::folded(word);
        let letters = folded.concat();
        let plain = !letters.is_empty() && letters.bytes().all(|b| b.is_ascii_alphanumeric());
        let whole = !word.contains(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric());
        if !(3..=20).contains(&word.chars().count()) || !plain || !whole {
            found.push(Violation::new(
                field("word"),
                "keyword",
                "A keyword has 3 to 20 letters and digits, without spaces: people type it on a phone.",
            ));
        } else if reply::is_reserved(word) {
            found.push(Violation::new(
                field("word"),
                "keyword-reserved",
                format!("`{word}` has a meaning already, such as yes, no or stop. Choose another word."),
            ));
        }
        if draft.keywords.iter().take(at).any(|other| reply::folded(&other.word) == folded) {
            found.push(Violation::new(field("word"), "unique", "This word stands here twice."));
        }
        match purpose {
            None if draft.purposes.len() > 1 => found.push(Violation::new(
                field("purpose"),
                "present",
                "The form has several purposes. Say which one the word asks for (L16).",
            )),
            Some(id) if !draft.purposes.contains(id) => found.push(Violation::new(
                field("purpose"),
                "purpose-unknown",
                format!("The form doesn't ask for `{id}`."),
            )),
            _ => {}
        }
        if let Some(lang) = lang.filter(|lang| !draft.languages.contains(lang)) {
            found.push(Violation::new(
                field("lang"),
                "translated",
                format!("The form has no texts in `{}`.", lang.tag()),
            ));
        }
    }
}

fn is_origin(text: &str) -> bool {
    ["https://", "http://"].iter().find_map(|scheme| text.strip_prefix(scheme)).is_some_and(|host| {
        !host.is_empty() && host.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b".-:[]".contains(&b))
    })
}
