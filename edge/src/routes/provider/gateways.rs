//! What providers call: SMS from handsets, and delivery reports.

use axum::{
    extract::Request,
    http::{StatusCode, Uri},
};
use futures_util::future::try_join_all;
use shared::{
    evidence::ReceivedSms,
    gateway::{BadInbound, Gateway, InboundCall},
    ids::GatewayId,
    inbound::{handset, receiver},
    message::MessageId,
    settings::Settings,
};

use crate::{
    gateway::{Secrets, missing_secrets},
    objects::subject::Report,
    platform::context::App,
    problem::Problem,
    request::{self, Path},
    service::inbound::take,
};

/// SMS from handsets.
#[worker::send]
pub async fn inbound(app: App, Path(id): Path<String>, uri: Uri, request: Request) -> Result<StatusCode, Problem> {
    let settings = app.settings().await?;
    let gateway = find(&app, &settings, &id)?;
    let read = |call: &InboundCall| gateway.inbound(call, &Secrets::of(app.env(), gateway.id()));
    for sms in read_call(&app, uri, request, read).await? {
        let to = receiver(&settings, gateway.id(), &sms.to);
        // Neither a landline nor a number of somebody else's is anything that the provider could do better.
        if let (Some(sender), Some(number)) = (to, handset(&sms.from)) {
            let received = ReceivedSms {
                id: sms.id,
                gateway: gateway.id().clone(),
                to: sender.from.clone(),
                received_at: Some(app.now()),
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
    let read = |call: &InboundCall| gateway.status(call, &Secrets::of(app.env(), gateway.id()));
    let reports = read_call(&app, uri, request, read).await?.into_iter().filter_map(|report| {
        // What isn't ours may be an SMS that the owner sent by themselves.
        let message: MessageId = report.reference.parse().ok()?;
        Some(Report {
            message,
            delivery: report.delivery,
            gateway: gateway.id().clone(),
            provider_id: report.message_id,
        })
    });
    let app = &app;
    let taken =
        reports.map(|report| async move { app.subject(report.message.subject()).await?.take_report(report).await });
    try_join_all(taken).await?;
    Ok(StatusCode::OK)
}

fn find<'a>(app: &App, settings: &'a Settings, id: &str) -> Result<&'a Gateway, Problem> {
    let id: GatewayId = id.parse().map_err(|_| Problem::NotFound)?;
    let gateway = settings.gateway(&id).ok_or(Problem::NotFound)?;
    // Without its secret everybody could sign.
    let missing = missing_secrets(app.env(), gateway);
    if missing.is_empty() { Ok(gateway) } else { Err(Problem::MissingSecrets(missing)) }
}

async fn read_call<T>(
    app: &App,
    uri: Uri,
    request: Request,
    read: impl Fn(&InboundCall) -> Result<Vec<T>, BadInbound>,
) -> Result<Vec<T>, Problem> {
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let headers = request.headers().clone();
    let body = request::whole(request, request::MOST_OF_AN_INBOUND_CALL).await?;
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    // Some sign the address: after a move a provider may still have the old one, and a STOP must come in.
    for origin in app.origins() {
        let url = format!("{origin}{path}");
        match read(&InboundCall { url: &url, header: &header, body: &body, now: app.now() }) {
            Err(BadInbound::Unsigned) => {}
            read => return read.map_err(Problem::Inbound),
        }
    }
    Err(Problem::Inbound(BadInbound::Unsigned))
}
