use crate::subject::PurposeState;
use crate::texts::pages::page_texts::{
    AfterTexts, AskTexts, LeaveTexts, ManageTexts, Milestone, Notice, NumberTexts, PageTexts, PhoneTexts, StoredTexts,
};

/// Plain English.
pub static PAGES: PageTexts = PageTexts {
    never_asked: "We never ask for passwords or bank details.",
    controller: "Responsible",
    ask: AskTexts {
        title: |company| format!("Would you like texts from {company}?"),
        number: |ends| {
            format!(
                "Somebody gave us the number that ends in {ends}. Was that you, and would you like these texts? Then please say yes."
            )
        },
        declares: "What you declare with your yes",
        notes: "Please read first",
        until: |until| format!("You can answer until {until}. Without your yes, you are not signed up."),
        yes: "Yes, I would like these texts",
        no: "No, no texts",
    },
    after: AfterTexts {
        confirmed: "Thank you, you are signed up",
        already: "You are signed up already",
        at: |at| format!("You said yes on {at}."),
        gets: "What we text you",
        way_out: "You can unsubscribe any time with the link in our text. It is worth keeping that text.",
        to_way_out: "See or end my sign-ups",
        refused: "All right, the request has ended",
        refused_text: "Your number is now blocked for sign-ups on web pages: even if somebody enters it there again, we won’t text you because of that.",
        slip: "Did you mean yes? Then lift the block and fill in the form once more.",
        to_allow: "See or lift the block",
        expired: "You are not signed up",
        expired_text: "The request was open for 48 hours and has expired. Nothing else has changed.",
        again: "Sign up again",
        superseded: "There is a newer text from us",
        superseded_text: "We texted you once more about this sign-up. Please answer with the link in the newer text; this one has no effect any more.",
        dead: "This link doesn’t work any more",
        dead_text: "Perhaps its end is missing. It is best to tap it right in the text. A secure link works for 15 minutes, and only the latest one does. Nothing about your sign-ups has changed.",
        fresh: "Ask for a new link",
    },
    manage: ManageTexts {
        title: |company| format!("Your texts from {company}"),
        number: |ends| format!("To the number that ends in {ends}"),
        none: "You aren’t signed up for any texts from us.",
        withdraw: "Unsubscribe",
        cancel: "End this request",
        withdraw_all: "Stop all texts",
        object: "Would you like no more advertising from us?",
        object_text: "Then object here to all our advertising. That goes further than unsubscribing: we no longer use your number for advertising at all. If somebody enters it on a web page, we don’t even text you to ask, until you allow it again yourself.",
        object_to: |company| format!("No more advertising from {company}"),
        suppressed: "Your number is blocked for sign-ups on web pages",
        suppressed_text: "If somebody enters it on a web page, we don’t text you because of that. Would you like to sign up there yourself? Then lift the block first.",
        allow: "Lift the block",
        stored: "What do you store about me?",
        stored_text: "We show that on your phone only. We text it a link that works for 15 minutes. There you get a copy and a receipt, and you can delete everything.",
        fresh_link: "Text a secure link to my phone",
        old: "Would you like no more texts from us?",
        old_text: "This link is from an earlier text. Numbers sometimes change hands, so it doesn’t show what is stored. You can still stop everything here.",
        old_done: "You won’t get any more texts",
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
        done_single: |label| format!("From now on you won’t get any more texts from us about: {label}."),
        done_advertising: |company| format!("From now on you won’t get any more advertising from {company}."),
        done_all: |company| format!("From now on you won’t get any more texts from {company}."),
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
        sent_nothing: "No text? Then either nothing is stored, or we have already sent you three links lately, or the number is blocked, for example after you unsubscribed. In that case use the link in an earlier text from us. A text can get lost, too: try again in a few minutes.",
    },
    stored: StoredTexts {
        title: "What is stored about you",
        number: "Your number",
        purposes: "Why we text you",
        history: "What happened when?",
        history_text: "The history begins with your latest yes. Ask us for anything older.",
        copy: "Would you like a copy?",
        copy_text: "The file contains everything shown here, and the receipt for your yes if you said yes. For your records you can also print this page.",
        download: "Download a copy (JSON file)",
        correct: "Do you have a new number?",
        correct_text: "Then end everything for the old one here. Sign up with the new one using the form, so that we know it is yours.",
        not_mine: "This number is no longer mine",
        erase: "Would you like to delete everything?",
        erase_text: "We delete your number and all that is stored about it. This remains:",
        remains_entry: "A block entry without your number. All we can do with it is check whether a number that is entered is blocked.",
        remains_proof: |until| {
            format!("A locked proof that we open only in a dispute about earlier texts. We destroy it on {until}.")
        },
        tick: "Yes, delete my data.",
        erase_now: "Delete my data",
        erased: "Your data is deleted",
        erased_text: "You won’t get any more texts from us. The links in earlier texts no longer show anything.",
        remains: "What remains",
    },
    state: |state, since| {
        let (word, joint) = match state {
            PurposeState::Given => ("active", "since"),
            PurposeState::Withdrawn => ("unsubscribed", "since"),
            PurposeState::Objected => ("objected", "on"),
            PurposeState::Lapsed => ("ended after a long pause", "on"),
            PurposeState::Erased => ("deleted", "on"),
            PurposeState::Pending => ("waits for your yes", "since"),
            PurposeState::Suspended => ("paused because our texts didn’t arrive", "since"),
        };
        since.map_or_else(|| word.to_owned(), |since| format!("{word} {joint} {since}"))
    },
    happened: |what| match what {
        Milestone::Given => "You agreed",
        Milestone::Withdrawn => "You unsubscribed",
        Milestone::Objected => "You objected",
        Milestone::WrongNumber => "You said: this number is no longer mine",
        Milestone::Suspended => "Our texts didn’t arrive, so we’ve paused them",
        Milestone::Lapsed => "Your yes ended after a long pause",
        Milestone::Erased => "Your data was deleted",
    },
    notice: |notice| match notice {
        Notice::Withdrawn => "Done: that has ended, with immediate effect.",
        Notice::AllWithdrawn => "Done: you are unsubscribed from everything, with immediate effect.",
        Notice::Objected => "Done: your objection takes effect at once. You won’t get any more advertising from us.",
        Notice::FreshLink => {
            "A text with the link will come in a moment. It works for 15 minutes. We send at most three a day."
        }
        Notice::Allowed => "The block is lifted. You’re only signed up after you say yes to the next text.",
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
