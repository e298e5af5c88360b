//! Who does it, and what leads to it.

use reqwest::Method;
use serde_json::{Value, json};

use super::{act::Act, world::World};
use crate::{Answer, DAY, HOUR, Link, Taken, eventually, hidden};

/// Somebody of a story, who does one thing.
pub struct Person {
    pub act: Act,
    n: usize,
    pub number: String,
    pub subject: String,
    link: Option<Link>,
    /// What the form would post.
    submission: Value,
    /// The id of what they wrote.
    entry: Option<String>,
    /// The last SMS.
    sms: Option<Taken>,
    /// When the person had just said yes.
    heard_at: Value,
    /// The id of a batch that goes to them.
    pub batch: Option<String>,
}

impl Person {
    pub fn new(act: Act, n: usize, number: String, subject: String) -> Self {
        Self {
            act,
            n,
            number,
            subject,
            link: None,
            submission: Value::Null,
            entry: None,
            sms: None,
            heard_at: Value::Null,
            batch: None,
        }
    }

    /// What leads to the act.
    pub async fn prepare(&mut self, world: &mut World) {
        match self.act {
            Act::Request => self.fill_in(world).await,
            Act::HandIn | Act::Keyword | Act::Settings | Act::Form | Act::Codes => {}
            Act::YesByLink | Act::YesByReply | Act::No | Act::Refuse | Act::Expire => self.asked(world, "FARN").await,
            Act::YesWithReward => self.asked(world, "KLUB").await,
            Act::Forget => {
                self.asked(world, "FARN").await;
                world.jawort.quiet().await;
                self.pass(world, 49 * HOUR).await.expect(200);
            }
            Act::Start => {
                self.asked(world, "FARN").await;
                self.say(world, "prepare", "NO").await.expect(200);
            }
            Act::WrongNumber
            | Act::Stop
            | Act::StopAdvertising
            | Act::Unclear
            | Act::Object
            | Act::Help
            | Act::Info
            | Act::Withdraw
            | Act::PassOn
            | Act::PassOnErasure
            | Act::Message
            | Act::Lapse
            | Act::Batch => self.given(world).await,
            Act::Replay => {
                self.given(world).await;
                // What waits is not told once more.
                eventually("the end of what was told", || async {
                    let told = world.told(self).len() >= 2;
                    (told && world.jawort.webhook_health().await["waiting"] == 0).then_some(())
                })
                .await;
            }
            Act::AnswerInbox => {
                self.given(world).await;
                self.say(world, "prepare", "My lawyer will call you").await.expect(200);
                self.entry = Some(world.inbox_entry(self).await);
                world.sms(self, 3).await;
            }
            Act::Erase => {
                self.given(world).await;
                self.say(world, "prepare", "INFO").await.expect(200);
                self.link = Some(world.sms(self, 3).await.link());
            }
            Act::Leave => {
                self.given(world).await;
                self.sent(world, 3).await;
                self.link = self.sms.as_ref().map(Taken::link);
            }
            Act::Delivered => {
                self.given(world).await;
                self.sent(world, 3).await;
            }
            Act::Undelivered => {
                self.given(world).await;
                for count in 3..=5 {
                    self.sent(world, count).await;
                    if count < 5 {
                        self.report(world, "undelivered", Some("30005")).await.expect(200);
                    }
                }
            }
        }
        world.jawort.quiet().await;
    }

    async fn fill_in(&mut self, world: &World) {
        self.submission = world.jawort.submission("newsletter", &self.number).await;
    }

    async fn asked(&mut self, world: &World, keyword: &str) {
        self.say(world, "asked", keyword).await.expect(200);
        self.link = Some(world.sms(self, 1).await.link());
    }

    async fn given(&mut self, world: &World) {
        self.asked(world, "FARN").await;
        world.jawort.quiet().await;
        self.say(world, "given", "YES").await.expect(200);
        self.heard_at = world.jawort.check(&self.number, "marketing").await["since"].take();
    }

    async fn sent(&mut self, world: &World, count: usize) {
        let id = world.jawort.order(&self.number, "marketing", "New ferns").await;
        self.sms = Some(world.sms(self, count).await);
        world.jawort.reaches(&id, "sent").await;
    }

    /// An SMS from the handset; `what` makes its id.
    async fn say(&self, world: &World, what: &str, text: &str) -> Answer {
        world.jawort.bring(&format!("SM-{}-{what}", self.n), &self.number, text).await
    }

    async fn report(&self, world: &World, state: &str, code: Option<&str>) -> Answer {
        world.jawort.report(self.sms.as_ref().expect("an SMS"), state, code).await
    }

    /// Opens the link's page and taps.
    async fn tap(&self, world: &World, fields: &[(&str, &str)]) -> Answer {
        let link = self.link.as_ref().expect("a link");
        let page = world.jawort.open(link).await;
        if page.status >= 400 {
            return page;
        }
        let shown = hidden(&page.text(), "shown");
        let shown = shown.iter().map(|shown| ("shown", shown.as_str()));
        let fields: Vec<_> = fields.iter().copied().chain(shown).collect();
        Answer::of(world.jawort.http.post(&link.0).form(&fields)).await
    }

    async fn pass(&self, world: &mut World, seconds: u64) -> Answer {
        world.turn(seconds).await;
        let asked = json!({ "number": self.number, "purpose": "marketing" });
        world.jawort.owner(Method::POST, "/v1/check", Some(asked)).await
    }

