//! The simulated phone: development builds only, and only where the edge itself is on this machine.

use axum::{
    Json, Router,
    extract::Request,
    http::StatusCode,
    middleware::{Next, from_fn},
    response::{IntoResponse as _, Redirect, Response},
    routing::{get, post},
};
use serde::Deserialize;
use shared::{
    evidence::ReceivedSms,
    gateway::Extent,
    hex,
    ids::GatewayId,
    inbound::{Arrived, Described, Seen, handset},
    lang::Lang,
    settings::same_number,
    time::Timestamp,
};

use crate::{
    assets,
    objects::phone::{Client as Phone, Sms},
    pages::{self, Handset, PhoneMessage, Simulator},
    platform::{
        clock,
        context::App,
        intl::{self, Exact},
        meter,
        secrets::random,
    },
    problem::Problem,
    request::{Form, Json as Body, Query},
    routes::page::{Script, page, shell},
    service::{former::former, inbound::take},
};

pub fn router() -> Router {
    Router::new()
        .route("/simulator", get(show))
        .route("/simulator/messages", get(messages))
        .route("/simulator/reply", post(reply))
        .route("/simulator/clock", post(turn))
        .route("/simulator/billed", get(async || Json(meter::read())))
        .merge(super::rehearsal::router())
        .merge(super::faults::router())
        .layer(from_fn(on_this_machine))
}

async fn on_this_machine(app: App, request: Request, next: Next) -> Response {
    let host = app.origin().split_once("://").map_or("", |(_, host)| host);
    let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
    if ["127.0.0.1", "localhost", "[::1]"].contains(&host) {
        return next.run(request).await;
    }
    Problem::NotFound.into_response()
}

#[derive(Deserialize)]
struct Chosen {
    number: Option<String>,
}

#[worker::send]
async fn show(app: App, Query(chosen): Query<Chosen>) -> Result<Response, Problem> {
    let phone = Phone::of(app.env());
    let mut handsets = Vec::new();
    for number in phone.handsets().await? {
        let messages = phone
            .list(number.clone())
            .await?
            .into_iter()
            .map(|sms| PhoneMessage {
                outgoing: sms.from == number,
                sent_at: intl::time(sms.sent_at, Lang::De, "Europe/Berlin", Exact::Second),
                id: sms.id,
                from: sms.from,
                to: sms.to,
                text: sms.text,
            })
            .collect();
        handsets.push(Handset { number, messages });
    }
    let html = pages::simulator(
        &shell(Lang::De, None),
        &Simulator {
            handsets: &handsets,
            number: chosen.number.as_deref(),
            css: assets::path("simulator.css"),
            script: assets::path("simulator.js"),
        },
    );
    Ok(page(html, Script::Own))
}

#[derive(Deserialize)]
struct To {
    to: String,
}

/// SMS to a number, the oldest first.
#[worker::send]
async fn messages(app: App, Query(To { to }): Query<To>) -> Result<Json<Vec<Sms>>, Problem> {
    // A plus that was not escaped arrives as a space.
    let to = to.replace(' ', "+");
    let received = Phone::of(app.env()).list(to.clone()).await?.into_iter().filter(|sms| sms.to == to);
    Ok(Json(received.collect()))
}

#[derive(Deserialize)]
struct Replied {
    from: String,
    to: String,
    text: String,
}

/// An SMS from a handset to a sender, as a provider's webhook would bring it.
#[worker::send]
async fn reply(app: App, request: Request) -> Result<Response, Problem> {
    use axum::extract::FromRequest as _;
    let by_form = request
        .headers()
        .get("content-type")
        .is_some_and(|value| value.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
    let Replied { from, to, text } =
        if by_form { Form::from_request(request, &()).await?.0 } else { Body::from_request(request, &()).await?.0 };
    let settings = app.settings().await?;
    // Handsets know numbers that the settings have no more.
    let former = former(app.env()).await?;
    if !settings.receives_at(&to) && !former.numbers.iter().any(|number| same_number(number, &to)) {
        return Err(Problem::field("to", "no_receiver", Lang::De.phone().no_receiver));
    }
    let number =
        handset(&from, None).ok_or_else(|| Problem::field("from", "not_mobile", Lang::De.phone().not_mobile))?;
    let id = format!("sim-{}", hex::write(&random::<8>()));
    let sms = Sms {
        id: id.clone(),
        from: number.e164().to_owned(),
        to: to.clone(),
        text: text.clone(),
        sent_at: Timestamp::from_millis(0),
    };
    Phone::of(app.env()).take(format!("reply-{id}"), sms).await?;
    let received = ReceivedSms {
        id,
        gateway: GatewayId::simulator(),
        to,
        received_at: Some(app.now()),
        signature_verified: false, // there is nobody else on this machine
    };
    let (extent, described) = (Extent::Whole, Described::Now);
    let arrived = Arrived { sms: received, text, meant: None, extent, seen: Seen::ById, described };
    take(&app, &settings, &number, arrived).await?;
    Ok(if by_form {
        let back = format!("/simulator?number={}", number.e164().replace('+', "%2B"));
        Redirect::to(&back).into_response()
    } else {
        StatusCode::ACCEPTED.into_response()
    })
}

#[derive(Deserialize)]
struct Ahead {
    seconds: u32,
}

/// Lets time pass, for tests.
async fn turn(Body(Ahead { seconds }): Body<Ahead>) -> StatusCode {
    clock::turn(seconds);
    StatusCode::NO_CONTENT
}
