use shared::limits::{Day, Take, Taken};

use crate::platform::object::protocol;

protocol! {
    commands {
        /// Takes one from an allowance.
        TakeOne {
            take: Take,
        } -> Taken;
        /// Counts one that another limit held back.
        HoldBack {} -> ();
    }
    queries {
        ListDays {} -> Vec<Day>;
    }
}
