//! What persons say to the business, and the owner passes on (L25); and what another system of the owner's hands in.

use axum::{
    Json as Answered,
    http::{HeaderMap, StatusCode},
};
use shared::{
    actor::Actor,
    calendar::TimeZone,
    evidence::{HandedIn, InTheFuture, PassedOn},
    form::{Asked, NotHandedIn},
    reference::Reference,
    subject::{Scope, Word},
    submission::Filled,
    way_out::sample_link,
    wire::{ConsentAccepted, FieldError, HandInRequest, PersonNow, WithdrawHeard, WordHeard},
};

use super::{
    forms::{accepted, filled_in},
    messages::idempotency_key,
};
use crate::{
    objects::subject::NewWord,
    platform::{context::App, intl},
    problem::Problem,
    request::{Json, Owner, Path},
    service::{
        hand_in::{self, HandIn},
        lookup,
    },
};

/// A person takes back a purpose, or everything.
#[worker::send]
pub async fn withdraw(
    Owner(app, actor): Owner,
    Path(subject): Path<String>,
    Json(request): Json<WithdrawHeard>,
) -> Result<Answered<PersonNow>, Problem> {
    let WithdrawHeard { purpose, channel, received_at, reference } = request;
    let heard = WordHeard { channel, received_at, reference };
    let word = Word::Withdraw(purpose.map_or(Scope::All, Scope::Purpose));
    pass_on(&app, actor, subject, word, heard).await
}

/// A person objects to all advertising.
#[worker::send]
pub async fn object(
    Owner(app, actor): Owner,
    Path(subject): Path<String>,
    Json(heard): Json<WordHeard>,
) -> Result<Answered<PersonNow>, Problem> {
    pass_on(&app, actor, subject, Word::Object, heard).await
}

/// The number is not, or no longer, that of whoever consented.
#[worker::send]
pub async fn correct(
    Owner(app, actor): Owner,
    Path(subject): Path<String>,
    Json(heard): Json<WordHeard>,
) -> Result<Answered<PersonNow>, Problem> {
    pass_on(&app, actor, subject, Word::WrongNumber, heard).await
}

/// A person wants to be erased.
#[worker::send]
pub async fn erase(
    Owner(app, actor): Owner,
    Path(subject): Path<String>,
    Json(heard): Json<WordHeard>,
) -> Result<Answered<PersonNow>, Problem> {
    pass_on(&app, actor, subject, Word::Erase, heard).await
}

async fn pass_on(
    app: &App,
    actor: Actor,
    subject: String,
    word: Word,
    heard: WordHeard,
) -> Result<Answered<PersonNow>, Problem> {
    let WordHeard { channel, received_at, reference } = heard;
    let subject = lookup::by_id(subject)?;
    // An id that no number can have.
    app.secrets().index.get(subject.generation()).map_err(|_| Problem::NotFound)?;
    let settings = app.settings().await?;
    let zone = TimeZone(settings.time_zone.clone());
    let heard_at = received_at.latest(app.now(), |at| intl::day(at, &zone)).map_err(|InTheFuture| {
        Problem::field("received_at", "future", "Give when the person's word reached you: this is in the future.")
    })?;
    let purpose = match &word {
        Word::Withdraw(Scope::Purpose(id)) => id.to_string(),
        _ => String::new(),
    };
    let new = NewWord {
        subject,
        word,
        actor,
        passed_on: PassedOn { channel, received_at },
        heard_at,
        reference: self::reference(reference.as_deref())?,
        purposes: settings.purposes.clone(),
    };
    let now = app.subject(subject).await?.pass_on(new).await?;
    now.map(Answered).ok_or_else(|| lookup::unknown_purpose(&purpose))
}

fn reference(text: Option<&str>) -> Result<Option<Reference>, Problem> {
    Reference::given(text).map_err(|why| Problem::Fields(vec![FieldError::bad_reference("reference", why)]))
}

/// Hands in that somebody asks for SMS. The answer is alike whether the number is known or not.
#[worker::send]
pub async fn hand_in(
    Owner(app, actor): Owner,
    headers: HeaderMap,
    Json(request): Json<HandInRequest>,
) -> Result<(StatusCode, Answered<ConsentAccepted>), Problem> {
    let key = idempotency_key(&headers)?;
    let form = lookup::open(&app, &request.form, Some(request.lang)).await?;
    let lang = request.lang;
    let filled = Filled {
        number: &request.number,
        country: request.country,
        purposes: &request.purposes,
        age_confirmed: request.age_confirmed,
    };
    let number = filled_in(&form, lang, &request.disclosure, filled)?;
    let campaign = request.campaign.filter(|campaign| !campaign.is_empty());
    if campaign.as_ref().is_some_and(|campaign| campaign.chars().count() > HandInRequest::LONGEST_CAMPAIGN) {
        let detail = format!("Give at most {} characters.", HandInRequest::LONGEST_CAMPAIGN);
        return Err(Problem::field("campaign", "length", detail));
    }
    let reference = reference(request.reference.as_deref())?;
    let settings = app.settings().await?;
    let purposes: Vec<_> = request.purposes.iter().filter_map(|id| form.purpose(id)).collect();
    let link = sample_link(&app.links_to(&settings));
    let handed_in = Some(request.channel);
    let asked = Asked { purposes: &purposes, lang, link: &link, reply_code: None, keyword: None, handed_in };
    form.can_be_handed_in(&asked).map_err(not_handed_in)?;
    let ends = number.last_two_digits().to_owned();
    let accepted = accepted(&form, lang, ends, app.now(), &settings.time_zone);
    let hand_in = HandIn {
        form: &form,
        lang,
        number,
        purposes: request.purposes.clone(),
        handed_in: HandedIn::new(actor, request.channel),
        reference,
        campaign,
        key,
    };
    hand_in::take(&app, &settings, hand_in).await?;
    Ok((StatusCode::ACCEPTED, Answered(accepted)))
}

fn not_handed_in(why: NotHandedIn) -> Problem {
    match why {
        NotHandedIn::PublishedBefore => {
            let detail = "This form was published before its SMS could say where a number was given. Publish it again.";
            Problem::field("form", "published_before", detail)
        }
        NotHandedIn::NoRoom => {
            let detail = "With these purposes the confirmation SMS has no room to say where the number was given. \
                          Shorten the form's `confirmation`, labels or `sms_name`, or ask for fewer purposes.";
            Problem::field("form", "no_room", detail)
        }
    }
}
