//! What one person's consent is: the state, and the pure function that changes it.
//!
//! `decide(state, command, now)` answers with changes or a refusal; applying the changes is all that ever
//! alters a state. A request, its expiry or its refusal never touches a standing: only the person's own
//! confirming act gives, only withdrawing, objecting, disuse or erasure takes (L1, L7, L8, L10).

mod again;
mod change;
mod command;
mod decide;
mod due;
mod effects;
mod ending;
mod gate;
mod inbox;
mod kept;
mod leaving;
mod passed_on;
mod pending;
#[cfg(test)]
mod properties;
mod replies;
mod rules;
mod standing;
mod state;
mod suppression;
mod way;

pub use again::Again;
pub use change::{Change, Gave};
pub use command::{Answer, Asking, At, Command, Origin, Refusal, Scope, Word};
pub use decide::decide;
pub use due::{due, next_due};
pub use ending::Ending;
pub use gate::{Outgoing, Reason, Today, Verdict, Withheld, check, gate};
pub use inbox::{Inbox, InboxChange, OPEN_AT_MOST, OpenReply, ToRead, Waits};
pub use kept::Needed;
pub use pending::{Arrival, End, Hold, Pending};
pub use rules::*;
pub use standing::{Given, PurposeState, Standing, Terms};
pub use state::State;
pub use suppression::Suppression;
pub use way::Way;
