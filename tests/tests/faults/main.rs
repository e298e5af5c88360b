//! What an error or a crash leaves behind, anywhere: all of a command or nothing of it.

mod errors;
mod kills;
mod outages;
mod tool;
