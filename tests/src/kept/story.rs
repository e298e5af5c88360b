use std::{
    collections::BTreeMap,
    fs::{self, File},
    io,
    path::Path,
    time::{SystemTime, UNIX_EPOCH},
};

use demo::secrets::Secrets;
use flate2::{Compression, write::GzEncoder};
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use super::{About, edge, settings};
use crate::{
    Answer, Behaviour, DAY, HOUR, Jawort, Link, Provider, Receiver, Reply, eventually,
    faults::{Fault, How, Kind, When},
    hidden, number,
};

/// The question to an object at which everything stops: soon after those who act then have asked theirs, so that little
/// of what they ordered has left.
const QUESTIONS: u32 = 50;

/// People who say yes in the moment of the crash.
const MIDDLE: std::ops::Range<u8> = 30..42;

fn pack(from: &Path, to: &Path) -> io::Result<()> {
    fs::remove_file(from.join("edge.log"))?;
    let mut archive = tar::Builder::new(GzEncoder::new(File::create(to)?, Compression::best()));
    archive.append_dir_all(".", from)?;
    archive.into_inner()?.finish().map(|_| ())
}

/// Goes the story's way and keeps what it leaves.
pub struct Story {
    jawort: Jawort,
    receiver: Receiver,
    provider: Provider,
    turned: u64,
    about: About,
}

impl Story {
    /// Goes the whole way with an edge of its own, and keeps its state in `folder`.
    ///
    /// # Panics
    /// When anything goes another way than the story's.
    pub async fn keep(folder: &Path) {
        let state = tempfile::tempdir().expect("a folder");
        let secrets = Secrets::generate().expect("randomness");
        let jawort = edge(secrets.clone(), state, &[]);
        let about = About {
            now: 0,
            origin: jawort.url().to_owned(),
            secrets,
            links: BTreeMap::new(),
            ids: BTreeMap::new(),
            codes: BTreeMap::new(),
            people: BTreeMap::new(),
            messages: BTreeMap::new(),
            forms: BTreeMap::new(),
            stats: BTreeMap::new(),
            settings: Value::Null,
        };
        let (receiver, provider) = (Receiver::start().await, Provider::start().await);
        let mut story = Self { jawort, receiver, provider, turned: 0, about };
        story.publish(false).await;
        story.long_ago().await;
        story.people().await;
        story.members().await;
        story.by_a_provider().await;
        story.before_the_end().await;
        story.leave(folder).await;
    }

    async fn turn(&mut self, seconds: u64) {
        self.jawort.turn(seconds).await;
        self.turned += seconds;
    }

