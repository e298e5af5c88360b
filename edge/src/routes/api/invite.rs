//! What an owner prints and posts: links to a form, and the same as QR codes.

use axum::{
    Json as Answered,
    http::header,
    response::{IntoResponse as _, Response},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::Deserialize;
use shared::{
    form::{FormVersion, Keyword, hosted_link},
    qr::Qr,
    reference::Reference,
    wire::{FieldError, Invite, InviteLink, KeywordInvite},
};

use crate::{
    platform::context::App,
    problem::Problem,
    request::{Owner, Path, Query},
    service::lookup,
};

/// A longer campaign makes a code that nobody can scan from a poster.
const LONGEST_CAMPAIGN: usize = 100;

#[derive(Deserialize)]
pub struct Asked {
    /// The campaign, which comes back as the consent's.
    campaign: Option<String>,
    /// The same, as web analytics call it; with the others, which the page's address then has.
    utm_campaign: Option<String>,
    utm_source: Option<String>,
    utm_medium: Option<String>,
    utm_term: Option<String>,
    utm_content: Option<String>,
    /// The owner's, of whoever gets the link.
    reference: Option<String>,
}

impl Asked {
    fn utm(&self) -> Result<Vec<(&str, &str)>, Problem> {
        if self.campaign.is_some() && self.utm_campaign.is_some() {
            let detail = "Give either `campaign` or `utm_campaign`: they are the same.";
            return Err(Problem::field("utm_campaign", "one_of", detail));
        }
        let all = [
            ("campaign", "utm_campaign", &self.campaign),
            ("utm_campaign", "utm_campaign", &self.utm_campaign),
            ("utm_source", "utm_source", &self.utm_source),
            ("utm_medium", "utm_medium", &self.utm_medium),
            ("utm_term", "utm_term", &self.utm_term),
            ("utm_content", "utm_content", &self.utm_content),
        ];
        let mut given = Vec::new();
        for (field, name, value) in all {
            let Some(value) = value else { continue };
            if value.chars().count() > LONGEST_CAMPAIGN {
                let detail = format!("A campaign has at most {LONGEST_CAMPAIGN} characters, and so have its parts.");
                return Err(Problem::field(field, "too_long", detail));
            }
            given.push((name, value.as_str()));
        }
        Ok(given)
    }

    fn reference(&self) -> Result<Option<Reference>, Problem> {
        let bad = |why| Problem::Fields(vec![FieldError::bad_reference("reference", why)]);
        Reference::given(self.reference.as_deref()).map_err(bad)
    }

    fn link(&self, app: &App, form: &FormVersion) -> Result<String, Problem> {
        Ok(hosted_link(app.origin(), &form.form, &self.utm()?, self.reference()?.as_ref()))
    }
}

fn qr(link: &str) -> Result<Qr, Problem> {
    Qr::of(link).map_err(|error| Problem::field("campaign", "too_long", error.to_string()))
}

fn link(url: String, title: &str) -> Result<InviteLink, Problem> {
    let code = qr(&url)?;
    let png = STANDARD.encode(code.png());
    Ok(InviteLink { qr_svg: code.svg(title), qr_png: format!("data:image/png;base64,{png}"), url })
}

/// What to print and to post for a form.
#[worker::send]
pub async fn invite(
    Owner(app, _): Owner,
    Path(form): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Answered<Invite>, Problem> {
    let form = lookup::named(&app, &form).await?;
    let url = asked.link(&app, &form)?;
    let hosted = link(url.clone(), &url)?;
    let keyword = |keyword: &Keyword| {
        let number = &form.sender.from;
        Ok(KeywordInvite {
            word: keyword.word.clone(),
            number: number.clone(),
            lang: form.lang(keyword.lang),
            text: form.keyword_text(keyword),
            sms: link(form.sms_link(keyword), &format!("SMS {} → {number}", keyword.word))?,
            hosted: hosted.clone(),
        })
    };
    let keywords = form.draft.keywords.iter().map(keyword).collect::<Result<_, Problem>>()?;
    Ok(Answered(Invite { form: form.form.clone(), version: form.version, hosted, keywords }))
}

async fn hosted(app: &App, form: &str, asked: &Asked) -> Result<(String, Qr), Problem> {
    let form = lookup::named(app, form).await?;
    let link = asked.link(app, &form)?;
    let code = qr(&link)?;
    Ok((link, code))
}

/// The QR code of a form's hosted page, for print.
#[worker::send]
pub async fn svg(app: App, Path(form): Path<String>, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    let (link, code) = hosted(&app, &form, &asked).await?;
    Ok(picture("image/svg+xml", code.svg(&link)))
}

/// The same where no SVG is taken.
#[worker::send]
pub async fn png(app: App, Path(form): Path<String>, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    let (_, code) = hosted(&app, &form, &asked).await?;
    Ok(picture("image/png", code.png()))
}

fn picture(kind: &'static str, body: impl Into<axum::body::Body>) -> Response {
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "public, max-age=3600")];
    (headers, body.into()).into_response()
}
