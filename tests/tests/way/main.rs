//! The way of a person, in a real browser: says yes on a web page, and takes it back.

mod accessible;
mod again;
mod blocked;
mod errors;
mod events;
mod hand;
mod keyboard;
mod languages;
mod outdated;
mod phone;
mod shop;
mod without_script;
