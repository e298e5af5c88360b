use super::leave::{advertising, is_known};
use crate::{
    evidence::SaidScope,
    settings::Purpose,
    subject::{Command, Scope, State, Word},
    time::Timestamp,
};

impl Word {
    /// What it does, where these purposes are `declared`; nothing for a purpose that was made up.
    pub fn command(self, state: &State, declared: &[Purpose], heard_at: Timestamp) -> Option<Command> {
        match &self {
            Self::Withdraw(Scope::Purpose(id)) if !is_known(id, state, declared) => None,
            _ => Some(Command::PassOn { word: self, advertising: advertising(declared), heard_at }),
        }
    }

    /// How much evidence says that was to end.
    pub const fn said(&self) -> SaidScope {
        match self {
            Self::Withdraw(Scope::Purpose(_)) => SaidScope::Purposes,
            Self::Object => SaidScope::Advertising,
            Self::Withdraw(Scope::All) | Self::WrongNumber | Self::Erase => SaidScope::Everything,
        }
    }
}
