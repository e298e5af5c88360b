//! The contract, by HTTP: what the widget, a browser without JavaScript, a handset and the owner can rely on.

mod alike;
mod assets;
mod bad_input;
mod erasure;
mod gate;
mod hosted;
mod limits;
mod links;
mod number_page;
mod owner;
mod proof;
mod publishing;
mod replies;
mod requests;
mod simulator;
