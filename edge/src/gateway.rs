//! Hands SMS to the gateways of the settings. What is sent, and what the answers mean, is `shared::gateway`.

use std::time::Duration;

use shared::{
    gateway::{self, Answer, Call, Envelope, Gateway, InboundPage, LookedUp, Outcome, secret_name},
    ids::GatewayId,
    settings::Settings,
    time::Timestamp,
};
use worker::{Env, Method};

use crate::{
    objects::gateway::Client as GatewayObject,
    platform::fetch::{self, NoAnswer},
};

/// How long a provider may take to answer: longer than the platform itself takes to say for sure that it was never
/// reached (522, after some 19 s).
const PATIENCE: Duration = Duration::from_secs(25);

/// The secrets of a gateway, as the platform binds them.
pub struct Secrets<'a> {
    env: &'a Env,
    gateway: &'a GatewayId,
}

impl<'a> Secrets<'a> {
    pub fn of(env: &'a Env, gateway: &'a GatewayId) -> Self {
        Self { env, gateway }
    }
}

impl gateway::Secrets for Secrets<'_> {
    fn get(&self, name: &str) -> String {
        bound(self.env, &secret_name(self.gateway, name))
    }
}

/// A secret as the platform binds it; empty where it doesn't.
fn bound(env: &Env, name: &str) -> String {
    env.secret(name).map(|secret| secret.to_string()).unwrap_or_default()
}

/// The secrets that a gateway needs and the platform lacks, by the names to set them under.
pub fn missing_secrets(env: &Env, gateway: &Gateway) -> Vec<String> {
    gateway.secret_names().into_iter().filter(|name| bound(env, name).is_empty()).collect()
}

pub async fn send(env: &Env, settings: &Settings, id: &GatewayId, sms: &Envelope<'_>) -> Outcome {
    #[cfg(feature = "simulator")]
    if id.is_simulator() {
        return simulator::send(env, sms).await;
    }
    let Some(gateway) = settings.gateway(id) else {
        worker::console_error!("the settings have no gateway {id}; its SMS wait");
        return Outcome::Failed(gateway::Failure::Credentials);
    };
    let missing = missing_secrets(env, gateway);
    if !missing.is_empty() {
        worker::console_error!("gateway {id}: the secrets {} are missing", missing.join(", "));
        return Outcome::Failed(gateway::Failure::Credentials);
    }
    match carry(gateway.send(sms, &Secrets::of(env, id))).await {
        Ok(answer) => {
            let outcome = gateway.outcome(&answer.as_answer());
            match &outcome {
                Outcome::Accepted(taken) if gateway.reports_by_its_id() => note_taken(env, id, taken, sms).await,
                Outcome::Accepted(_) => {}
                _ => worker::console_error!("gateway {id} answered {}: {outcome:?}", answer.status),
            }
            outcome
        }
        Err(NoAnswer::Unsendable) => {
            worker::console_error!("gateway {id}: no call can be made of its settings and secrets");
            Outcome::Failed(gateway::Failure::Credentials)
        }
        Err(NoAnswer::Late | NoAnswer::Lost) => {
            worker::console_error!("gateway {id} gave no answer");
            Outcome::Unknown
        }
    }
}

/// Notes under which id the provider took an SMS, for its reports. Without it they say nothing; the SMS has left all
/// the same.
async fn note_taken(env: &Env, id: &GatewayId, taken: &str, sms: &Envelope<'_>) {
    let Ok(message) = sms.reference.parse() else { return };
    if let Err(error) = GatewayObject::of(env, id).note_taken(taken.to_owned(), message).await {
        worker::console_error!("gateway {id}: reports of an SMS won't be found: {error}");
    }
}

/// Asks whether the provider took an SMS that was tried at `since`.
pub async fn look_up(env: &Env, settings: &Settings, id: &GatewayId, sms: &Envelope<'_>, since: Timestamp) -> LookedUp {
    #[cfg(feature = "simulator")]
    if id.is_simulator() {
        return simulator::look_up(env, sms.reference).await;
    }
    let call = settings.gateway(id).and_then(|gateway| Some((gateway, gateway.look_up(sms, &Secrets::of(env, id))?)));
    let Some((gateway, call)) = call else {
        return LookedUp::CantAsk;
    };
    match carry(call).await {
        Ok(answer) => gateway.looked_up(sms, since, &answer.as_answer()),
        Err(_) => LookedUp::Later,
    }
}

/// A page of what the provider says came in at a number since then; nothing where it can't be read.
pub async fn list_inbound(
    env: &Env,
    gateway: &Gateway,
    to: &str,
    since: Timestamp,
    page: Option<&str>,
) -> Option<InboundPage> {
    let call = gateway.list_inbound(to, since, page, &Secrets::of(env, gateway.id()))?;
    let answer = carry(call).await.ok()?;
    gateway.listed_inbound(&answer.as_answer())
}

/// Whether that can be asked at all.
pub fn can_look_up(env: &Env, settings: &Settings, id: &GatewayId, sms: &Envelope) -> bool {
    id.is_simulator()
        || settings.gateway(id).is_some_and(|gateway| gateway.look_up(sms, &Secrets::of(env, id)).is_some())
}

impl fetch::Answer {
    fn as_answer(&self) -> Answer<'_> {
        Answer { status: self.status, retry_after: self.retry_after, body: &self.body }
    }
}

async fn carry(call: Call) -> Result<fetch::Answer, NoAnswer> {
    let method = match call.method {
        gateway::Method::Get => Method::Get,
        gateway::Method::Post => Method::Post,
    };
    fetch::call(method, &call.url, &call.headers, &call.body, PATIENCE).await
}

#[cfg(feature = "simulator")]
mod simulator {
    use shared::{
        gateway::{Envelope, Failure, Outcome},
        time::Timestamp,
    };
    use worker::Env;

    use super::LookedUp;
    use crate::objects::phone::{self, Sms};

    pub async fn send(env: &Env, envelope: &Envelope<'_>) -> Outcome {
        let sms = Sms {
            id: format!("sim-{}", envelope.reference),
            from: envelope.from.to_owned(),
            to: envelope.to.to_owned(),
            text: envelope.text.to_owned(),
            sent_at: Timestamp::from_millis(0), // the phone has its own clock
        };
        match phone::Client::of(env).take(envelope.reference.to_owned(), sms).await {
            Ok(Some(id)) => Outcome::Accepted(id),
            _ => Outcome::Failed(Failure::Later),
        }
    }

    pub async fn look_up(env: &Env, reference: &str) -> LookedUp {
        match phone::Client::of(env).look_up(reference.to_owned()).await {
            Ok(Some(id)) => LookedUp::Taken(id),
            Ok(None) => LookedUp::NotTaken,
            Err(_) => LookedUp::Later,
        }
    }
}
