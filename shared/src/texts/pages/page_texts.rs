use serde::Deserialize;

use crate::subject::PurposeState;

/// What the tap before this page did, or why it did nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// One purpose was withdrawn, or a request ended.
    Withdrawn,
    /// Everything was withdrawn.
    AllWithdrawn,
    /// The person objected to advertising.
    Objected,
    /// A fresh link was asked for, sent or not: at most three a day are.
    FreshLink,
    /// Requests from web pages reach the person again.
    Allowed,
    /// Nothing more goes to this number: it is no longer the person's.
    WrongNumber,
    /// The box before erasing was not ticked.
    NotTicked,
    /// A yes came that was not to this page.
    Unseen,
    /// A form was sent from a page of somebody else's, where nobody sees what it was made of.
    SentElsewhere,
}

impl Notice {
    /// Whether the person has to do something.
    pub const fn is_error(self) -> bool {
        matches!(self, Self::NotTicked | Self::Unseen)
    }
}

/// What a history tells of, by the kind of its event ([`crate::evidence::Happened`]). That SMS were sent, it leaves to
/// the copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Milestone {
    Given,
    Withdrawn,
    Objected,
    /// The number was given up.
    WrongNumber,
    Suspended,
    Lapsed,
    Erased,
}

/// A text with one thing to fill in.
pub type With = fn(&str) -> String;

/// The words of all pages but the simulated phone's.
#[cfg_attr(test, derive(Debug))]
pub struct PageTexts {
    /// At the foot of every page: what is never asked.
    pub never_asked: &'static str,
    /// At the foot, before links to the controller's notices.
    pub controller: &'static str,
    /// The page that asks.
    pub ask: AskTexts,
    /// The pages with nothing left to decide.
    pub after: AfterTexts,
    pub manage: ManageTexts,
    /// The page of the code in an advertising SMS.
    pub leave: LeaveTexts,
    /// The page that takes a number.
    pub number: NumberTexts,
    /// The page that shows what is stored.
    pub stored: StoredTexts,
    /// A state, with the time since when if it is known.
    pub state: fn(PurposeState, Option<&str>) -> String,
    pub happened: fn(Milestone) -> &'static str,
    /// What has just happened.
    pub notice: fn(Notice) -> &'static str,
}

/// The page that asks for the yes (L1, L2, L5).
#[cfg_attr(test, derive(Debug))]
pub struct AskTexts {
    /// The question, with the company.
    pub title: With,
    /// To which number, with `ends`.
    pub number: With,
    /// Heading of the declarations that a yes makes.
    pub declares: &'static str,
    /// Heading of the notes.
    pub notes: &'static str,
    /// Until when an answer counts, and what happens without one.
    pub until: With,
    pub yes: &'static str,
    pub no: &'static str,
}

/// The pages with nothing left to decide.
#[cfg_attr(test, derive(Debug))]
pub struct AfterTexts {
    /// After the yes.
    pub confirmed: &'static str,
    /// After another yes.
    pub already: &'static str,
    /// When the yes was said, to the second.
    pub at: With,
    /// Heading of what is sent.
    pub gets: &'static str,
    /// The way out stays.
    pub way_out: &'static str,
    /// Link to it.
    pub to_way_out: &'static str,
    /// After the no.
    pub refused: &'static str,
    /// What the no did.
    pub refused_text: &'static str,
    /// For whom the no was a slip.
    pub slip: &'static str,
    /// Link for them.
    pub to_allow: &'static str,
    /// 48 hours without an answer.
    pub expired: &'static str,
    /// What that means.
    pub expired_text: &'static str,
    /// Link to the form.
    pub again: &'static str,
    /// A newer SMS asks the same.
    pub superseded: &'static str,
    /// What to do.
    pub superseded_text: &'static str,
    /// A link that opens nothing: forged, cut off, or past its time.
    pub dead: &'static str,
    /// Why that may be.
    pub dead_text: &'static str,
    /// Link to the page that takes a number.
    pub fresh: &'static str,
}

