//! What holds for everything that strangers can send, whatever it is: one function for each parser, which takes any
//! bytes and panics where something doesn't hold.
//!
//! `tests/fuzz` looks for such bytes (CONTRIBUTING.md); the test of this package tries those that it has kept. Bytes
//! are read as a few lines, so that what is kept can be read and written: `lines.rs`.

mod addresses;
mod bodies;
mod gateways;
mod lines;
mod links;
mod numbers;
mod owner;
mod posted;
mod proofs;
mod provider;
mod queries;
mod replies;
mod shop;
mod texts;

/// A parser by its name, which its corpus has too.
pub type Target = (&'static str, fn(&[u8]));

/// All of them.
pub const TARGETS: [Target; 27] = [
    ("address", addresses::address),
    ("answers", provider::answers),
    ("form_draft", owner::form_draft),
    ("form_post", posted::form_post),
    ("gatewayapi", gateways::gatewayapi),
    ("headers", addresses::headers),
    ("http", gateways::http),
    ("ids", links::ids),
    ("invite", addresses::invite),
    ("lint", texts::lint),
    ("malformed", bodies::malformed),
    ("messages", bodies::messages),
    ("phone", numbers::phone),
    ("proof_of_work", proofs::proof_of_work),
    ("query", queries::query),
    ("quiet", owner::quiet),
    ("reference", links::reference),
    ("reply", replies::reply),
    ("settings", owner::settings),
    ("seven", gateways::seven),
    ("sms", texts::sms),
    ("stamp", proofs::stamp),
    ("submission", posted::submission),
    ("template", texts::template),
    ("token", links::token),
    ("twilio", gateways::twilio),
    ("vonage", gateways::vonage),
];

/// Tries a parser by its name.
pub fn run(name: &str, data: &[u8]) {
    match TARGETS.iter().find(|(known, _)| *known == name) {
        Some((_, target)) => target(data),
        None => panic!("no parser is called {name}"),
    }
}
