//! The calls as `/openapi.json` describes them. `edge/build.rs` writes it from here, so that nothing that makes
//! it is in the bundle; a test holds it against the running edge.

#![expect(dead_code, reason = "the functions only carry their descriptions")]

mod details;
mod webhooks;

use self::webhooks::Webhooks;
use utoipa::{
    Modify, OpenApi,
    openapi::{
        RefOr, Schema,
        security::{Http, HttpAuthScheme, SecurityScheme},
    },
};

use crate::{
    evidence::PublicKeys,
    form::FormDraft,
    message::Message,
    problem_kind::ProblemKind,
    proof_of_work::Challenge,
    settings::Settings,
    wire::{
        BatchAccepted, BatchProgress, BatchRequest, CheckRequest, Checked, ConsentAccepted, ConsentRequest, FormLine,
        FormList, FormPosted, FormView, HandInRequest, Health, InboxAnswer, InboxAnswered, InboxList, Invite,
        MessageAccepted, MessageRequest, NumberPosted, OpenProofs, OpenedProofs, Overview, PauseAnswer, PauseRequest,
        PersonNow, Preview, PreviewRequest, Problem, Published, PublishedDraft, ReplayRequest, Replayed, RewardCodes,
        RewardCodesAdded, RewardPool, SettingsAnswer, Stats, SubjectAnswer, SubjectList, SubjectRequest, Tapped,
        WebhookHealth, WithdrawHeard, WordHeard,
    },
};

#[derive(OpenApi)]
#[openapi(
    info(title = "Jawort", description = "SMS consent that you can prove.", license(name = "MIT")),
    modifiers(&OwnerToken, &Webhooks, &ProblemTypes),
    paths(form, challenge, consents, hosted, post_hosted, link, tap, way_out, leave, ask_number, send_link, stored, tap_stored, settings, put_settings, put_form, forms, draft, close_form, check, messages, message, preview, inbound, status, list_subjects, subjects, subject, withdraw, object, correct, erase, hand_in, open_proofs, inbox, answer_inbox, text, keys, stats, invite, hosted_svg, hosted_png, batch, batch_progress, rewards, add_rewards, webhook, replay, pause, put_pause, health)
)]
struct Api;

struct OwnerToken;

impl Modify for OwnerToken {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let owner = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        api.components.get_or_insert_default().add_security_scheme("owner", owner);
    }
}

struct ProblemTypes;

impl Modify for ProblemTypes {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let schemas = &mut api.components.get_or_insert_default().schemas;
        if let Some(RefOr::T(Schema::Object(problem))) = schemas.get_mut("Problem")
            && let Some(RefOr::T(Schema::Object(kind))) = problem.properties.get_mut("type")
        {
            let all = ProblemKind::ALL.iter().map(|kind| format!("/problems/{}", kind.name()).into());
            kind.enum_values = Some(all.collect());
        }
    }
}

/// The whole description, OpenAPI 3.1.
pub fn document() -> serde_json::Value {
    let mut api = serde_json::to_value(Api::openapi()).unwrap_or_default();
    details::add(&mut api);
    api
}

/// A form: as JSON, or, for `Accept: text/html`, as the HTML that the widget puts into a page.
#[utoipa::path(get, path = "/v1/forms/{form}", params(("form" = String, Path), ("lang" = Option<String>, Query, description = "BCP 47; else `Accept-Language`, else the form's first")), responses((status = 200, body = FormView), (status = "4XX", content_type = "application/problem+json", body = Problem)))]
fn form() {}

/// A proof of work to do before a submission: ALTCHA's protocol, version 1.
#[utoipa::path(get, path = "/v1/challenge", params(("form" = String, Query)), responses((status = 200, body = Challenge), (status = "4XX", content_type = "application/problem+json", body = Problem)))]
fn challenge() {}

/// A person asks for the confirmation SMS. The answer is alike whether the number is known or not.
#[utoipa::path(post, path = "/v1/consents", request_body = ConsentRequest, responses((status = 202, body = ConsentAccepted), (status = "4XX", content_type = "application/problem+json", body = Problem)))]
fn consents() {}

/// The hosted page of a form.
#[utoipa::path(get, path = "/f/{form}", params(("form" = String, Path), ("lang" = Option<String>, Query), ("utm_campaign" = Option<String>, Query), ("reference" = Option<String>, Query, description = "the owner's own; one that is none is left out")), responses((status = 200, content_type = "text/html")))]
fn hosted() {}

