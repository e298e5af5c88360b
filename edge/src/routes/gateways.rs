//! What providers call: SMS from handsets, and delivery reports.

use axum::{
    extract::{Path, Request},
    http::{StatusCode, Uri},
};
use futures_util::future::try_join_all;
use shared::{
    evidence::{self, Erasable, KeywordText, ReceivedSms, RequestWay},
    form::{FormVersion, Keyword},
    gateway::{BadHook, Gateway, Hook},
    ids::GatewayId,
    lang::{Lang, Localized},
    message::MessageId,
    phone::{MobileNumber, RegexLite, all_rules, parse},
    reply::{self, Reply, Topic, Vocabulary},
    settings::{Sender, Settings, Use},
};

use crate::{
    app::App,
    forms,
    gateway::{Secrets, missing_secrets},
    objects::subject::{Ask, Contact, NewReply, NewRequest, Who},
    problem::Problem,
    request,
    secrets::random,
};

/// SMS from handsets.
#[worker::send]
pub async fn inbound(app: App, Path(id): Path<String>, uri: Uri, request: Request) -> Result<StatusCode, Problem> {
    let settings = app.settings().await?;
    let gateway = find(&app, &settings, &id)?;
    let read = |hook: &Hook| gateway.inbound(hook, &Secrets::of(app.env(), gateway.id()));
    for sms in hook(&app, uri, request, read).await? {
        let to = settings.senders.iter().find(|sender| {
            let ours = sender.gateway == *gateway.id() || sender.fallback.as_ref() == Some(gateway.id());
            sender.receives && ours && digits(&sender.from) == digits(&sms.to)
        });
        // Neither a landline nor a number of somebody else's is anything that the provider could do better.
        if let (Some(sender), Some(number)) = (to, handset(&sms.from)) {
            let received = ReceivedSms {
                id: sms.id,
                gateway: gateway.id().clone(),
                to: sender.from.clone(),
                signature_verified: true,
            };
            take(&app, &settings, sender, &number, received, &sms.text).await?;
        }
    }
    Ok(StatusCode::OK)
}

/// Delivery reports.
#[worker::send]
pub async fn status(app: App, Path(id): Path<String>, uri: Uri, request: Request) -> Result<StatusCode, Problem> {
    let settings = app.settings().await?;
    let gateway = find(&app, &settings, &id)?;
    let read = |hook: &Hook| gateway.status(hook, &Secrets::of(app.env(), gateway.id()));
    let reports = hook(&app, uri, request, read).await?.into_iter().filter_map(|report| {
        // What isn't ours may be an SMS that the owner sent by themselves.
        let message: MessageId = report.reference.parse().ok()?;
        let ask = Ask::Report {
            message,
            delivery: report.delivery,
            gateway: gateway.id().clone(),
            provider_id: report.message_id,
        };
        Some((message, ask))
    });
    try_join_all(reports.map(|(message, ask)| app.subject(message.subject(), ask))).await?;
    Ok(StatusCode::OK)
}

fn find<'a>(app: &App, settings: &'a Settings, id: &str) -> Result<&'a Gateway, Problem> {
    let id: GatewayId = id.parse().map_err(|_| Problem::NotFound)?;
    let gateway = settings.gateway(&id).ok_or(Problem::NotFound)?;
    // Without its secret everybody could sign.
    let missing = missing_secrets(app.env(), gateway);
    if missing.is_empty() { Ok(gateway) } else { Err(Problem::MissingSecrets(missing)) }
}

async fn hook<T>(
    app: &App,
    uri: Uri,
    request: Request,
    read: impl FnOnce(&Hook) -> Result<Vec<T>, BadHook>,
) -> Result<Vec<T>, Problem> {
    let url = format!("{}{}", app.origin(), uri.path_and_query().map_or("/", |path| path.as_str()));
    let headers = request.headers().clone();
    let body = request::whole(request, request::MOST_OF_A_HOOK).await?;
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let hook = Hook { url: &url, header: &header, body: &body, now: app.now() };
    read(&hook).map_err(Problem::Hook)
}

fn digits(number: &str) -> &str {
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
    let owners = forms::with_keywords_for(app, &sender.from).await?;
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
            app.person(&who, Ask::Request(Box::new(new))).await?;
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
    app.person(&who, Ask::Reply(Box::new(new))).await?;
    Ok(())
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
        way: RequestWay::Keyword,
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
