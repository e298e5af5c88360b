//! What providers call: SMS from handsets, and delivery reports.

use axum::{
    extract::Request,
    http::{Uri, header},
    response::{IntoResponse as _, Response},
};
use futures_util::future::try_join_all;
use shared::{
    gateway::{About, BadInbound, Gateway, Status},
    ids::GatewayId,
    inbound::{Arrived, handset},
    message::MessageId,
    settings::Settings,
    stored::{Unread, WhyUnread},
};

use crate::{
    objects::{gateway::Client as GatewayObject, subject::Report},
    platform::context::App,
    problem::Problem,
    request::Path,
    service::{
        inbound::take,
        lookup,
        provider::{Read, Webhook},
    },
};

/// SMS from handsets. What is the provider's and can't be read is kept for the owner: who repeats it would change
/// nothing.
#[worker::send]
pub async fn inbound(app: App, Path(id): Path<String>, uri: Uri, request: Request) -> Result<Response, Problem> {
    let (settings, id) = find(&app, &id).await?;
    let webhook = Webhook::of(&uri, request).await?;
    let read = webhook.read(&app, &settings, &id, |gateway, call, secrets| gateway.inbound(call, secrets)).await?;
    let Read { gateway, found, described } = read;
    let Some(found) = found else {
        keep(&app, &gateway, WhyUnread::Format, &webhook).await?;
        return Ok(thanks(&gateway));
    };
    for sms in found {
        match handset(&sms.from, gateway.home()) {
            Some(number) => {
                let arrived = Arrived::new(sms, gateway.id().clone(), None, app.now()).by(described);
                take(&app, &settings, &number, arrived).await?;
            }
            None => keep(&app, &gateway, WhyUnread::Sender, &webhook).await?,
        }
    }
    Ok(thanks(&gateway))
}

async fn keep(app: &App, gateway: &Gateway, why: WhyUnread, webhook: &Webhook) -> Result<(), Problem> {
    worker::console_error!("gateway {}: an SMS can't be read ({}); it is kept", gateway.id(), why.name());
    let unread = Unread::new(gateway.id().clone(), why, app.now(), &webhook.body);
    Ok(GatewayObject::of(app.env(), gateway.id()).keep_unread(unread).await?)
}

/// Delivery reports.
#[worker::send]
pub async fn status(app: App, Path(id): Path<String>, uri: Uri, request: Request) -> Result<Response, Problem> {
    let (settings, id) = find(&app, &id).await?;
    let webhook = Webhook::of(&uri, request).await?;
    let read = webhook.read(&app, &settings, &id, |gateway, call, secrets| gateway.status(call, secrets)).await?;
    let found = read.found.ok_or(Problem::Inbound(BadInbound::Malformed))?;
    let (app, id) = (&app, &id);
    let taken = found.into_iter().map(|status| async move {
        // What isn't ours may be an SMS that the owner sent by themselves.
        let Some(message) = about(app, id, &status).await? else {
            return Ok(());
        };
        let Status { message_id: provider_id, delivery, .. } = status;
        let report = Report { message, delivery, gateway: id.clone(), provider_id };
        app.subject(message.subject()).await?.take_report(report).await
    });
    try_join_all(taken).await?;
    Ok(thanks(&read.gateway))
}

/// The SMS that a report is about, if it is one of ours.
async fn about(app: &App, gateway: &GatewayId, status: &Status) -> Result<Option<MessageId>, Problem> {
    Ok(match &status.about {
        About::Reference(reference) => reference.parse().ok(),
        About::ProviderId(id) => GatewayObject::of(app.env(), gateway).find_taken(id.clone()).await?,
    })
}

async fn find(app: &App, id: &str) -> Result<(std::rc::Rc<Settings>, GatewayId), Problem> {
    let id: GatewayId = id.parse().map_err(|_| Problem::NotFound)?;
    // Where nobody can be asked, what this isolate knew last is enough to take a STOP.
    let settings = lookup::last_known_settings(app.env()).await?.ok_or(Problem::NotSetUp)?;
    Ok((settings, id))
}

fn thanks(gateway: &Gateway) -> Response {
    let thanks = gateway.thanks();
    ([(header::CONTENT_TYPE, thanks.content_type)], thanks.body).into_response()
}
