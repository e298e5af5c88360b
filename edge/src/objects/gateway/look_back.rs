//! Reads each hour what the provider says came in: a STOP that came while the edge was down is found.

use shared::{
    deletion::LOOK_BACK,
    gateway::{InboundPage, ListedSms},
    ids::GatewayId,
    inbound::{Arrived, Described, handset},
    settings::Settings,
    time::Span,
};
use worker::{Env, Result};

use super::store::Store;
use crate::{
    gateway,
    platform::{clock, context::App},
    problem::Problem,
    service::{former, inbound::take, lookup},
};

/// How often.
pub const EVERY: Span = Span::hours(1);
/// Pages that are read at once. Beyond that the oldest wait, and are logged.
const MOST_PAGES: usize = 40;

/// Looks once; says whether there will be anything to look for again.
pub async fn look_back(env: &Env, store: &Store, id: &GatewayId) -> Result<bool> {
    let settings = lookup::settings(env).await.map_err(Problem::into_error)?;
    let former = former::former(env).await.map_err(Problem::into_error)?;
    let Some(settings) = settings else {
        return Ok(false);
    };
    let described = settings.gateway(id).or_else(|| former.gateways_of(id).next());
    let numbers = settings.receiving_by(id, &former);
    let Some(gateway) = described.filter(|gateway| gateway.lists_inbound() && !numbers.is_empty()) else {
        return Ok(false);
    };
    if !gateway::missing_secrets(env, gateway).is_empty() {
        return Ok(settings.gateway(id).is_some());
    }
    let app = App::new(env.clone(), &Default::default())?;
    let since = clock::now() - LOOK_BACK;
    let mut pages = MOST_PAGES;
    for number in numbers {
        let mut all: Vec<ListedSms> = Vec::new();
        let mut page: Option<String> = None;
        loop {
            if pages == 0 {
                worker::console_error!("gateway {id}: its list of what came in is too long to be read whole");
                break;
            }
            pages -= 1;
            let Some(InboundPage { sms, next }) =
                gateway::list_inbound(env, gateway, &number, since, page.as_deref()).await
            else {
                worker::console_error!("gateway {id}: its list of what came in can't be read; in an hour again");
                break;
            };
            all.extend(sms);
            match next {
                Some(next) => page = Some(next),
                None => break,
            }
        }
        // In the order in which they were sent.
        all.sort_by_key(|listed| listed.sent_at);
        for listed in all.into_iter().filter(|listed| listed.sent_at >= since) {
            found(&app, store, &settings, id, listed).await?;
        }
    }
    Ok(true)
}

/// Takes an SMS as if its webhook had come, once.
async fn found(app: &App, store: &Store, settings: &Settings, id: &GatewayId, listed: ListedSms) -> Result<()> {
    let ListedSms { sms, sent_at } = listed;
    let sid = sms.id.text().to_owned();
    if store.has_found(&sid)? {
        return Ok(());
    }
    let Some(number) = handset(&sms.from, None) else {
        return store.note_found(&sid, clock::now());
    };
    let described = if settings.gateway(id).is_some() { Described::Now } else { Described::Before };
    let arrived = Arrived::new(sms, id.clone(), Some(sent_at), clock::now()).by(described);
    match take(app, settings, &number, arrived).await {
        Ok(()) => store.note_found(&sid, clock::now()),
        Err(problem) => {
            worker::console_error!("gateway {id}: an SMS of its list waits: {}", problem.into_error());
            Ok(())
        }
    }
}
