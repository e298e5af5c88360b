//! What an SMS from a handset asks for.

use shared::{
    evidence::{self, Erasable},
    form::{FormVersion, Keyword},
    inbound::{Arrived, Asked, keyword, sender_at},
    lang::Lang,
    phone::MobileNumber,
    settings::Settings,
    subject::At,
};

use super::lookup;
use crate::{
    objects::subject::{NewReply, NewRequest},
    platform::{context::App, secrets::random},
    problem::Problem,
};

/// Takes an SMS from a handset, whatever number of ours it came in at: a keyword makes a request, everything else is a
/// reply. Only what may be a keyword asks anybody but the person's own object, so that nothing else stops a STOP.
pub async fn take(app: &App, settings: &Settings, number: &MobileNumber, arrived: Arrived) -> Result<(), Problem> {
    let sender = sender_at(&settings.senders, &arrived.sms.gateway, &arrived.sms.to);
    if let Some(sender) = sender.filter(|sender| sender.receives)
        && arrived.may_be_a_keyword(&settings.purposes)
    {
        let owners = lookup::with_keywords_for(app, &sender.from).await?;
        match keyword(&arrived.text, &owners, number.country()) {
            Some(Asked::For(form, keyword)) => {
                let new = requested(app, settings, form, keyword, number, arrived);
                return app.person(number).await?.take_request(new).await;
            }
            Some(Asked::NotTaken) => return Ok(()),
            None => {}
        }
    }
    let mut arrived = arrived;
    if let Some(sender) = sender {
        arrived.sms.to.clone_from(&sender.from);
    }
    let new = NewReply {
        number: number.e164().to_owned(),
        at: if sender.is_some() { At::Ours } else { At::Elsewhere },
        served: settings.served_by(&arrived.sms.to).map(|purpose| purpose.id.clone()).collect(),
        purposes: settings.purposes.clone(),
        senders: settings.senders.clone(),
        controller: settings.controller.clone(),
        lang: Lang::of_country(number.country().as_str()),
        links_to: app.links_to(settings),
        arrived,
    };
    app.person(number).await?.take_reply(new).await
}

/// The request that a keyword makes (L16).
fn requested(
    app: &App,
    settings: &Settings,
    form: &FormVersion,
    keyword: &Keyword,
    number: &MobileNumber,
    arrived: Arrived,
) -> NewRequest {
    let erasables = vec![Erasable::new("number", number.e164(), random())];
    let request = evidence::Request::by_keyword(form, keyword, arrived.sms, app.now());
    let new = NewRequest::new(number, form, app.links_to(settings), request).committed(erasables);
    NewRequest { keyword: Some(arrived.seen), ..new }
}