/// A form posted without JavaScript. What a page of somebody else's posts orders nothing, and is answered with our page.
#[utoipa::path(post, path = "/f/{form}", params(("form" = String, Path)), request_body(content = FormPosted, content_type = "application/x-www-form-urlencoded"), responses((status = 200, content_type = "text/html"), (status = 422, content_type = "text/html")))]
fn post_hosted() {}

/// The page of a link in an SMS: asks for the yes, later manages. Changes nothing.
#[utoipa::path(get, path = "/c/{token}", params(("token" = String, Path)), responses((status = 200, content_type = "text/html"), (status = 404, content_type = "text/html")))]
fn link() {}

/// A person's tap on that page.
#[utoipa::path(post, path = "/c/{token}", params(("token" = String, Path)), request_body(content = Tapped, content_type = "application/x-www-form-urlencoded"), responses((status = 200, content_type = "text/html"), (status = 404, content_type = "text/html")))]
fn tap() {}

/// The page of the code in an advertising SMS: what it can end. The same for every code of ours; it shows no state, and changes nothing.
#[utoipa::path(get, path = "/a/{code}", params(("code" = String, Path)), responses((status = 200, content_type = "text/html"), (status = 404, content_type = "text/html")))]
fn way_out() {}

/// Ends what the code can end: `withdraw` (a purpose, or everything) or `object` (all advertising). Whatever else is tapped shows the page again.
#[utoipa::path(post, path = "/a/{code}", params(("code" = String, Path)), request_body(content = Tapped, content_type = "application/x-www-form-urlencoded"), responses((status = 200, content_type = "text/html"), (status = 404, content_type = "text/html")))]
fn leave() {}

/// The page that sends a fresh link to a handset.
#[utoipa::path(get, path = "/m", responses((status = 200, content_type = "text/html")))]
fn ask_number() {}

/// Sends a fresh link. The answer is the same for every number.
#[utoipa::path(post, path = "/m", request_body(content = NumberPosted, content_type = "application/x-www-form-urlencoded"), responses((status = 200, content_type = "text/html"), (status = 422, content_type = "text/html")))]
fn send_link() {}

/// What is stored, by a fresh link.
#[utoipa::path(get, path = "/m/{token}", params(("token" = String, Path), ("format" = Option<String>, Query, description = "`json` for a copy")), responses((status = 200, content_type = "text/html"), (status = 404, content_type = "text/html")))]
fn stored() {}

/// A person's tap on that page.
#[utoipa::path(post, path = "/m/{token}", params(("token" = String, Path)), request_body(content = Tapped, content_type = "application/x-www-form-urlencoded"), responses((status = 200, content_type = "text/html"), (status = 404, content_type = "text/html")))]
fn tap_stored() {}

/// The settings in force.
#[utoipa::path(get, path = "/v1/settings", security(("owner" = [])), responses((status = 200, body = Settings), (status = "4XX", content_type = "application/problem+json", body = Problem)))]
fn settings() {}

/// Puts settings in force. A purpose never widens: that takes a new id. What people may still answer to and these settings take away stands in `warnings`; it is no refusal.
#[utoipa::path(put, path = "/v1/settings", security(("owner" = [])), request_body = Settings, responses((status = 200, body = SettingsAnswer), (status = "4XX", content_type = "application/problem+json", body = Problem)))]
fn put_settings() {}

/// Publishes the next version of a form. What is published already stays as it is, but a form that was closed is open again.
#[utoipa::path(put, path = "/v1/forms/{form}", security(("owner" = [])), params(("form" = String, Path)), request_body = FormDraft, responses((status = 200, body = Published), (status = "4XX", content_type = "application/problem+json", body = Problem)))]
fn put_form() {}

/// Every form that was ever published, with its newest version.
#[utoipa::path(get, path = "/v1/forms", security(("owner" = [])), responses((status = 200, body = FormList), (status = "4XX", content_type = "application/problem+json", body = Problem)))]
fn forms() {}

/// A version of a form as it was published, the newest by default.
#[utoipa::path(get, path = "/v1/forms/{form}/draft", security(("owner" = [])), params(("form" = String, Path), ("version" = Option<u32>, Query)), responses((status = 200, body = PublishedDraft), (status = "4XX", content_type = "application/problem+json", body = Problem)))]
fn draft() {}

