//! What a person can rely on: asked once and clearly, held to nothing but a yes, let go at once.

mod a_way_out;
mod always_a_page;
mod answers_alike;
mod confirm_by_reply;
mod erasure;
mod hosted_page;
mod keywords;
mod links;
mod model;
mod number_page;
mod objection;
mod privacy;
mod proof_of_work;
mod replies;
mod requests;
mod silence;
mod welcome;
mod wrong_input;
