//! What a provider answers, or somebody on the way from it.

use serde_json::json;
use shared::gateway::{Answer, Envelope, Failure, Gateway, LookedUp, Outcome};
use url::Url;

use crate::{
    lines::{line, text},
    shop::{SECRET, SETTINGS, Secret, noon},
};

fn own(answer: serde_json::Value) -> Gateway {
    let gateway = json!({
        "kind": "http", "processor": "SMS", "answer": answer,
        "send": { "method": "POST", "url": "https://sms.example.de/", "body": { "form": { "to": "{to}" } } },
    });
    serde_json::from_value(gateway).expect("a gateway")
}

/// An answer's body, after a line with its HTTP status and the seconds of its `Retry-After`.
pub fn answers(data: &[u8]) {
    let (head, rest) = line(data);
    let mut numbers = head.split(' ').map(|number| number.parse::<u32>().ok());
    let status = numbers.next().flatten().and_then(|status| u16::try_from(status).ok());
    let status = status.filter(|status| (200..600).contains(status)).unwrap_or(200);
    let body = text(rest);
    let answer = Answer { status, retry_after: numbers.next().flatten(), body: &body };
    let json = json!({ "json": {
        "id": "/id", "code": "/code", "success": ["0"], "failures": { "7": "not_mobile", "8": "unknown" },
    }});
    let line = json!({ "text": {
        "success": ["OK:{id}", "100,{id}", "queued"], "failure": ["ERR {code}"], "failures": { "7": "throttled" },
    }});
    let own = [own(json), own(line)];
    for gateway in SETTINGS.gateways.iter().chain(&own) {
        // Seven's says in its body what became of an SMS.
        let by_status = !matches!(gateway, Gateway::Seven(_) | Gateway::Twilio(_) | Gateway::Http(_));
        match gateway.outcome(&answer) {
            Outcome::Accepted(_) => assert!((200..300).contains(&status), "{}: {status} {body}", gateway.id()),
            Outcome::Failed(Failure::Throttled { after }) => assert!(after.is_none() || after == answer.retry_after),
            Outcome::Failed(_) => assert!(status >= 300 || !by_status, "{}: {status} {body}", gateway.id()),
            Outcome::Unknown => {}
        }
    }
    SETTINGS.gateways.iter().for_each(|gateway| listed(gateway, &answer));
}

/// Credentials go with the call for a further page: it leads nowhere but to the provider's list.
fn listed(gateway: &Gateway, answer: &Answer) {
    let sms = Envelope {
        reference: "AbCdEfGhIjKlMnOpQrStUvWx_-01",
        from: "+4915228817386",
        to: "+4915112345678",
        text: "Ja?",
        status_url: "https://ja.blattwerk.example/gateway/x/status",
        valid_for: 3600,
    };
    if let LookedUp::Taken(id) = gateway.looked_up(&sms, noon(), answer) {
        assert!((200..300).contains(&answer.status) && !id.is_empty());
    }
    let Some(page) = gateway.listed_inbound(answer) else { return };
    for listed in &page.sms {
        assert!(!listed.sms.id.text().is_empty() && !listed.sms.from.is_empty() && !listed.sms.to.is_empty());
    }
    let next = page.next.as_deref();
    let Some(call) = gateway.list_inbound("+4915228817386", noon(), next, &Secret(SECRET)) else { return };
    let address = Url::parse(&call.url).expect("an address");
    assert_eq!(
        (address.scheme(), address.host_str(), address.path(), address.username()),
        ("https", Some("api.twilio.com"), "/2010-04-01/Accounts/AC00000000000000000000000000000000/Messages.json", ""),
        "{next:?}"
    );
}
