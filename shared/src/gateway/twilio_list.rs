//! Twilio's list of SMS that came in: what its webhooks could not bring while nobody answered.

use chrono::DateTime;
use serde_json::Value;

use super::{Answer, Call, InboundPage, InboundSms, ListedSms, Secrets, SmsId, Twilio, call::at, twilio::AUTH_TOKEN};
use crate::time::Timestamp;

/// Few enough for an answer that is read.
const PAGE: &str = "20";

impl Twilio {
    /// Those that came in at a number since that day; `page` is the path of a further page.
    pub(super) fn list_inbound(&self, to: &str, since: Timestamp, page: Option<&str>, secrets: &dyn Secrets) -> Call {
        let url = match page.and_then(|page| Some((self.messages(), page.strip_prefix(&self.path())?))) {
            // Nowhere else: our credentials go along.
            Some((messages, rest)) if rest.starts_with('?') => format!("{messages}{rest}"),
            _ => {
                let day = String::from(since).chars().take(10).collect::<String>();
                let query = [("To", to), ("DateSent>", day.as_str()), ("PageSize", PAGE)];
                let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
                format!("{}?{query}", self.messages())
            }
        };
        Call::get(url).basic(&self.account_sid, &secrets.get(AUTH_TOKEN))
    }

    /// The SMS of a page, the newest first; nothing where it can't be read.
    pub(super) fn listed_inbound(answer: &Answer) -> Option<InboundPage> {
        let body = answer.json();
        let messages = body.pointer("/messages").and_then(Value::as_array).filter(|_| answer.is_success())?;
        let read = |message: &Value| {
            let came_in = at(message, "/direction").is_some_and(|direction| direction == "inbound");
            let date = at(message, "/date_sent").or_else(|| at(message, "/date_created"))?;
            let sent_at = DateTime::parse_from_rfc2822(&date).ok()?.timestamp_millis();
            let text = message.pointer("/body").and_then(Value::as_str)?.to_owned();
            let id = SmsId::Provider(at(message, "/sid")?);
            let sms = InboundSms::new(id, at(message, "/from")?, at(message, "/to")?, text);
            came_in.then_some(ListedSms { sms, sent_at: Timestamp::from_millis(sent_at) })
        };
        let sms = messages.iter().filter_map(read).collect();
        Some(InboundPage { sms, next: at(&body, "/next_page_uri") })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::gateway::tests::{SECRET, answer, at_noon};

    const ACCOUNT: &str = "AC00000000000000000000000000000000";

    fn twilio() -> Twilio {
        serde_json::from_value(json!({ "processor": "Twilio", "account_sid": ACCOUNT })).unwrap()
    }

    #[test]
    fn its_list_is_asked_for_at_twilio_alone() {
        let url = |page: Option<&str>| twilio().list_inbound("+4915228817386", at_noon(), page, &SECRET).url;
        let messages = format!("https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Messages.json");
        let first = format!("{messages}?To=%2B4915228817386&DateSent%3E=2026-11-24&PageSize=20");
        assert_eq!(url(None), first);
        let next = format!("/2010-04-01/Accounts/{ACCOUNT}/Messages.json?Page=1&PageToken=PA1");
        assert_eq!(url(Some(&next)), format!("{messages}?Page=1&PageToken=PA1"));
        for elsewhere in ["https://evil.example/", "//evil.example/", "@evil.example", "/2010-04-01/Accounts/AC1", ""] {
            assert_eq!(url(Some(elsewhere)), first, "{elsewhere}");
        }
    }

    #[test]
    fn only_what_came_in_is_read() {
        let message = |sid: &str, direction: &str, date: Value| json!({ "sid": sid, "from": "+49151", "to": "+49152", "body": "STOP", "direction": direction, "date_sent": date });
        let date = "Tue, 24 Nov 2026 12:00:00 +0000";
        let body = json!({
            "next_page_uri": "/next",
            "messages": [
                message("SM1", "inbound", json!(date)),
                message("SM2", "outbound-api", json!(date)),
                message("SM3", "inbound", json!(null)),
                { "sid": "SM4", "direction": "inbound" },
            ],
        });
        let page = Twilio::listed_inbound(&answer(200, &body.to_string())).unwrap();
        assert_eq!(page.next.as_deref(), Some("/next"));
        let [listed] = page.sms.as_slice() else { panic!("{page:?}") };
        assert_eq!((listed.sms.id.text(), listed.sent_at), ("SM1", at_noon()));
        for (status, body) in [(503, body.to_string()), (200, "<html>".to_owned()), (200, "{}".to_owned())] {
            assert_eq!(Twilio::listed_inbound(&answer(status, &body)), None, "{status}");
        }
    }
}
