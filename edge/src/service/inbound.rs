//! What an SMS from a handset asks for.

use shared::{
    evidence::{self, Erasable, ReceivedSms},
    form::{FormVersion, Keyword},
    inbound::{self, Meaning},
    lang::Lang,
    phone::MobileNumber,
    settings::{Sender, Settings},
    stored::Contact,
};

use super::lookup;
use crate::{
    objects::subject::{NewReply, NewRequest},
    platform::{context::App, secrets::random},
    problem::Problem,
};

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
    match inbound::read(text, &served, &owners, number.country()) {
        Meaning::Request(form, keyword) => {
            let new = requested(app, settings, form, keyword, number, sms);
            app.person(number).await?.take_request(new).await
        }
        Meaning::NotTaken => Ok(()),
        Meaning::Reply(reply) => {
            let contact = Contact {
                controller: settings.controller.clone(),
                sender: sender.clone(),
                lang: Lang::of_country(number.country().as_str()),
                links_to: app.links_to(settings),
                form: None,
            };
            let new = NewReply { number: number.e164().to_owned(), contact, sms, text: text.to_owned(), reply, served };
            app.person(number).await?.take_reply(new).await
        }
    }
}

/// The request that a keyword makes (L16).
fn requested(
    app: &App,
    settings: &Settings,
    form: &FormVersion,
    keyword: &Keyword,
    number: &MobileNumber,
    sms: ReceivedSms,
) -> NewRequest {
    let erasables = vec![Erasable::new("number", number.e164(), random())];
    let request = evidence::Request::by_keyword(form, keyword, sms, app.now());
    NewRequest::new(number, form, app.links_to(settings), request).committed(erasables)
}
