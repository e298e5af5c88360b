use serde::{Deserialize, Serialize};

use crate::{
    evidence::SaidScope,
    settings::{Purpose, advertising},
    subject::{Command, Scope, State, Way},
    wire::{Action, Tapped},
};

/// What somebody ends by the code of an advertising SMS: that is all that it can do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Leave {
    Withdraw(Scope),
    /// All advertising (GDPR 21(2)).
    Object,
}

impl Leave {
    /// What a button asks for. Whatever else is posted ends nothing.
    pub fn of(tapped: Tapped) -> Option<Self> {
        match tapped.action? {
            Action::Withdraw => Some(Self::Withdraw(tapped.purpose.map_or(Scope::All, Scope::Purpose))),
            Action::Object => Some(Self::Object),
            _ => None,
        }
    }

    /// What it does, where these purposes are `declared`; nothing for a purpose that was made up.
    pub fn command(self, state: &State, declared: &[Purpose]) -> Option<Command> {
        let way = Way::WayOut;
        match self {
            Self::Withdraw(scope) if scope.is_made_up(state, declared) => None,
            Self::Withdraw(scope) => Some(Command::Withdraw { scope, way }),
            Self::Object => Some(Command::Object { advertising: advertising(declared), way }),
        }
    }

    /// How much evidence says that was to end.
    pub const fn said(&self) -> SaidScope {
        match self {
            Self::Withdraw(Scope::All) => SaidScope::Everything,
            Self::Withdraw(Scope::Purpose(_)) => SaidScope::Purposes,
            Self::Object => SaidScope::Advertising,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_can_only_end() {
        for action in
            [Action::Confirm, Action::Refuse, Action::FreshLink, Action::Allow, Action::WrongNumber, Action::Erase]
        {
            let tapped = Tapped { action: Some(action), understood: Some("yes".into()), ..Tapped::default() };
            assert_eq!(Leave::of(tapped), None);
        }
        assert_eq!(Leave::of(Tapped::default()), None);
    }

    #[test]
    fn a_purpose_that_was_made_up_ends_nothing() {
        let leave = Leave::Withdraw(Scope::Purpose("nosuch".parse().unwrap()));
        assert_eq!(leave.command(&State::default(), &[]), None);
    }
}
