use super::{
    super::{
        About, Answer, BadInbound, Delivery, Failure, InboundCall, InboundSms, Outcome, Secrets, SmsId, Status,
        call::at,
    },
    Answers, Http, Place,
    parts::Parts,
    place::Spot,
};

/// What a pattern found in a text.
#[derive(Default)]
struct Match {
    id: Option<String>,
    code: Option<String>,
}

/// Matches the beginning of a text: what stands outside of braces literally, `{id}` and `{code}` up to the next white
/// space or comma, or to the pattern's next character. A word at the pattern's end is a whole word: `100` is no success
/// where the answer is `1001`.
fn matched(pattern: &str, text: &str) -> Option<Match> {
    let (mut rest, mut text, mut found) = (pattern, text.trim(), Match::default());
    while let Some((literal, after)) = rest.split_once('{') {
        text = text.strip_prefix(literal)?;
        let (name, next) = after.split_once('}')?;
        let ends = |c: char| c.is_ascii_whitespace() || c == ',' || next.starts_with(c);
        let (value, remaining) = text.split_at(text.find(ends).unwrap_or(text.len()));
        if value.is_empty() {
            return None;
        }
        match name {
            "id" => found.id = Some(value.to_owned()),
            "code" => found.code = Some(value.to_owned()),
            _ => return None,
        }
        (rest, text) = (next, remaining);
    }
    let after = text.strip_prefix(rest)?;
    let word = |c: char| c.is_ascii_alphanumeric();
    (!(rest.ends_with(word) && after.starts_with(word))).then_some(found)
}

impl Http {
    pub(in super::super) fn outcome(&self, answer: &Answer) -> Outcome {
        match &self.answer {
            Answers::Json { id, code, success, failures } => {
                let body = answer.json();
                let get = |place: &Option<Place>| match place.as_ref().map(Place::spot) {
                    Some(Spot::Pointer(pointer)) => at(&body, pointer),
                    _ => None,
                };
                let code = get(code);
                if let Some(meaning) = code.as_ref().and_then(|code| failures.get(code)) {
                    return meaning.outcome(answer.retry_after);
                }
                let named = code.as_ref().is_some_and(|code| success.contains(code));
                if !answer.is_success() {
                    return answer.by_status(code.is_some() && !named);
                }
                if !named && !success.is_empty() {
                    // A code that the description doesn't know refuses, by its HTTP status or not at all.
                    return Outcome::Unknown;
                }
                match id {
                    // A provider that names no SMS.
                    None if !body.is_null() => Outcome::Accepted(String::new()),
                    None => Outcome::Unknown,
                    Some(_) => get(id).map_or(Outcome::Unknown, Outcome::Accepted),
                }
            }
            Answers::Text { success, failure, failures } => {
                let line = answer.body.trim().lines().next().unwrap_or_default().trim();
                if answer.is_success()
                    && let Some(found) = success.iter().find_map(|pattern| matched(pattern, line))
                {
                    return Outcome::Accepted(found.id.unwrap_or_default());
                }
                let code = failure.iter().find_map(|pattern| matched(pattern, line)?.code);
                let code = code.or_else(|| (failure.is_empty() && !line.is_empty()).then(|| line.to_owned()));
                match code.as_ref().and_then(|code| failures.get(code)) {
                    Some(meaning) => meaning.outcome(answer.retry_after),
                    None => answer.by_status(code.is_some() && !failure.is_empty()),
                }
            }
        }
    }

    pub(in super::super) fn inbound(
        &self,
        call: &InboundCall,
        secrets: &dyn Secrets,
    ) -> Result<Vec<InboundSms>, BadInbound> {
        let (Some(inbound), Some(verify)) = (&self.inbound, &self.verify) else {
            return Err(BadInbound::Unsigned);
        };
        verify.check(call, secrets)?;
        let parts = Parts::of(call, inbound.format, inbound.charset)?;
        if !parts.are(inbound.when.as_ref()) {
            return Ok(Vec::new());
        }
        let get = |place: &Place| parts.get(place).ok_or(BadInbound::Malformed);
        let filled =
            |place: &Place| get(place).and_then(|text| (!text.is_empty()).then_some(text).ok_or(BadInbound::Malformed));
        let id = match &inbound.id {
            Some(place) => SmsId::Provider(filled(place)?),
            None => SmsId::hash_of(call),
        };
        Ok(vec![InboundSms::new(id, filled(&inbound.from)?, filled(&inbound.to)?, get(&inbound.text)?)])
    }

    pub(in super::super) fn status(
        &self,
        call: &InboundCall,
        secrets: &dyn Secrets,
    ) -> Result<Vec<Status>, BadInbound> {
        let (Some(status), Some(verify)) = (&self.status, &self.verify) else {
            return Err(BadInbound::Unsigned);
        };
        verify.check(call, secrets)?;
        let parts = Parts::of(call, status.format, None)?;
        if !parts.are(status.when.as_ref()) {
            return Ok(Vec::new());
        }
        let reference = parts.get(&status.reference).filter(|text| !text.is_empty()).ok_or(BadInbound::Malformed)?;
        let state = parts.get(&status.state).ok_or(BadInbound::Malformed)?;
        let delivery = if status.delivered.contains(&state) {
            Delivery::Delivered
        } else if status.sent.contains(&state) {
            Delivery::Sent
        } else if status.failed.contains(&state) {
            let code = status.code.as_ref().and_then(|place| parts.get(place)).unwrap_or(state);
            let failure = status.failures.get(&code).and_then(|meaning| meaning.failure(None));
            Delivery::Failed(failure.unwrap_or(Failure::Never))
        } else {
            return Err(BadInbound::Malformed);
        };
        let message_id = status.id.as_ref().and_then(|place| parts.get(place)).filter(|id| !id.is_empty());
        Ok(vec![Status { about: About::Reference(reference), message_id, delivery }])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_matches_whole_words() {
        let id = |pattern, text| matched(pattern, text).map(|found| found.id.or(found.code).unwrap_or_default());
        assert_eq!(id("OK:{id}", "OK:77 sent"), Some("77".to_owned()));
        assert_eq!(id("OK: {id};", "OK: 77;1"), Some("77".to_owned()));
        assert_eq!(id("{code}|{id}", "0|abc"), Some("abc".to_owned()));
        assert_eq!(id("100", "100"), Some(String::new()));
        for (pattern, text) in
            [("100", "1001"), ("100", "10"), ("OK:{id}", "OK:"), ("OK:{id}", "ERR:1"), ("OK {i", "OK 1")]
        {
            assert_eq!(id(pattern, text), None, "{pattern} {text}");
        }
    }
}