/// Closes a form: it is shown no more, takes no requests (`/problems/form-closed`), and its keywords ask for nothing. What was asked before can still be confirmed; versions stay as evidence. Publishing it opens it again. All places know within two minutes.
#[utoipa::path(post, path = "/v1/forms/{form}/close", security(("owner" = [])), params(("form" = String, Path)), responses((status = 200, body = FormLine), (status = "4XX", content_type = "application/problem+json", body = Problem)))]
fn close_form() {}

/// Whether an SMS may be sent, by the person's own, strongly consistent state.
#[utoipa::path(post, path = "/v1/check", security(("owner" = [])), request_body = CheckRequest, responses((status = 200, body = Checked), (status = "4XX", content_type = "application/problem+json", body = Problem)))]
fn check() {}

/// Sends a text, if the person agreed to its purpose, and no more often than was promised.
#[utoipa::path(post, path = "/v1/messages", security(("owner" = [])), params(("Idempotency-Key" = Option<String>, Header, description = "the same call with the same key sends once, and is answered alike for two days")), request_body = MessageRequest, responses((status = 202, body = MessageAccepted), (status = "4XX", content_type = "application/problem+json", body = Problem)))]
fn messages() {}

/// What became of a message.
#[utoipa::path(get, path = "/v1/messages/{message}", security(("owner" = [])), params(("message" = String, Path)), responses((status = 200, body = Message), (status = "4XX", content_type = "application/problem+json", body = Problem)))]
fn message() {}

/// What a text would take, and which rules it breaks. Nothing is sent.
#[utoipa::path(post, path = "/v1/messages/preview", security(("owner" = [])), request_body = PreviewRequest, responses((status = 200, body = Preview), (status = "4XX", content_type = "application/problem+json", body = Problem)))]
fn preview() {}

/// SMS from handsets, in the provider's own form and signed by it.
#[utoipa::path(post, path = "/gateway/{gateway}/inbound", params(("gateway" = String, Path)), responses((status = 200), (status = "4XX", content_type = "application/problem+json", body = Problem)))]
fn inbound() {}

/// Delivery reports, in the provider's own form and signed by it.
#[utoipa::path(post, path = "/gateway/{gateway}/status", params(("gateway" = String, Path)), responses((status = 200), (status = "4XX", content_type = "application/problem+json", body = Problem)))]
fn status() {}

/// The people that are stored, page by page, by their subject ids; no number stands in it. The list lags by some seconds, and is no permission to send.
#[utoipa::path(get, path = "/v1/subjects", security(("owner" = [])), params(("cursor" = Option<String>, Query, description = "the `cursor` of the page before"), ("limit" = Option<u32>, Query, description = "1 to 500, else 100")), responses((status = 200, body = SubjectList), (status = "4XX", content_type = "application/problem+json", body = Problem)))]
fn list_subjects() {}

/// The id that stands for a number, so that no number stands in an address.
#[utoipa::path(post, path = "/v1/subjects", security(("owner" = [])), request_body = SubjectRequest, responses((status = 200, body = SubjectAnswer), (status = "4XX", content_type = "application/problem+json", body = Problem)))]
fn subjects() {}

/// A person's states and events.
#[utoipa::path(get, path = "/v1/subjects/{subject}", security(("owner" = [])), params(("subject" = String, Path)), responses((status = 200, body = Overview), (status = "4XX", content_type = "application/problem+json", body = Problem)))]
fn subject() {}

/// The owner passes on that a person takes back a purpose, or everything: by phone, by letter, by e-mail, at the counter. The same again changes nothing. Where something ends, one SMS says so; web pages are kept away as after a STOP. Nobody need be known.
#[utoipa::path(post, path = "/v1/subjects/{subject}/withdraw", security(("owner" = [])), params(("subject" = String, Path)), request_body = WithdrawHeard, responses((status = 200, body = PersonNow), (status = "4XX", content_type = "application/problem+json", body = Problem)))]
fn withdraw() {}

/// The owner passes on that a person objects to all advertising (GDPR 21(2)): every advertising purpose ends, given or not, and requests for one; only those. The person alone lifts it.
#[utoipa::path(post, path = "/v1/subjects/{subject}/object", security(("owner" = [])), params(("subject" = String, Path)), request_body = WordHeard, responses((status = 200, body = PersonNow), (status = "4XX", content_type = "application/problem+json", body = Problem)))]
fn object() {}

/// The owner passes on that a number is not, or no longer, that of whoever consented: everything ends, web pages are kept away until whoever has it allows them, and older links show nothing. A new number signs up by itself.
#[utoipa::path(post, path = "/v1/subjects/{subject}/correct", security(("owner" = [])), params(("subject" = String, Path)), request_body = WordHeard, responses((status = 200, body = PersonNow), (status = "4XX", content_type = "application/problem+json", body = Problem)))]
fn correct() {}

