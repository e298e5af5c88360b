//! What the hosted page says of asking again, where no script counts down.

use shared::{subject::Again, texts::AgainTexts};

use crate::state::{Done, NoteText, note};

impl Done {
    /// Says when it can be asked for again, or what to do instead.
    #[must_use]
    pub fn without_clock(self, texts: &AgainTexts) -> Self {
        let note = if self.is_spent() { &texts.spent } else { &texts.pause };
        Self { note: note.clone(), ..self }
    }

    /// Says that this press came before.
    #[must_use]
    pub fn known(self, texts: &AgainTexts) -> Self {
        Self { pressed: true, sent: texts.known.clone(), ..self }
    }

    /// Says that nothing came of the press, since no more than `again` was offered.
    #[must_use]
    pub fn in_vain(self, texts: &AgainTexts, again: Again) -> Self {
        let sent = if again == Again::No { String::new() } else { texts.early.clone() };
        let note = note(again, |text| {
            let text = match text {
                NoteText::Seconds => &texts.seconds,
                NoteText::Second => &texts.second,
                NoteText::Spent => &texts.spent,
            };
            text.clone()
        });
        Self { pressed: true, sent, note, ..self }
    }
}
