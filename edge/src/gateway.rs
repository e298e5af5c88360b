//! The gateways: what hands an SMS to a provider.

use shared::settings::Gateway;
use worker::Env;

/// An SMS on its way out.
pub struct Envelope<'a> {
    /// Our reference: the same SMS tried twice carries the same one.
    pub reference: &'a str,
    /// The sender.
    pub from: &'a str,
    /// The number, E.164.
    pub to: &'a str,
    /// The text.
    pub text: &'a str,
}

/// What became of an attempt.
pub enum Sent {
    /// The provider took it, under this id.
    Accepted(String),
    /// It surely was not sent; another try may help.
    Retry,
}

/// Hands an SMS over.
pub async fn send(env: &Env, gateway: Gateway, envelope: &Envelope<'_>) -> Sent {
    match gateway {
        #[cfg(feature = "simulator")]
        Gateway::Simulator => simulator::send(env, envelope).await,
        #[cfg(not(feature = "simulator"))]
        Gateway::Simulator => {
            let _ = (env, envelope.reference, envelope.from, envelope.to, envelope.text);
            worker::console_error!("this build has no simulated phone; name a real gateway in the settings");
            Sent::Retry
        }
    }
}

/// Whether the provider took an SMS whose attempt was cut off, by our reference.
pub async fn look_up(env: &Env, gateway: Gateway, reference: &str) -> Option<String> {
    match gateway {
        #[cfg(feature = "simulator")]
        Gateway::Simulator => simulator::look_up(env, reference).await,
        #[cfg(not(feature = "simulator"))]
        Gateway::Simulator => {
            let _ = (env, reference);
            None
        }
    }
}

#[cfg(feature = "simulator")]
mod simulator {
    use shared::time::Timestamp;
    use worker::Env;

    use super::{Envelope, Sent};
    use crate::objects::{
        ask,
        phone::{Answer, Ask, NAME, Sms},
    };

    pub async fn send(env: &Env, envelope: &Envelope<'_>) -> Sent {
        let sms = Sms {
            id: format!("sim-{}", envelope.reference),
            from: envelope.from.to_owned(),
            to: envelope.to.to_owned(),
            text: envelope.text.to_owned(),
            sent_at: Timestamp::from_millis(0), // the phone has its own clock
        };
        match ask(env, "PHONE", NAME, &Ask::Take(envelope.reference.to_owned(), sms)).await {
            Ok(Answer::Taken(Some(id))) => Sent::Accepted(id),
            _ => Sent::Retry,
        }
    }

    pub async fn look_up(env: &Env, reference: &str) -> Option<String> {
        match ask(env, "PHONE", NAME, &Ask::Look(reference.to_owned())).await {
            Ok(Answer::Taken(id)) => id,
            _ => None,
        }
    }
}
