//! Reads each hour what the provider says came in: a STOP that came while the edge was down is found.

use shared::{
    deletion::LOOK_BACK,
    gateway::{InboundPage, ListedSms},
    ids::GatewayId,
    inbound::{Arrived, Described, handset},
    settings::Settings,
    time::{Span, Timestamp},
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
/// Pages that are read at once, of all numbers. Beyond that the oldest wait, and are logged.
const MOST_PAGES: usize = 40;

/// Looks once; says whether there will be anything to look for again.
pub async fn look_back(env: &Env, store: &Store, id: &GatewayId) -> Result<bool> {
    let settings = lookup::settings(env).await.map_err(Problem::into_error)?;
    let former = former::former(env).await.map_err(Problem::into_error)?;
    let Some(settings) = settings else {
        return Ok(false);
    };
    let described = settings.gateway(id).or_else(|| former.gateways_of(id).next());
    let hour = usize::try_from(clock::now().millis() / 1000 / EVERY.whole_seconds()).unwrap_or_default();
    let numbers = settings.looked_for(id, &former, hour, MOST_PAGES);
    let Some(gateway) = described.filter(|gateway| gateway.lists_inbound() && !numbers.is_empty()) else {
        return Ok(false);
    };
    if !gateway::missing_secrets(env, gateway).is_empty() {
        return Ok(settings.gateway(id).is_some());
    }
    let app = App::new(env.clone(), &Default::default())?;
    let since = clock::now() - LOOK_BACK;
    let mut asked = Vec::new();
    for number in numbers {
        asked.push(Asked::new(store.is_read_through(&number)?, number));
    }
    // A page each, then a further one of those that have more: no number's SMS use up what the others need.
    let mut pages = MOST_PAGES;
    while pages > 0 && asked.iter().any(Asked::goes_on) {
        for number in asked.iter_mut().filter(|number| number.goes_on()).take(pages) {
            pages -= 1;
            let page = gateway::list_inbound(env, gateway, &number.number, since, number.next.as_deref()).await;
            number.take_page(store, page, since)?;
        }
    }
    for Asked { number, sms: mut all, reading, .. } in asked {
        match reading {
            Reading::Through => {}
            Reading::Goes => {
                worker::console_error!("gateway {id}: its list of what came in is too long to be read whole");
            }
            Reading::Failed => {
                worker::console_error!("gateway {id}: its list of what came in can't be read; in an hour again");
            }
        }
        let mut through = reading == Reading::Through;
        // In the order in which they were sent.
        all.sort_by_key(|listed| listed.sent_at);
        for listed in all.into_iter().filter(|listed| listed.sent_at >= since) {
            through &= found(&app, store, &settings, id, listed).await?;
        }
        store.note_read(&number, through, clock::now())?;
    }
    Ok(true)
}

/// A number of ours, and what the list has of it.
struct Asked {
    number: String,
    /// Whether all was taken an hour ago: then nothing new comes after a page that brings nothing new.
    was_read_through: bool,
    sms: Vec<ListedSms>,
    next: Option<String>,
    reading: Reading,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// There is more.
    Goes,
    /// To its end, or to what is known.
    Through,
    Failed,
}

impl Asked {
    const fn new(was_read_through: bool, number: String) -> Self {
        Self { number, was_read_through, sms: Vec::new(), next: None, reading: Reading::Goes }
    }

    fn goes_on(&self) -> bool {
        self.reading == Reading::Goes
    }

    fn take_page(&mut self, store: &Store, page: Option<InboundPage>, since: Timestamp) -> Result<()> {
        let Some(InboundPage { sms, next }) = page else {
            self.reading = Reading::Failed;
            return Ok(());
        };
        let mut known = self.was_read_through && !sms.is_empty();
        for listed in &sms {
            known = known && (listed.sent_at < since || store.has_found(listed.sms.id.text())?);
        }
        if known || next.is_none() {
            self.reading = Reading::Through;
        }
        self.sms.extend(sms);
        self.next = next;
        Ok(())
    }
}

/// Takes an SMS as if its webhook had come, once; says whether it is taken.
async fn found(app: &App, store: &Store, settings: &Settings, id: &GatewayId, listed: ListedSms) -> Result<bool> {
    let ListedSms { sms, sent_at } = listed;
    let sid = sms.id.text().to_owned();
    if store.has_found(&sid)? {
        return Ok(true);
    }
    let Some(number) = handset(&sms.from, None) else {
        return store.note_found(&sid, clock::now()).map(|()| true);
    };
    let described = if settings.gateway(id).is_some() { Described::Now } else { Described::Before };
    let arrived = Arrived::new(sms, id.clone(), Some(sent_at), clock::now()).by(described);
    match take(app, settings, &number, arrived).await {
        Ok(()) => store.note_found(&sid, clock::now()).map(|()| true),
        Err(problem) => {
            worker::console_error!("gateway {id}: an SMS of its list waits: {}", problem.into_error());
            Ok(false)
        }
    }
}