    async fn hand_in(&self, world: &World) -> Answer {
        let form = Answer::of(world.jawort.get("/v1/forms/newsletter?lang=de")).await.expect(200).json();
        let body = json!({
            "form": "newsletter", "disclosure": form["disclosure"], "lang": "de", "number": self.number,
            "purposes": ["marketing"], "channel": "till", "age_confirmed": true,
        });
        world.jawort.owner_with_key("/v1/requests", &format!("key-{}", self.n), &body).await
    }

    /// What the person has said a moment after they had agreed, as far as they had.
    async fn pass_on(&self, world: &World, method: Method, act: &str) -> Answer {
        let path = format!("/v1/subjects/{}{act}", self.subject);
        let body = json!({ "channel": "phone", "received_at": self.heard_at, "reference": "T-1" });
        world.jawort.owner(method, &path, Some(body)).await
    }

    /// Does it; `again` says how often it was done before, in vain.
    pub async fn act(&mut self, world: &mut World, again: u32) -> Answer {
        match self.act {
            Act::Request => {
                if again > 0 {
                    self.fill_in(world).await;
                }
                world.jawort.submit(&self.submission).await
            }
            Act::Keyword => self.say(world, "act", "FARN").await,
            Act::YesByLink => self.tap(world, &[("action", "confirm")]).await,
            Act::YesByReply | Act::YesWithReward => self.say(world, "act", "YES").await,
            Act::No => self.say(world, "act", "NO").await,
            Act::Refuse => self.tap(world, &[("action", "refuse")]).await,
            Act::WrongNumber => self.say(world, "act", "WRONG NUMBER").await,
            Act::Stop => self.say(world, "act", "STOP").await,
            Act::StopAdvertising => self.say(world, "act", "STOP WERBUNG").await,
            Act::Unclear => self.say(world, "act", "Ferns are green").await,
            Act::AnswerInbox => {
                let path = format!("/v1/inbox/{}", self.entry.as_deref().expect("an entry"));
                world.jawort.owner(Method::POST, &path, Some(json!({ "act": "withdraw" }))).await
            }
            Act::Object => self.tap(world, &[("action", "object")]).await,
            Act::Start => self.say(world, "act", "START").await,
            Act::Help => self.say(world, "act", "HELP").await,
            Act::Info => self.say(world, "act", "INFO").await,
            Act::Withdraw | Act::Leave => self.tap(world, &[("action", "withdraw")]).await,
            Act::Erase => {
                let answer = self.tap(world, &[("action", "erase"), ("understood", "yes")]).await;
                // Its link is dead where it was done and nobody learned it.
                if again > 0 && answer.status == 404 { Answer { status: 200, ..answer } } else { answer }
            }
            Act::HandIn => self.hand_in(world).await,
            Act::PassOn => self.pass_on(world, Method::POST, "/withdraw").await,
            Act::PassOnErasure => self.pass_on(world, Method::DELETE, "").await,
            Act::Message => {
                let body = json!({ "number": self.number, "purpose": "marketing", "text": "New ferns" });
                world.jawort.owner_with_key("/v1/messages", &format!("key-{}", self.n), &body).await
            }
            Act::Delivered => self.report(world, "delivered", None).await,
            Act::Undelivered => self.report(world, "undelivered", Some("30005")).await,
            Act::Lapse => self.pass(world, if again > 0 { 0 } else { 19 * 31 * DAY }).await,
            Act::Expire => self.pass(world, if again > 0 { 0 } else { 49 * HOUR }).await,
            Act::Forget => self.pass(world, if again > 0 { 0 } else { 31 * DAY }).await,
            Act::Batch => {
                let recipients = json!([{ "number": self.number }]);
                let body = json!({ "purpose": "marketing", "text": "New ferns", "recipients": recipients });
                let key = format!("batch-{}", self.n);
                let answer = world.jawort.owner_with_key("/v1/messages/batch", &key, &body).await;
                if answer.status < 400 {
                    self.batch = answer.json()["id"].as_str().map(str::to_owned);
                }
                answer
            }
            Act::Settings => world.put_settings(&self.email()).await,
            Act::Form => world.put_form("newsletter", "marketing", "FARN", self.age()).await,
            Act::Codes => {
                let codes = json!({ "codes": [format!("BLAU-{}", self.n)] });
                world.jawort.owner(Method::POST, "/v1/rewards/club", Some(codes)).await
            }
            Act::Replay => {
                let all = json!({ "from": "2020-01-01T00:00:00Z", "subject": self.subject });
                world.jawort.owner(Method::POST, "/v1/webhooks/shop/replay", Some(all)).await
            }
        }
    }

    /// Whether all of a batch is answered; the next try of what isn't may be the second one.
    pub async fn batch_is_over(&self, world: &World) -> bool {
        let Some(batch) = &self.batch else {
            return true;
        };
        let path = format!("/v1/messages/batch/{batch}");
        let progress = world.jawort.owner(Method::GET, &path, None).await.expect(200).json();
        progress["done"] == progress["total"]
    }

    fn email(&self) -> String {
        format!("hallo{}@blattwerk.example", self.n)
    }

    fn age(&self) -> u32 {
        if self.n.is_multiple_of(2) { 16 } else { 18 }
    }

    /// Whether what an owner ordered was done, where it is no person's state.
    pub async fn ordered(&self, world: &World) -> Option<bool> {
        let jawort = &world.jawort;
        match self.act {
            Act::Settings => {
                let settings = jawort.owner(Method::GET, "/v1/settings", None).await.expect(200).json();
                Some(settings["controller"]["email"] == json!(self.email()))
            }
            Act::Form => {
                let form = Answer::of(jawort.get("/v1/forms/newsletter?lang=de")).await.expect(200).json();
                Some(form["age"] == json!(self.age()))
            }
            _ => None,
        }
    }
}
