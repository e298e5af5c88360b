//! SMS providers: what is sent to each, what each answers, and what its webhooks mean.
//!
//! Pure: a gateway turns an SMS into an HTTP call and an HTTP answer into an [`Outcome`]; who has a network carries
//! them. `docs/gateways.md` says what each provider can do.

mod any;
mod call;
mod decode;
mod gatewayapi;
pub mod http;
mod inbound;
mod lint;
mod seven;
mod signature;
mod twilio;
mod twilio_list;
mod vonage;

#[cfg(test)]
mod tests;

pub use any::Gateway;
pub use call::{Answer, Call, Envelope, Failure, LookedUp, Method, Outcome, Secrets, secret_name};
pub use decode::Charset;
pub use gatewayapi::GatewayApi;
pub use http::Http;
pub use inbound::{
    About, BadInbound, Delivery, Extent, InboundCall, InboundPage, InboundSms, ListedSms, Meant, SmsId, Status, Thanks,
};
pub use seven::Seven;
pub use twilio::Twilio;
pub use vonage::Vonage;
