//! What a word may say.

/// A part that a word, or several, may play in a reply. A word may have more than one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Class {
    /// Wants out, and means nothing else: "abmelden".
    Stop,
    /// A [`Class::Stop`] that is a call, not a verb's form: "stop".
    Call,
    /// Wants out where it stands alone or beside what we send: "Ende", "cancel".
    Weak,
    /// A verb that ends whatever it is about: "beenden".
    Halt,
    /// Sends the writer away: "verpisst euch".
    Away,
    /// Has had enough, or lets go: "mir langt's", "bin raus". Sounds like wanting out by itself.
    Fed,
    /// Calls somebody names.
    Insult,
    /// Finds something bad or useless, whatever it is: "nervt".
    Annoy,
    /// What is wanted of us: "Ruhe".
    Quiet,
    /// Too much of something: "dauernd", "zu viele".
    Often,
    /// Takes something away, in everyday words: "schmeißt", "lose".
    Drop,
    /// Ends a call to switch something off: "SMS aus".
    Off,
    /// What something is worth to somebody: "interessiert", "care".
    Value,
    /// Who is spoken to: "ihr".
    You,
    /// Somebody else: "jemand anders".
    Other,
    /// Praises: "toll".
    Praise,
    /// "nur"
    Only,
    /// Speaks of an earlier wish: "gebeten".
    Told,
    /// Before a name: "Frau".
    Title,
    /// Whose a number may be: "Bruder".
    Family,
    Know,
    /// Turns a wish not to have round: "verpassen".
    Miss,
    /// Says when: not then, but at other times.
    When,
    /// Turns its verb round: "nicht".
    Not,
    /// A [`Class::Not`] that stands behind its verb.
    After,
    /// None of something: "kein".
    Nothing,
    /// "nichts", where nothing is named.
    Naught,
    /// "mehr", "again".
    More,
    /// What we send: "SMS", "Nachrichten".
    Channel,
    /// What we do: "schreiben", and what the person does with it: "bekommen".
    Send,
    Want,
    Ads,
    /// What advertising often is; a purpose of that name is meant before all advertising.
    Offer,
    All,
    /// What people are on: "Verteiler", "subscription".
    List,
    Consent,
    Data,
    Number,
    Erase,
    /// Objects (GDPR 21): "widerspreche".
    Object,
    /// Objects to something, where it says to what: "nicht einverstanden".
    Oppose,
    Wrong,
    /// Says by itself that somebody else is meant: "verwählt".
    Gone,
    /// "bin nicht", before a name.
    NotMe,
    Yes,
    /// A yes that is as often a mere "well": "ok".
    Ok,
    /// May stand beside a yes.
    WithYes,
    No,
    /// May stand beside a no.
    WithNo,
    /// Disowns a request: "nie angemeldet".
    Disown,
    Interest,
    Start,
    /// Wants SMS again.
    Resume,
    Help,
    /// A [`Class::Help`] that asks what is stored: "Info".
    Info,
    /// Asks who writes.
    Who,
    Access,
    Polite,
    /// Thanks, praise, laughter, farewells: asks for nothing.
    Kind,
    Greet,
    /// Begins a signature: "MfG".
    Close,
    /// Says nothing by itself.
    Filler,
    /// What people write to a shop about: orders, appointments, hours.
    Foreign,
    /// Begins a question.
    Ask,
    /// Begins a condition.
    If,
    /// Begins a request in the form of a question: "können Sie".
    Request,
    /// Who acts: "ich".
    Subject,
    /// "ist".
    Is,
    /// Speaks of what was: "habe".
    Past,
    /// What came, or didn't: "bekommen".
    Got,
    /// The writer alone: "ich", "mich". Machines have none.
    Me,
    /// Joins two clauses always: "aber".
    But,
    /// Joins clauses or words: "und".
    And,
    /// Doesn't part clauses at the comma before it: "dass".
    That,
    /// Speaks of rights, law, complaints: a human must look (L34).
    Sensitive,
    /// Not meant as it stands: irony.
    Doubt,
    /// An automatic answer.
    Auto,
    /// Tells its reader to answer: a machine's text.
    Robot,
    /// What a phone puts around what it reacts to.
    Reaction,
    /// Takes a reply back.
    Retract,
    /// Wants to keep something.
    Keep,
    /// A line that a phone or a mail program adds.
    Footer,
    /// Names a purpose of the number's.
    Named,
    /// An abbreviation: the period behind it ends nothing.
    Short,
    /// Asks nothing, though it sounds so: "wie oft".
    Anger,
    /// Asks for no answer, of who does something: "warum".
    Reproach,
    /// Before what somebody has: "meinen".
    Article,
    /// What was done: "gelöscht".
    Done,
}

/// What only sounds like an end.
pub const SOUNDS: Set =
    Set::of(&[Class::Fed, Class::Insult, Class::Annoy, Class::Quiet, Class::Often, Class::Drop, Class::Other]);

/// Several classes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Set(u128);

impl Set {
    pub const NONE: Self = Self(0);

    pub const fn of(classes: &[Class]) -> Self {
        let mut rest = classes;
        let mut set = 0u128;
        while let [class, others @ ..] = rest {
            set |= 1 << *class as u128;
            rest = others;
        }
        Self(set)
    }

    pub const fn has(self, class: Class) -> bool {
        self.0 & (1 << class as u128) != 0
    }

    /// Whether it shares a class with another.
    pub const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// What it shares with another.
    pub const fn only(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}
