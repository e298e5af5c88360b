//! What an SMS from a handset asks for.

use shared::{
    evidence::{self, Channel, Erasable, KeywordText, ReceivedSms},
    form::{FormVersion, Keyword},
    lang::{Lang, Localized},
    phone::{MobileNumber, RegexLite, all_rules, parse},
    reply::{self, Reply, Topic, Vocabulary},
    settings::{Sender, Settings, Use},
};

use super::lookup;
use crate::{
    objects::subject::{Contact, NewReply, NewRequest, Who},
    platform::{context::App, secrets::random},
    problem::Problem,
};

pub fn digits(number: &str) -> &str {
    let number = number.trim();
    number.strip_prefix('+').or_else(|| number.strip_prefix("00")).unwrap_or(number)
}

/// The handset that an SMS came from. Providers write E.164 with and without its plus.
pub fn handset(from: &str) -> Option<MobileNumber> {
    let any = all_rules().first()?.country;
    parse(&format!("+{}", digits(from)), any, all_rules(), &RegexLite).ok()
}

/// Takes an SMS from a handset: a keyword makes a request, everything else is a reply.
pub async fn take(
    app: &App,
    settings: &Settings,
    sender: &Sender,
    number: &MobileNumber,
    sms: ReceivedSms,
    text: &str,
) -> Result<(), Problem> {
    let owners = lookup::with_keywords_for(app, &sender.from).await?;
    let served: Vec<_> = settings.served_by(&sender.from).cloned().collect();
    let topics = served.iter().map(|purpose| Topic {
        id: &purpose.id,
        advertises: purpose.use_ == Use::Advertising,
        names: [&purpose.label, &purpose.wording].into_iter().flat_map(Localized::all).collect(),
    });
    let vocabulary = Vocabulary {
        topics: topics.collect(),
        keywords: owners.iter().flat_map(|form| &form.draft.keywords).map(|keyword| keyword.word.as_str()).collect(),
    };
    let reply = reply::read(text, &vocabulary);
    let who = app.who(number).await?;
    if let Reply::Keyword(word) = &reply {
        let asked = owners.iter().find_map(|form| Some((form, form.keyword(word)?)));
        // A form asks only whom its own page could ask, too.
        let asked = asked.filter(|(form, _)| form.draft.countries.contains(&number.country()));
        if let Some((form, keyword)) = asked {
            let new = requested(app, settings, form, keyword, &who, sms);
            app.person(&who).await?.take_request(new).await?;
        }
        return Ok(());
    }
    let contact = Contact {
        controller: settings.controller.clone(),
        sender: sender.clone(),
        lang: language(number),
        links_to: app.links_to(settings),
        form: None,
    };
    let new = NewReply { who: who.clone(), contact, sms, text: text.to_owned(), reply, served };
    app.person(&who).await?.take_reply(new).await
}

/// The request that a keyword makes (L16).
fn requested(
    app: &App,
    settings: &Settings,
    form: &FormVersion,
    keyword: &Keyword,
    who: &Who,
    sms: ReceivedSms,
) -> NewRequest {
    let lang = form.lang(keyword.lang);
    let erasables = vec![Erasable::new("number", who.number.as_str(), random())];
    let request = evidence::Request {
        time: app.now(),
        form: form.form.clone(),
        version: form.version,
        lang,
        disclosure: form.disclosure(lang).hash(),
        privacy_url: form.controller.privacy_url.clone(),
        channel: Channel::Keyword,
        boxes_unticked: false,
        age_declared: form.draft.age,
        keyword: Some(KeywordText { word: keyword.word.clone(), beside: form.keyword_text(keyword), sms }),
        campaign: None,
        commitments: erasables.iter().map(Erasable::commitment).collect(),
    };
    NewRequest {
        who: who.clone(),
        form: form.clone(),
        purposes: keyword.purpose.clone().map_or_else(|| form.draft.purposes.clone(), |purpose| vec![purpose]),
        links_to: app.links_to(settings),
        request,
        erasables,
    }
}

/// In which language to answer a handset that nobody knows.
fn language(number: &MobileNumber) -> Lang {
    match number.country().as_str() {
        "DE" | "AT" | "CH" | "LI" | "LU" => Lang::De,
        _ => Lang::En,
    }
}