    fn now(&self) -> u64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
        u64::try_from(since.as_millis()).expect("not so far") + self.turned * 1000
    }

    async fn publish(&self, by_provider: bool) {
        let changed = self.jawort.try_settings(|all| {
            settings(all, &self.receiver);
            if by_provider {
                self.provider.serve(all);
            }
        });
        changed.await.expect(200);
        self.jawort
            .put_form("newsletter", |draft| {
                draft["confirm"] = json!("both");
                draft["keywords"] = json!([{ "word": "FARN", "beside": "Am Plakat im Schaufenster" }]);
            })
            .await;
        self.jawort.put_form("shop", |_| {}).await;
        for (form, purpose) in [("club", "club"), ("night", "marketing")] {
            let mut draft = self.jawort.draft("newsletter");
            draft["purposes"] = json!([purpose]);
            if form == "night" {
                // It is night now, wherever in Europe, and no more in seven hours.
                let hour = self.now() / 1000 / HOUR % 24;
                let (from, until) = (format!("{hour:02}:00"), format!("{:02}:00", (hour + 6) % 24));
                draft["quiet_hours"] = json!({ "from": from, "until": until });
            }
            self.jawort.owner(Method::PUT, &format!("/v1/forms/{form}"), Some(draft)).await.expect(200);
        }
    }

    async fn consent(&mut self, form: &str, n: u8) -> Link {
        let link = self.jawort.consent(form, &number(n)).await;
        self.about.links.insert(format!("given {n}"), link.0.clone());
        link
    }

    async fn fresh_link(&mut self, n: u8, count: usize) -> Link {
        self.jawort.reply(&number(n), "INFO").await;
        let link = self.jawort.sms(&number(n), count).await.link();
        self.about.links.insert(format!("fresh {n}"), link.0.clone());
        link
    }

    async fn tap(&self, link: &Link, fields: &[(&str, &str)]) {
        self.jawort.tap(link, fields).await.page(200);
    }

    /// What time alone has changed at the end.
    async fn long_ago(&mut self) {
        self.consent("newsletter", 19).await; // lapses
        self.turn(19 * 31 * DAY).await;
        let link = self.jawort.ask_and_get("newsletter", &number(18), 1).await;
        self.about.links.insert("expired 18".to_owned(), link.0); // expires
        self.turn(3 * DAY).await;
        self.publish(false).await; // the night is another one by now
    }

    async fn people(&mut self) {
        self.consent("newsletter", 1).await;
        let body = json!({ "number": number(1), "purpose": "marketing", "text": "Neue Farne" });
        let sent = self.jawort.owner_with_key("/v1/messages", "first", &body).await.expect(202).json();
        self.about.ids.insert("sent".to_owned(), sent["id"].as_str().expect("an id").to_owned());
        self.jawort.sms(&number(1), 2).await;

        let link = self.jawort.ask_and_get("shop", &number(2), 1).await;
        self.about.links.insert("waiting 2".to_owned(), link.0);
        for (n, action) in [(3, "withdraw"), (4, "object")] {
            let link = self.consent("newsletter", n).await;
            self.tap(&link, &[("action", action)]).await;
        }
        self.consent("newsletter", 5).await;
        let fresh = self.fresh_link(5, 2).await;
        self.tap(&fresh, &[("action", "erase"), ("understood", "yes")]).await;
        self.jawort.reply(&number(6), "STOP").await;
        self.consent("newsletter", 7).await;
        self.jawort.reply(&number(7), "FALSCHE NUMMER").await;
        self.jawort.reply(&number(8), "FARN").await;
        self.jawort.sms(&number(8), 1).await;
        self.consent("night", 9).await;
        let queued = self.jawort.order(&number(9), "marketing", "Guten Morgen").await;
        self.about.ids.insert("queued".to_owned(), queued);
        self.consent("newsletter", 14).await;
        self.jawort.ask("newsletter", &number(14)).await;
        self.jawort.sms(&number(14), 2).await;
        let link = self.jawort.ask_and_get("shop", &number(15), 1).await;
        self.tap(&link, &[("action", "refuse")]).await;
        self.about.links.insert("refused 15".to_owned(), link.0);
        // A human must read both, and advertising to one waits for that.
        for (n, text) in [(13, "Farne sind grün"), (17, "Mein Anwalt meldet sich bei Ihnen")] {
            self.consent("newsletter", n).await;
            self.jawort.reply(&number(n), text).await;
            self.jawort.sms(&number(n), 2).await;
        }
        let old = self.jawort.ask_and_get("newsletter", &number(16), 1).await;
        self.about.links.insert("superseded 16".to_owned(), old.0);
        self.turn(120).await;
        let new = self.jawort.ask_and_get("newsletter", &number(16), 2).await;
        self.about.links.insert("waiting 16".to_owned(), new.0);
    }

    /// Two get a code, the third finds the pool empty.
    async fn members(&mut self) {
        self.jawort.add_codes("club", &["GRUEN-1", "GRUEN-2"]).await;
        for n in [10, 11] {
            self.consent("club", n).await;
            let code = self.jawort.sms(&number(n), 2).await.text;
            let code = code.split("Code: ").nth(1).and_then(|rest| rest.split_whitespace().next()).expect("a code");
            self.about.codes.insert(n, code.to_owned());
        }
        self.consent("club", 12).await;
        self.fresh_link(10, 3).await;
        self.jawort.type_on_number_page(&number(11)).await;
        self.turned += 4;
        let link = self.jawort.sms(&number(11), 3).await.link();
        self.about.links.insert("fresh 11".to_owned(), link.0);
    }

    async fn given_by_provider(&mut self, n: u8) {
        let link = self.provider.consent(&self.jawort, &number(n)).await;
        self.about.links.insert(format!("given {n}"), link.0);
    }

    async fn message(&mut self, n: u8, name: &str) -> String {
        let id = self.jawort.order(&number(n), "marketing", "Neue Farne").await;
        self.about.ids.insert(name.to_owned(), id.clone());
        id
    }

    async fn by_a_provider(&mut self) {
        self.publish(true).await;
        self.given_by_provider(20).await;
        for name in ["dead 1", "dead 2", "dead 3"] {
            let before = self.provider.taken().len();
            let id = self.message(20, name).await;
            let sms = self.provider.sms(before + 1).await;
            self.jawort.reaches(&id, "sent").await;
            self.jawort.report(&sms, "undelivered", Some("30005")).await.expect(200);
        }
        self.provider.plan([Behaviour::Refuse(400, 21610)]);
        let calls = self.provider.calls();
        self.jawort.ask("newsletter", &number(21)).await; // is held
        self.provider.asked(calls + 1).await;
        self.given_by_provider(22).await;
        let before = self.provider.taken().len();
        let id = self.message(22, "delivered").await;
        let sms = self.provider.sms(before + 1).await;
        self.jawort.reaches(&id, "sent").await;
        self.jawort.report(&sms, "delivered", None).await.expect(200);
        self.given_by_provider(24).await;
        self.jawort.bring("SMstop", &number(24), "STOP").await.expect(200);
        self.provider.sms(before + 3).await; // its acknowledgement
        // All that was told so far has arrived.
        eventually("the webhooks", || async { (self.jawort.webhook_health().await["waiting"] == 0).then_some(()) })
            .await;
    }

    /// Requests that the provider refuses for now, people who are about to act, and a program that takes nothing any
    /// more.
    async fn before_the_end(&mut self) {
        for n in MIDDLE {
            let before = self.provider.taken().len();
            let mut asked = self.jawort.submission("club", &number(n)).await;
            asked["source"]["reference"] = json!(format!("K-{n}"));
            self.jawort.submit(&asked).await.expect(202);
            let sms = self.provider.sms(before + 1).await;
            self.about.links.insert(format!("middle {n}"), sms.link().0);
        }
        self.receiver.replies(|_| Reply::Status(503));
        let busy = Behaviour::Refuse(429, 20429);
        self.provider.plan([vec![busy.clone(), Behaviour::Hang], vec![busy; 9]].concat());
        let calls = self.provider.calls();
        self.jawort.ask("shop", &number(25)).await;
        self.provider.asked(calls + 1).await;
        self.message(22, "unanswered").await;
        self.provider.asked(calls + 2).await;
    }

    /// Loses power while many things are under way, so that the outboxes hold some of each.
    async fn crash(&mut self) {
        let jawort = &self.jawort;
        let suppressed = jawort.submission("newsletter", &number(15)).await;
        let mut pages = Vec::new();
        for n in MIDDLE {
            let link = Link(self.about.links[&format!("middle {n}")].clone());
            pages.push((hidden(&jawort.open(&link).await.text(), "shown").expect("the text"), link));
        }
        let recipients: Vec<_> =
            (0..100).map(|n| json!({ "number": number(n), "values": {}, "reference": format!("K-{n}") })).collect();
        let batch = json!({ "purpose": "marketing", "text": "An alle", "recipients": recipients });
        let begun = jawort.owner(Method::POST, "/v1/messages/batch", Some(batch)).await.expect(202).json();
        self.about.ids.insert("batch".to_owned(), begun["id"].as_str().expect("an id").to_owned());
        let taps = pages.iter().map(|(shown, link)| {
            let fields = [("action", "confirm"), ("shown", shown)];
            jawort.http.post(&link.0).form(&fields).send()
        });
        let erase = [("action", "erase"), ("understood", "yes")];
        let erased = ["fresh 10", "fresh 11"].map(|name| jawort.http.post(&self.about.links[name]).form(&erase).send());
        let all = join_all(taps.chain(erased));
        let fault = Fault { kind: Kind::Question, nth: QUESTIONS, how: How::Kill, when: When::Before, once: true };
        jawort.arm(fault).await;
        let mut watch = jawort.watch();
        tokio::select! {
            _ = async { tokio::join!(all, jawort.submit(&suppressed)) } => {}
            _ = watch.wait() => {}
        }
        self.jawort.pull_the_plug();
    }

    async fn leave(mut self, folder: &Path) {
        let jawort = &self.jawort;
        for n in (1..=22).chain([24, 25]) {
            self.about.people.insert(n, jawort.overview(&number(n)).await);
        }
        for (name, id) in self.about.ids.iter().filter(|(name, _)| *name != "batch") {
            self.about.messages.insert(name.clone(), jawort.life(id).await);
        }
        for form in ["newsletter", "shop", "club", "night"] {
            let view = Answer::of(jawort.get(&format!("/v1/forms/{form}?lang=de"))).await.expect(200).json();
            self.about.forms.insert(form.to_owned(), view);
            let stats = jawort.owner(Method::GET, &format!("/v1/stats?form={form}"), None).await.expect(200).json();
            self.about.stats.insert(form.to_owned(), stats);
        }
        self.about.settings = jawort.owner(Method::GET, "/v1/settings", None).await.expect(200).json();
        // Limits are written down some seconds later.
        tokio::time::sleep(std::time::Duration::from_secs(6)).await;
        self.about.now = self.now();
        self.crash().await;
        if folder.exists() {
            fs::remove_dir_all(folder).expect("the old one goes");
        }
        fs::create_dir_all(folder).expect("a folder");
        pack(self.jawort.state_dir(), &folder.join("edge.tar.gz")).expect("an archive");
        let json = serde_json::to_string_pretty(&self.about).expect("JSON");
        fs::write(folder.join("about.json"), json + "\n").expect("about.json");
    }
}
