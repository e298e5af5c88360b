//! What the owner's program can rely on: told of everything once, signed and in order.

mod api_description;
mod events;
mod webhooks;
