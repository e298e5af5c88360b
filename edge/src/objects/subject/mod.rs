//! One person: the record and the serialiser of everything about one number.

mod acted;
mod answers;
mod client;
mod commit;
mod deliver;
mod ends;
mod inbox;
mod leaving;
mod links;
mod messages;
mod notes;
mod object;
mod protocol;
mod queries;
mod record;
mod requests;
mod store;
mod tell;
mod view;

pub use client::{Client, Named};
pub use protocol::{AnswerReply, Around, NewEnd, NewMessage, NewReply, NewRequest, NewWord, Report, Tap};
pub use view::{LinkView, Managed, Question, Stored};