/// The owner passes on that a person wants to be erased (GDPR 17). What they have agreed to or asked for since stays, with the number.
#[utoipa::path(delete, path = "/v1/subjects/{subject}", security(("owner" = [])), params(("subject" = String, Path)), request_body = WordHeard, responses((status = 200, body = PersonNow), (status = "4XX", content_type = "application/problem+json", body = Problem)))]
fn erase() {}

/// Another system of the owner's, such as a checkout, hands in that somebody asks for SMS. It orders the confirmation SMS alone, which says where the number was given, within the limits of the form and of the destination. What was shown is the owner's word. The answer is alike whether the number is known or not.
#[utoipa::path(post, path = "/v1/requests", security(("owner" = [])), params(("Idempotency-Key" = Option<String>, Header, description = "the same call with the same key asks once, for as long as its request waits")), request_body = HandInRequest, responses((status = 202, body = ConsentAccepted), (status = "4XX", content_type = "application/problem+json", body = Problem)))]
fn hand_in() {}

/// Opens what is locked away of an erased person, for a dispute (GDPR 17(3)(e)). Who opened it, when and what for is kept beside it.
#[utoipa::path(post, path = "/v1/subjects/{subject}/proofs", security(("owner" = [])), params(("subject" = String, Path)), request_body = OpenProofs, responses((status = 200, body = OpenedProofs), (status = "4XX", content_type = "application/problem+json", body = Problem)))]
fn open_proofs() {}

/// What people wrote that no program understands, and what gateways brought that can't be read: the oldest first, page by page. It lags by some seconds.
#[utoipa::path(get, path = "/v1/inbox", security(("owner" = [])), params(("cursor" = Option<String>, Query, description = "the `cursor` of the page before")), responses((status = 200, body = InboxList), (status = "4XX", content_type = "application/problem+json", body = Problem)))]
fn inbox() {}

/// A human's answer to one of them: what is done for the person, at once. The same once more answers alike; another one is refused.
#[utoipa::path(post, path = "/v1/inbox/{id}", security(("owner" = [])), params(("id" = String, Path, description = "the `id` of the entry")), request_body = InboxAnswer, responses((status = 200, body = InboxAnswered), (status = "4XX", content_type = "application/problem+json", body = Problem)))]
fn answer_inbox() {}

/// A text that people saw, or that SMS were made of, by the hash that evidence names.
#[utoipa::path(get, path = "/v1/texts/{hash}", security(("owner" = [])), params(("hash" = String, Path)), responses((status = 200, content_type = "text/plain", body = String), (status = "4XX", content_type = "application/problem+json", body = Problem)))]
fn text() {}

/// The public keys that sign evidence, or did, as a JWK set. An event names its key by `kid`, the RFC 7638 thumbprint.
#[utoipa::path(get, path = "/v1/keys", responses((status = 200, body = PublicKeys)))]
fn keys() {}

/// What a form's limits let through and held back, by day.
#[utoipa::path(get, path = "/v1/stats", security(("owner" = [])), params(("form" = String, Query), ("from" = Option<String>, Query, description = "the first day, UTC, such as `2026-01-31`"), ("to" = Option<String>, Query, description = "the last day")), responses((status = 200, body = Stats), (status = "4XX", content_type = "application/problem+json", body = Problem)))]
fn stats() {}

/// What to print and to post for a form: each keyword with the text beside it, `sms:` link and hosted link, and both as QR codes.
#[utoipa::path(get, path = "/v1/forms/{form}/invite", security(("owner" = [])), params(("form" = String, Path), ("campaign" = Option<String>, Query, description = "at most 100 characters"), ("utm_campaign" = Option<String>, Query, description = "the same as `campaign`"), ("utm_source" = Option<String>, Query), ("utm_medium" = Option<String>, Query), ("utm_term" = Option<String>, Query), ("utm_content" = Option<String>, Query), ("reference" = Option<String>, Query, description = "of whoever gets this link: their number as a customer, say; one word of at most 64 characters")), responses((status = 200, body = Invite), (status = "4XX", content_type = "application/problem+json", body = Problem)))]
fn invite() {}

