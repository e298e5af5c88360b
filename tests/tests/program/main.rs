//! What the owner's program can rely on: told of everything once, signed and in order.

mod api_description;
mod bad_calls;
mod events;
mod webhooks;
