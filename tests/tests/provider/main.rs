//! What an SMS provider can rely on, and what is relied on of it: contracts, signatures, webhooks, and what an answer
//! or its absence means.

mod contracts;
mod delivery_reports;
mod every_provider;
mod formats;
mod gateway_settings;
mod inbound;
mod look_back;
mod pacing;
mod peers;
mod recorded;
mod samples;
mod sending;
mod signatures;
mod stops;
mod unknown_end;
