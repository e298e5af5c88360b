//! The form that asks for consent: one Leptos view, rendered by the edge and hydrated in the browser.
//!
//! What never changes while a form is shown (the disclosure, the boxes, the words) is made by the
//! edge alone and reaches the view as [`Fixed`] HTML. The browser's half carries neither those texts
//! nor the code that writes them, only what moves: errors, progress, and what comes after the yes.

mod boxes;
mod done;
mod error;
mod fixed;
mod form;
mod number;
mod state;
mod summary;

#[cfg(feature = "hydrate")]
mod browser;
#[cfg(feature = "ssr")]
mod server;

#[cfg(feature = "ssr")]
pub use server::{Options, Place, render};
pub use state::{Answers, Done, Field, FormState, Problem, Stage};
