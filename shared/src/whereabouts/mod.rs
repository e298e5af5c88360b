//! Which object is a number's, while isolates of different age know different generations of the `index` key.
//!
//! The object of a number under the *oldest* generation decides: every ring has it, so whoever makes a record asks it.
//! It takes the record itself, or a *forwarding note* that names the place where the record will be, in the same
//! transaction in which it says that it knows nobody. Whoever comes later follows the note, even to a generation that
//! their own ring lacks. Looking up leaves nothing anywhere.

#[cfg(test)]
mod properties;

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::{
    deletion::FORWARDING_NOTE,
    key_ring::{KeyRing, NumberHash, SubjectId},
    phone::MobileNumber,
    time::Timestamp,
};

/// Where the object of a number is under one generation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    pub id: SubjectId,
    /// The whole keyed hash.
    pub hash: NumberHash,
}

/// A number's places, one for each generation of a ring.
#[derive(Debug, Clone)]
pub struct Places {
    older: Vec<Place>,
    current: Place,
    /// Known and not yet used; somebody may be there all the same, made by a younger isolate or before a step back.
    next: Option<Place>,
}

/// What somebody wants of a number's object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Errand {
    Look,
    /// Makes a record where there is none.
    Make,
}

/// What an object does with an errand for a number that it doesn't know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum IfNobody {
    /// Says so, and leaves nothing.
    Say,
    /// Notes where the record will be, and says that.
    Note(Place),
    /// Carries the errand out: there is no other place.
    Take,
}

/// The next question: the errand itself, for the object of that place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    pub to: Place,
    pub if_nobody: IfNobody,
}

/// Why an object did not carry an errand out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Elsewhere {
    Nobody,
    Moved(Place),
    /// Another number has this id here.
    AnotherNumber,
}

/// Why an errand ends without its object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lost {
    /// Another number has the id at the only place left.
    Collision,
    /// Notes that lead to notes; none of ours do.
    Circle,
}

impl Places {
    /// Nothing for a ring without a current generation, which can't be read.
    pub fn of(number: &MobileNumber, ring: &KeyRing) -> Option<Self> {
        let place = |(generation, key)| {
            let (id, hash) = SubjectId::of(number, generation, key);
            Place { id, hash }
        };
        let mut older: Vec<_> = ring.used().map(place).collect();
        let next = ring.oldest_first().nth(older.len()).map(place);
        Some(Self { current: older.pop()?, older, next })
    }

    /// The ids under which the number may be stored.
    pub fn ids(&self) -> Vec<SubjectId> {
        self.older.iter().chain([&self.current]).chain(&self.next).map(|place| place.id).collect()
    }

    fn oldest(&self) -> Place {
        self.older.first().copied().unwrap_or(self.current)
    }

    /// Where an errand goes, until somebody takes it.
    fn steps(&self, errand: Errand) -> VecDeque<Step> {
        let all = self.older.iter().chain([&self.current]).chain(&self.next).copied();
        let say = |to| Step { to, if_nobody: IfNobody::Say };
        match errand {
            // The oldest first: it has the notes.
            Errand::Look => {
                let others = all.filter(|place| *place != self.current).map(say);
                others.chain([Step { to: self.current, if_nobody: IfNobody::Take }]).collect()
            }
            // The oldest last: whoever is known elsewhere must not be noted there as somebody new.
            Errand::Make => {
                let oldest = self.oldest();
                let others: Vec<_> = all.filter(|place| *place != oldest).map(say).collect();
                let decides = if oldest == self.current { IfNobody::Take } else { IfNobody::Note(self.current) };
                others.into_iter().rev().chain([Step { to: oldest, if_nobody: decides }]).collect()
            }
        }
    }
}

/// The way of one errand to the object of a number.
pub struct Search {
    steps: VecDeque<Step>,
    moved: bool,
}

impl Search {
    pub fn new(places: &Places, errand: Errand) -> Self {
        Self { steps: places.steps(errand), moved: false }
    }

    /// Whom to ask now.
    ///
    /// # Errors
    /// There is nobody left to ask.
    pub fn step(&self) -> Result<Step, Lost> {
        self.steps.front().copied().ok_or(Lost::Circle)
    }

    /// Takes in why the object of [`Search::step`] did not carry the errand out.
    ///
    /// # Errors
    /// The errand ends here.
    pub fn learn(&mut self, elsewhere: Elsewhere) -> Result<(), Lost> {
        self.steps.pop_front();
        match elsewhere {
            Elsewhere::Nobody => Ok(()),
            Elsewhere::AnotherNumber if self.steps.is_empty() => Err(Lost::Collision),
            Elsewhere::AnotherNumber => Ok(()),
            Elsewhere::Moved(_) if self.moved => Err(Lost::Circle),
            Elsewhere::Moved(to) => {
                self.moved = true;
                self.steps = VecDeque::from([Step { to, if_nobody: IfNobody::Take }]);
                Ok(())
            }
        }
    }
}

/// What an object knows of a number that it is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    Nobody,
    /// Nobody, and what stands under the id alone, since a code was used or the owner passed a word on when nobody was
    /// known any more: whoever is made here takes it over.
    IdAlone,
    Here,
    AnotherNumber,
    Moved(Place),
}

/// What the object does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reception {
    CarryOut,
    Refer(Elsewhere),
    /// Keeps a note, and refers to its place.
    Note(Place),
}

/// How an object receives an errand. A note of a number stands beside the record of another one that has the same id.
pub const fn receive(known: Known, if_nobody: IfNobody) -> Reception {
    match (known, if_nobody) {
        (Known::Here, _) | (Known::Nobody, IfNobody::Take) => Reception::CarryOut,
        // The oldest object, or the only one, decides: nobody is known elsewhere, and here they are left alone.
        (Known::IdAlone, IfNobody::Take | IfNobody::Note(_)) => Reception::CarryOut,
        (Known::IdAlone, IfNobody::Say) => Reception::Refer(Elsewhere::Nobody),
        (Known::Moved(to), _) => Reception::Refer(Elsewhere::Moved(to)),
        (Known::Nobody | Known::AnotherNumber, IfNobody::Note(to)) => Reception::Note(to),
        (Known::Nobody, IfNobody::Say) => Reception::Refer(Elsewhere::Nobody),
        (Known::AnotherNumber, IfNobody::Say | IfNobody::Take) => Reception::Refer(Elsewhere::AnotherNumber),
    }
}

/// A note, as the object of the oldest generation keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForwardingNote {
    pub to: Place,
    pub until: Timestamp,
}

impl ForwardingNote {
    pub fn new(to: Place, now: Timestamp) -> Self {
        Self { to, until: now + FORWARDING_NOTE }
    }

    /// Where it leads, while it is in force.
    pub fn leads(&self, now: Timestamp) -> Option<Place> {
        (now < self.until).then_some(self.to)
    }
}
