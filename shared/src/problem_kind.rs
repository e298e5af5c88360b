//! Every kind of problem that a call can answer, with what its page (`/problems/{name}`) says. In English: only those
//! who write programs read it. What people are told is in `texts`.

macro_rules! kinds {
    ($($kind:ident $name:literal $statuses:literal $title:literal $meaning:literal $remedy:literal)*) => {
        /// What goes wrong. Its name is the end of a problem's `type` (RFC 9457), and never changes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum ProblemKind {
            $($kind,)*
        }

        impl ProblemKind {
            pub const ALL: &'static [Self] = &[$(Self::$kind,)*];

            /// The end of its type.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$kind => $name,)* }
            }

            /// What its page says.
            pub const fn about(self) -> About {
                match self {
                    $(Self::$kind => About { statuses: $statuses, title: $title, meaning: $meaning, remedy: $remedy },)*
                }
            }
        }
    };
}

/// What the page of a kind says.
#[derive(Debug, Clone, Copy)]
pub struct About {
    /// The HTTP statuses that it comes with.
    pub statuses: &'static str,
    pub title: &'static str,
    pub meaning: &'static str,
    /// What to do.
    pub remedy: &'static str,
}

impl ProblemKind {
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}

kinds! {
    Malformed "malformed" "400"
        "The body can't be read"
        "The body is no JSON, or not of the shape that the call takes: a member is missing, unknown, there twice, or of another type."
        "Where it is JSON, `errors` names the member and says why. Correct it, and call again; `/openapi.json` has the shape of each call."
    MediaType "media-type" "415"
        "Another media type"
        "The header `Content-Type` names none that this call takes."
        "Send the body as the problem's `detail` says, mostly `application/json`."
    TooLarge "too-large" "413"
        "Too large"
        "The body has more bytes than this call takes. Nothing of it was read."
        "Send less at once. Lists may be sent in several calls."
    Webhook "webhook" "400, 401"
        "No webhook of a provider of ours"
        "A provider's call was not signed by it, was signed too long ago, or can't be read."
        "Compare the gateway's secrets with what the provider's console says, and the address that it calls with the edge's origin. A provider's clock that is wrong makes calls stale."
    MissingSecrets "missing-secrets" "503"
        "Secrets are missing"
        "The gateway needs secrets that the platform does not hold."
        "Set the secrets that the problem names. `GET /healthz` lists all that are missing."
    KeyReused "idempotency-key-reused" "422"
        "An idempotency key for something else"
        "Another call was taken under this idempotency key. A key stands for one call with one body."
        "Use a new key, such as a UUID, for each thing that is to happen once."
    Fields "fields" "422"
        "Fields or parameters are wrong"
        "The call could be read, but what stands in some fields can't be used; or the address has a parameter that is unknown, there twice, or can't be read. Nothing was done."
        "`errors` names each field or parameter, with a stable `reason` and a sentence. Correct them, and call again."
    Outdated "outdated-form" "409"
        "Another text is in force"
        "The form was published again since this page was loaded. People must agree to the text that is in force."
        "Load the form again and show it; the widget does so by itself."
    Challenge "challenge" "403"
        "The proof of work does not count"
        "It is missing, wrong, has expired, or is for another form or page."
        "Ask `GET /v1/challenge` for a new one, solve it, and send it within its time; the widget does so by itself."
    ChallengeUsed "challenge-used" "403"
        "The proof of work was used for something else"
        "Each proof of work is for one submission. The same one again is answered as at first; another one is refused."
        "Ask for a new one, and solve it."
    Origin "origin" "403"
        "The page may not use this form"
        "The form does not list the origin of the page that called."
        "Add the page's origin, such as `https://shop.example`, to `origins` of the form, and publish it again."
    NotFound "not-found" "404"
        "There is nothing there"
        "No form, subject, message or address of that name is known."
        "Compare the address with `/openapi.json`, and the name with what was published."
    MethodNotAllowed "method-not-allowed" "405"
        "Not by this method"
        "The address exists, but takes other methods."
        "The header `Allow` names the methods that it takes."
    FormClosed "form-closed" "410"
        "The form is closed"
        "Its owner closed the form: it takes no requests any more. What was asked before can still be confirmed."
        "Take the form off the page. Whoever owns it opens it again by publishing it: `PUT /v1/forms/{form}`."
    Unauthorized "unauthorized" "401"
        "The owner's token is needed"
        "The call is the owner's, and the header `Authorization` has no token, or another one."
        "Send `Authorization: Bearer` and the secret `JAWORT_OWNER_TOKEN` of this edge."
    Refused "refused" "422"
        "Rules are broken"
        "What was to be put in force breaks rules, of the law or of the edge. Nothing was changed."
        "`violations` names each place with its rule, and says what to do."
    Deploy "deploy" "503"
        "This deploy does nothing"
        "It doesn't go on with the deploy before it, or lacks what it needs. So that nothing is lost, nothing is done."
        "`GET /healthz` says what is wrong and what to do. Providers bring their calls again; what was ordered waits."
    NotSetUp "not-set-up" "409"
        "There are no settings yet"
        "Nothing works before settings are in force."
        "`PUT /v1/settings` first."
    NoConsent "no-consent" "403"
        "No consent"
        "The person has not agreed to this purpose, or not any more. Nothing was sent."
        "Send nothing. `POST /v1/check` says why; only the person can change it."
    FrequencyExceeded "frequency-exceeded" "403"
        "More than was promised"
        "The person agreed to a certain number of SMS of this purpose in its period, and that is used up. Nothing was sent."
        "Send it when the period allows it."
    Paused "paused" "403"
        "Advertising to this person waits"
        "The person wrote something that speaks of advertising, their data or their rights, and a human must answer it first. Nothing was sent."
        "`GET /v1/inbox` shows what they wrote. Read it, and answer it by `POST /v1/inbox/{id}`; then send again where that allows it."
    AlreadyAnswered "already-answered" "409"
        "Answered before, in another way"
        "Somebody has already answered this entry of the inbox, and did something else. Nothing was done now."
        "`GET /v1/subjects/{subject}` shows how the person stands. What is still to be done is done there."
    Collision "collision" "409"
        "Two numbers with one id"
        "The number's id belongs to another number, which is as good as impossible by chance. Nothing was done."
        "Compare the `index` secret with your recovery sheet: it may have been changed."
    NewerBuild "newer-build" "503"
        "A newer version stored this"
        "A newer version of the program, which was rolled back, stored what this call needs, and the present one can't read it. Nothing was done."
        "Deploy the newer version again."
    Fault "fault" "500"
        "A fault of ours"
        "Something failed inside the edge or its platform. Nothing was done, or not all of it."
        "Call again, with the same idempotency key where there is one: what was done already is not done twice. If it stays, the edge's log says more."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_a_name_of_its_own_and_says_what_to_do() {
        for kind in ProblemKind::ALL {
            let About { statuses, title, meaning, remedy } = kind.about();
            assert_eq!(ProblemKind::named(kind.name()), Some(*kind));
            assert!(kind.name().bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{kind:?}");
            assert!(statuses.split(", ").all(|status| status.parse::<u16>().is_ok_and(|it| (400..600).contains(&it))));
            assert!(title.len() > 5 && meaning.len() > 20 && remedy.len() > 15, "{kind:?}");
            for text in [meaning, remedy] {
                let parts: Vec<_> = text.split('`').collect();
                assert!(!parts.len().is_multiple_of(2), "{kind:?}: a backquote too many");
                let code = |part: &&&str| part.contains(['/', '_', '{', '-']);
                assert_eq!(parts.iter().step_by(2).find(code), None, "{kind:?}: code without backquotes");
            }
        }
        assert_eq!(ProblemKind::named("nothing"), None);
    }
}
