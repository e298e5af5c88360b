//! What the owner's program can rely on: told of everything once, signed and in order.

mod events;
mod webhooks;
