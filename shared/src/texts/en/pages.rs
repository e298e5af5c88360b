use crate::subject::PurposeState;
use crate::texts::pages::page_texts::{
    AfterTexts, AskTexts, LeaveTexts, ManageTexts, Milestone, Notice, NumberTexts, PageTexts, PhoneTexts, StoredTexts,
};

/// Plain English.
pub static PAGES: PageTexts = PageTexts {
    never_asked: "We never ask for passwords or bank details.",
    controller: "Controller",
    ask: AskTexts {
        title: |company| format!("Would you like texts from {company}?"),
        number: |ends| {
            format!("Somebody gave us the number that ends in {ends}. Was that you? Then all we need is your yes.")
        },
        declares: "What your yes says",
        notes: "Good to know",
        until: |until| format!("You can answer until {until}. Without your yes, you are not signed up."),
        yes: "Yes, I would like these texts",
        no: "No, that wasn’t me",
    },
    after: AfterTexts {
        confirmed: "Thank you, you are signed up",
        already: "You are signed up already",
        at: |at| format!("You said yes on {at}."),
        gets: "What we text you",
        way_out: "The link in our text stays your way out: it lets you unsubscribe at any time. It is worth keeping that text.",
        to_way_out: "See or stop my texts",
        refused: "All right, nothing more will come",
        refused_text: "The request has ended. Even if somebody enters your number on a web page again, you will get no text.",
        slip: "Did you mean yes? Then allow sign-ups again and fill in the form once more.",
        to_allow: "Allow sign-ups again",
        expired: "You are not signed up",
        expired_text: "The request waited 48 hours for your yes and has now run out. Nothing else has changed.",
        again: "Sign up again",
        superseded: "There is a newer text from us",
        superseded_text: "We texted you once more about this sign-up. Please answer by the link in the newer text; this one has no effect any more.",
        dead: "This link leads no further",
        dead_text: "Perhaps its end is missing. It is best to tap it right in the text. A secure link works for 15 minutes, and only the latest one does. Nothing about your texts has changed.",
        fresh: "Ask for a new link",
    },
    manage: ManageTexts {
        title: |company| format!("Your texts from {company}"),
        number: |ends| format!("To the number that ends in {ends}"),
        none: "You are signed up for no texts from us.",
        withdraw: "Unsubscribe",
        cancel: "End this request",
        withdraw_all: "Stop all texts",
        object: "Would you like no more advertising?",
        object_text: "Then object here to all our advertising. That goes further than unsubscribing: we no longer use your number for advertising at all. If somebody enters it on a web page, we don’t even text you to ask, until you allow it again yourself.",
        object_to: |company| format!("No more advertising from {company}"),
        suppressed: "Sign-ups from web pages don’t reach you",
        suppressed_text: "If somebody enters your number on a web page, we don’t text you. Would you like to sign up there yourself? Then allow it first.",
        allow: "Allow sign-ups again",
        stored: "What do you store about me?",
        stored_text: "We show that on your phone only. We text it a link that works for 15 minutes. There you get a copy and a receipt, and you can delete everything.",
        fresh_link: "Text a secure link to my phone",
        old: "Would you like no more texts from us?",
        old_text: "This link is from an earlier text. Numbers sometimes change hands, so it doesn’t show what is stored. You can still stop everything here.",
        old_done: "You get no more texts",
        old_done_text: "We send nothing more to this number. That takes effect at once.",
        again: "Would you like texts from us again?",
    },
    leave: LeaveTexts {
        title: |company| format!("No more texts from {company}?"),
        text: "Tap what you want to stop. It costs nothing and takes effect at once. Numbers sometimes change hands, so this page doesn’t show what is stored.",
        single: "Would you like to stop one thing only?",
        all: "Would you like no texts at all?",
        all_text: "Then you get nothing about bookings and orders either.",
        done: "Done",
        done_single: |label| format!("From now on you get no more texts from us about: {label}."),
        done_advertising: |company| format!("From now on you get no more advertising from {company}."),
        done_all: |company| format!("From now on you get no more texts from {company}."),
        done_text: "If the number was signed up, we confirm that by text. That text also shows the way back.",
        more: "Stop something else",
    },
    number: NumberTexts {
        title: "What is stored about my number?",
        text: "Tell us your mobile number. We text a link to that phone, since only whoever holds it should see this.",
        label: "Your mobile number",
        hint: "Best with the country code, for example +49 176 12345678.",
        error: "Please check again",
        trap: "Please leave empty",
        send: "Text a link to my phone",
        sent: "Now look at your phone",
        sent_text: "If anything is stored about this number, you will get a text with a link in a moment. It works for 15 minutes.",
        sent_nothing: "Nothing comes? Then nothing is stored, there were three today already, or you unsubscribed earlier. Then use the link in an earlier text from us. A text can get lost, too: try again in a few minutes.",
    },
    stored: StoredTexts {
        title: "What is stored about you",
        number: "Your number",
        purposes: "Why we text you",
        history: "What happened when?",
        history_text: "The history begins with your latest yes.",
        copy: "Would you like a copy?",
        copy_text: "You get everything as a file, with the receipt for your yes. For your records you can also print this page.",
        download: "Get a copy as a JSON file",
        correct: "Do you have a new number?",
        correct_text: "Then end everything for the old one here. Sign up with the new one by the form, so that we know it is yours.",
        not_mine: "This number is no longer mine",
        erase: "Would you like to delete everything?",
        erase_text: "We delete your number and all that is stored about it. This remains:",
        remains_entry: "A block entry from which your number can’t be read. It keeps others from signing you up without you.",
        remains_proof: |until| {
            format!("A locked proof that we open only in a dispute about earlier texts. We destroy it on {until}.")
        },
        tick: "Yes, delete everything. I know what remains.",
        erase_now: "Delete my data",
        erased: "Your data is deleted",
        erased_text: "You get no more texts from us. The links in earlier texts no longer show anything.",
        remains: "What is still there",
    },
    state: |state, since| {
        let (word, joint) = match state {
            PurposeState::Given => ("active", "since"),
            PurposeState::Withdrawn => ("unsubscribed", "since"),
            PurposeState::Objected => ("objected", "on"),
            PurposeState::Lapsed => ("ended after a long pause", "on"),
            PurposeState::Erased => ("deleted", "on"),
            PurposeState::Pending => ("waits for your yes", "since"),
            PurposeState::Suspended => ("paused since texts did not arrive", "since"),
        };
        since.map_or_else(|| word.to_owned(), |since| format!("{word} {joint} {since}"))
    },
    happened: |what| match what {
        Milestone::Given => "You agreed",
        Milestone::Withdrawn => "You unsubscribed",
        Milestone::Objected => "You objected",
        Milestone::WrongNumber => "You said: this number is no longer mine",
        Milestone::Suspended => "Texts did not arrive, your yes is paused",
        Milestone::Lapsed => "Your yes ended after a long pause",
        Milestone::Erased => "Your data was deleted",
    },
    notice: |notice| match notice {
        Notice::Withdrawn => "Done, that is stopped. It takes effect at once.",
        Notice::AllWithdrawn => "Done, everything is stopped. It takes effect at once.",
        Notice::Objected => "Your objection takes effect at once. You get no more advertising.",
        Notice::FreshLink => {
            "A text with the link will come in a moment. It works for 15 minutes. We send at most three a day."
        }
        Notice::Allowed => "Sign-ups reach you again. You are signed up only once you say yes in the next text.",
        Notice::WrongNumber => "Done, we send nothing more to this number.",
        Notice::NotTicked => "Nothing is deleted yet. Please tick the box above the button first.",
        Notice::Unseen => "We haven't got your yes yet. Please read this page, then tap yes.",
        Notice::SentElsewhere => {
            "Nothing has been sent yet. Please check your details, and confirm them here on our page."
        }
    },
};

/// Plain English.
pub static PHONE: PhoneTexts = PhoneTexts {
    title: "A phone to try things with",
    text: "The simulator’s texts arrive here. No real phone gets anything.",
    handsets: "Handsets",
    messages: |number| format!("Texts on {number}"),
    empty: "No texts yet. Enter a mobile number in a form.",
    outgoing: |to| format!("You to {to}"),
    to: "To",
    reply: "Your reply",
    send: "Send",
    no_reply: |sender| format!("“{sender}” takes no replies."),
    refresh: "Load again",
    no_receiver: "Nobody can reply to this sender.",
    not_mobile: "This is not a mobile number. Write it with +49 …",
};
