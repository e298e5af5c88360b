use crate::texts::problems::problem_texts::ProblemTexts;

/// Plain English.
pub static PROBLEMS: ProblemTexts = ProblemTexts {
    title: "That did not work",
    too_large: |most| format!("That is too much at once, more than {most} KiB. Please send less."),
    key_reused: "Another message was accepted under this idempotency key. Use a new one.",
    outdated: "The text has changed since. Please read it again.",
    challenge: "The security check is missing, has expired or is not for this form. Please send the form again.",
    challenge_used: "This security check was used before. Please send the form again.",
    origin: "This page may not use the form. Its owner can add the page's origin to the form's `origins`.",
    not_found: "There is nothing at this address. Please check it.",
    unreadable: "We can't read it this way, and nothing was done. Please open the page again.",
    twice: "One of your choices arrived twice. Please reload the page and tick the boxes again.",
    method_not_allowed: "This address can't be used in this way.",
    form_closed: "This form is closed: it takes no sign-ups any more. Nothing was sent.",
    unauthorized: "This call needs the owner's token: `Authorization: Bearer …`.",
    not_set_up: "Nothing is set up here yet. `PUT /v1/settings` comes first.",
    no_consent: "This person has not agreed to that purpose, or not any more. Nothing was sent.",
    frequency_exceeded: "That would be more SMS of this purpose than was promised. Nothing was sent.",
    paused: "This person wrote something that a human must read first: see GET /v1/inbox. Nothing was sent.",
    already_answered: "This entry was answered before, in another way. Nothing was done.",
    collision: "This number's id belongs to another number. Nothing was done.",
    fault: "Something went wrong on our side. Please try again in a moment.",
    newer_build: "A newer version of the program stored this, and the present one can't read it. Nothing was done. The operator has to deploy the newer version again.",
    stopped: "This doesn't work right now, and nothing was done. Please try again later.",
};
