use super::*;

#[test]
fn messages() {
    let mut message = Message::new(message_id(), "marketing".parse().unwrap(), 2, None, at());
    let queued = json!({ "id": MESSAGE, "purpose": "marketing", "segments": 2, "state": "queued", "created_at": AT });
    is_stored(message.clone(), queued);
    message.handed_over("twilio".parse().unwrap(), Some("SM2".into()), at());
    message.report(Delivery::Failed(Failure::NotMobile), at());
    is_stored(
        message,
        json!({
            "id": MESSAGE, "purpose": "marketing", "segments": 2, "state": "failed", "reason": "not_mobile",
            "created_at": AT, "sent_at": AT, "ended_at": AT, "gateway": "twilio", "provider_id": "SM2",
        }),
    );
}

#[test]
fn how_far_a_message_has_come() {
    are_stored([
        (MessageState::Queued, json!("queued")),
        (MessageState::OutcomeUnknown, json!("outcome_unknown")),
        (MessageState::Sent, json!("sent")),
        (MessageState::Failed, json!("failed")),
        (MessageState::Delivered, json!("delivered")),
    ]);
    are_stored([
        (FailureReason::NoConsent, json!("no_consent")),
        (FailureReason::Expired, json!("expired")),
        (FailureReason::OptedOut, json!("opted_out")),
        (FailureReason::NotMobile, json!("not_mobile")),
        (FailureReason::OutOfCredit, json!("out_of_credit")),
        (FailureReason::Credentials, json!("credentials")),
        (FailureReason::Refused, json!("refused")),
    ]);
    are_stored([
        (Delivery::Sent, json!("sent")),
        (Delivery::Delivered, json!("delivered")),
        (Delivery::Failed(Failure::Later), json!({ "failed": "later" })),
        (Delivery::Failed(Failure::Throttled { after: None }), json!({ "failed": { "throttled": { "after": null } } })),
        (Delivery::Failed(Failure::Never), json!({ "failed": "never" })),
        (Delivery::Failed(Failure::OptedOut), json!({ "failed": "opted_out" })),
        (Delivery::Failed(Failure::NotMobile), json!({ "failed": "not_mobile" })),
        (Delivery::Failed(Failure::OutOfCredit), json!({ "failed": "out_of_credit" })),
        (Delivery::Failed(Failure::Credentials), json!({ "failed": "credentials" })),
    ]);
}

#[test]
fn what_is_said_to_many() {
    is_stored(
        MessageDraft {
            purpose: "marketing".parse().unwrap(),
            text: "Hallo {name}".into(),
            sender: Some("shop".parse().unwrap()),
            normalize: true,
        },
        json!({ "purpose": "marketing", "text": "Hallo {name}", "sender": "shop", "normalize": true }),
    );
    are_stored([
        (BatchOutcome::Waiting, json!({ "state": "waiting" })),
        (
            BatchOutcome::Accepted { message: message_id(), segments: 1 },
            json!({ "state": "accepted", "message": MESSAGE, "segments": 1 }),
        ),
        (
            BatchOutcome::Refused { reason: "no-consent".into(), detail: "No.".into(), duplicate_of: None },
            json!({ "state": "refused", "reason": "no-consent", "detail": "No." }),
        ),
    ]);
}