/// The way out (L8).
#[cfg_attr(test, derive(Debug))]
pub struct ManageTexts {
    /// Heading, with the company.
    pub title: With,
    /// Which number, with `ends`.
    pub number: With,
    /// Where nothing was ever agreed to.
    pub none: &'static str,
    /// Button that withdraws a purpose.
    pub withdraw: &'static str,
    /// Button that ends a request.
    pub cancel: &'static str,
    /// Button that withdraws everything.
    pub withdraw_all: &'static str,
    /// Heading of the objection.
    pub object: &'static str,
    /// What an objection does more than a withdrawal (GDPR 21(2), (4)).
    pub object_text: &'static str,
    /// Button that objects to all advertising, with the company.
    pub object_to: With,
    /// Heading where requests from web pages don't get through.
    pub suppressed: &'static str,
    /// What that means.
    pub suppressed_text: &'static str,
    /// Button that lifts it.
    pub allow: &'static str,
    /// Heading of what is stored.
    pub stored: &'static str,
    /// Why that takes a fresh link.
    pub stored_text: &'static str,
    /// Button that sends it.
    pub fresh_link: &'static str,
    /// Heading for a link whose number may be in other hands.
    pub old: &'static str,
    /// Why it shows nothing.
    pub old_text: &'static str,
    /// Heading after withdrawing by it.
    pub old_done: &'static str,
    /// What that means.
    pub old_done_text: &'static str,
    /// Before a link to the form, where nothing is in force.
    pub again: &'static str,
}

/// The page of the code in an advertising SMS, which only ends and shows no state (L8, L26).
#[cfg_attr(test, derive(Debug))]
pub struct LeaveTexts {
    /// Heading, with the company.
    pub title: With,
    /// What a tap costs, and why nothing is shown.
    pub text: &'static str,
    /// Heading of single purposes.
    pub single: &'static str,
    /// Heading of all SMS.
    pub all: &'static str,
    /// What else ends then.
    pub all_text: &'static str,
    /// Heading afterwards.
    pub done: &'static str,
    /// A purpose was ended, with its label.
    pub done_single: With,
    /// All advertising was ended, with the company.
    pub done_advertising: With,
    /// Everything was ended, with the company.
    pub done_all: With,
    /// What may still come, and the way back.
    pub done_text: &'static str,
    /// Link back to the page.
    pub more: &'static str,
}

/// The page that takes a number and sends a fresh link.
#[cfg_attr(test, derive(Debug))]
pub struct NumberTexts {
    pub title: &'static str,
    pub text: &'static str,
    /// At the field.
    pub label: &'static str,
    /// How to write it.
    pub hint: &'static str,
    /// Before the title of a page with an error.
    pub error: &'static str,
    /// Label of the field that people don't see and programs fill in.
    pub trap: &'static str,
    pub send: &'static str,
    /// Heading afterwards, whatever is known.
    pub sent: &'static str,
    /// What happens if something is stored.
    pub sent_text: &'static str,
    /// What it means if nothing comes.
    pub sent_nothing: &'static str,
}

/// The page that shows what is stored (L14).
#[cfg_attr(test, derive(Debug))]
pub struct StoredTexts {
    pub title: &'static str,
    pub number: &'static str,
    /// Heading of the purposes.
    pub purposes: &'static str,
    /// Heading of the history.
    pub history: &'static str,
    /// Where the history begins.
    pub history_text: &'static str,
    /// Heading of the copy.
    pub copy: &'static str,
    pub copy_text: &'static str,
    /// Link to it.
    pub download: &'static str,
    /// Heading of the correction.
    pub correct: &'static str,
    /// How to correct the number.
    pub correct_text: &'static str,
    /// Button that ends everything for the old number.
    pub not_mine: &'static str,
    /// Heading of the erasure.
    pub erase: &'static str,
    /// What is deleted.
    pub erase_text: &'static str,
    /// What remains: the suppression entry.
    pub remains_entry: &'static str,
    /// What remains: the locked proof, with its last day.
    pub remains_proof: With,
    /// The box before the button.
    pub tick: &'static str,
    pub erase_now: &'static str,
    /// Heading afterwards.
    pub erased: &'static str,
    /// What it means.
    pub erased_text: &'static str,
    /// Heading of what remains.
    pub remains: &'static str,
}

/// The words of the simulated phone.
#[cfg_attr(test, derive(Debug))]
pub struct PhoneTexts {
    pub title: &'static str,
    pub text: &'static str,
    /// Heading of the list of handsets.
    pub handsets: &'static str,
    /// The messages of a handset, with its number.
    pub messages: With,
    /// Before any SMS.
    pub empty: &'static str,
    /// Of an SMS that the handset sent, with the number it went to.
    pub outgoing: With,
    /// To whom to reply.
    pub to: &'static str,
    pub reply: &'static str,
    pub send: &'static str,
    /// A sender that can't be replied to, with its name.
    pub no_reply: With,
    /// Link that loads the page again, without JavaScript.
    pub refresh: &'static str,
    /// A reply to a sender that takes none.
    pub no_receiver: &'static str,
    /// A reply from what is no mobile number.
    pub not_mobile: &'static str,
}