/// The QR code of a form's hosted page, for print.
#[utoipa::path(get, path = "/f/{form}/qr.svg", params(("form" = String, Path), ("campaign" = Option<String>, Query), ("utm_campaign" = Option<String>, Query, description = "the same as `campaign`"), ("utm_source" = Option<String>, Query), ("utm_medium" = Option<String>, Query), ("utm_term" = Option<String>, Query), ("utm_content" = Option<String>, Query), ("reference" = Option<String>, Query)), responses((status = 200, content_type = "image/svg+xml"), (status = "4XX", content_type = "application/problem+json", body = Problem)))]
fn hosted_svg() {}

/// The QR code of a form's hosted page where no SVG is taken.
#[utoipa::path(get, path = "/f/{form}/qr.png", params(("form" = String, Path), ("campaign" = Option<String>, Query), ("utm_campaign" = Option<String>, Query, description = "the same as `campaign`"), ("utm_source" = Option<String>, Query), ("utm_medium" = Option<String>, Query), ("utm_term" = Option<String>, Query), ("utm_content" = Option<String>, Query), ("reference" = Option<String>, Query)), responses((status = 200, content_type = "image/png"), (status = "4XX", content_type = "application/problem+json", body = Problem)))]
fn hosted_png() {}

/// Sends a text to at most 1,000 people, each if they agreed to its purpose. A wrong row, or one that is the same person as an earlier one, is in `rejected` and stops no other. The same key gives the same answer.
#[utoipa::path(post, path = "/v1/messages/batch", security(("owner" = [])), params(("Idempotency-Key" = Option<String>, Header)), request_body = BatchRequest, responses((status = 202, body = BatchAccepted), (status = "4XX", content_type = "application/problem+json", body = Problem)))]
fn batch() {}

/// How far a batch is, and what came of each recipient.
#[utoipa::path(get, path = "/v1/messages/batch/{id}", security(("owner" = [])), params(("id" = String, Path)), responses((status = 200, body = BatchProgress), (status = "4XX", content_type = "application/problem+json", body = Problem)))]
fn batch_progress() {}

/// How far the pool of codes of a purpose's reward reaches.
#[utoipa::path(get, path = "/v1/rewards/{purpose}", security(("owner" = [])), params(("purpose" = String, Path)), responses((status = 200, body = RewardPool), (status = "4XX", content_type = "application/problem+json", body = Problem)))]
fn rewards() {}

/// Adds codes to that pool, at most 10,000 and 256 KiB at once. What is known already is left out.
#[utoipa::path(post, path = "/v1/rewards/{purpose}", security(("owner" = [])), params(("purpose" = String, Path)), request_body = RewardCodes, responses((status = 200, body = RewardCodesAdded), (status = "4XX", content_type = "application/problem+json", body = Problem)))]
fn add_rewards() {}

/// How a webhook fares.
#[utoipa::path(get, path = "/v1/webhooks/{webhook}", security(("owner" = [])), params(("webhook" = String, Path)), responses((status = 200, body = WebhookHealth), (status = "4XX", content_type = "application/problem+json", body = Problem)))]
fn webhook() {}

/// Lets a webhook have events of the last 30 days once more, under their old ids.
#[utoipa::path(post, path = "/v1/webhooks/{webhook}/replay", security(("owner" = [])), params(("webhook" = String, Path)), request_body = ReplayRequest, responses((status = 202, body = Replayed), (status = "4XX", content_type = "application/problem+json", body = Problem)))]
fn replay() {}

/// Whether all SMS but the acknowledgements of a STOP are stopped.
#[utoipa::path(get, path = "/v1/pause", security(("owner" = [])), responses((status = 200, body = PauseAnswer), (status = "4XX", content_type = "application/problem+json", body = Problem)))]
fn pause() {}

/// Stops all SMS but the acknowledgements of a STOP, or ends that; all gateways have heard of it when it answers. Without a body it stops them.
#[utoipa::path(post, path = "/v1/pause", security(("owner" = [])), request_body = Option<PauseRequest>, responses((status = 200, body = PauseAnswer), (status = "4XX", content_type = "application/problem+json", body = Problem)))]
fn put_pause() {}

/// Whether the edge can do its work, where it answers and where its objects are: 503 where a secret is missing, a gateway is stopped, something is parked or can't be read, an SMS links to an origin that the configuration forgets, or the deploy doesn't go on with the one before it. In that last case alone (`stopped`) everything else answers 503, too (`/problems/deploy`).
#[utoipa::path(get, path = "/healthz", responses((status = 200, body = Health), (status = 503, body = Health)))]
fn health() {}
