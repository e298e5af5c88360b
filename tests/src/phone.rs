use serde_json::{Value, json};

use crate::{Answer, Jawort, eventually};

/// A mobile number that belongs to nobody: of the hundred that the regulator keeps for films.
pub fn number(n: u8) -> String {
    assert!(n < 100, "there are a hundred");
    format!("+49176040690{n:02}")
}

/// Area codes of the United States, each with a hundred numbers that belong to nobody.
const AREAS: [u16; 20] =
    [201, 202, 203, 205, 206, 207, 208, 209, 210, 212, 213, 214, 215, 216, 217, 218, 219, 224, 225, 228];

/// One of two thousand numbers that belong to nobody: in the United States 555-0100 to 555-0199 are kept for fiction.
pub fn fictional(n: usize) -> String {
    format!("+1{}55501{:02}", AREAS[n / 100 % AREAS.len()], n % 100)
}

/// The same number as a person types it.
pub fn typed(number: &str) -> String {
    let Some(german) = number.strip_prefix("+49") else {
        return number.to_owned();
    };
    let (prefix, rest) = german.split_at(3);
    format!("0{prefix} {rest}")
}

/// Whether a text holds one of these numbers, in whatever spelling.
pub fn has_number(text: &str) -> bool {
    let digits: String = text.chars().filter(|c| !" /-().".contains(*c)).collect();
    digits.contains("176040690") || AREAS.iter().any(|area| digits.contains(&format!("1{area}55501")))
}

/// An SMS as a handset got it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sms {
    pub from: String,
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link(pub String);

impl Sms {
    /// The one link, which stands alone on its line.
    ///
    /// # Panics
    /// When there is none, or another one.
    pub fn link(&self) -> Link {
        let links: Vec<_> = self.text.lines().filter(|line| line.contains("://")).collect();
        assert_eq!(links.len(), 1, "{}", self.text);
        assert!(links[0].starts_with("http") && !links[0].contains(' '), "{}", self.text);
        Link(links[0].to_owned())
    }
}

impl Link {
    pub fn token(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }
}

impl Jawort {
    /// All SMS that a handset got so far, the oldest first.
    pub async fn inbox(&self, number: &str) -> Vec<Sms> {
        let inbox = self.get("/simulator/messages").query(&[("to", number)]);
        let list = Answer::of(inbox).await.expect(200).json();
        let text = |sms: &Value, name: &str| sms[name].as_str().unwrap_or_default().to_owned();
        list.as_array()
            .expect("a list")
            .iter()
            .map(|sms| Sms { from: text(sms, "from"), text: text(sms, "text") })
            .collect()
    }

    /// Waits for the `count`th SMS of a handset, which must be its last one.
    pub async fn sms(&self, number: &str, count: usize) -> Sms {
        eventually("the SMS", || async {
            let inbox = self.inbox(number).await;
            assert!(inbox.len() <= count, "too many: {inbox:?}");
            inbox.get(count - 1).cloned()
        })
        .await
    }

    /// Waits so long that an SMS would have come, and looks that the handset has got `count` of them in all.
    pub async fn no_more_than(&self, number: &str, count: usize) {
        tokio::time::sleep(std::time::Duration::from_millis(700)).await;
        let inbox = self.inbox(number).await;
        assert_eq!(inbox.len(), count, "{inbox:?}");
    }

    /// Sends an SMS from a handset to the sender of the demo.
    pub async fn reply(&self, number: &str, text: &str) {
        let body = json!({ "from": number, "to": crate::edge::SENDER, "text": text });
        Answer::of(self.post("/simulator/reply").json(&body)).await.expect(202);
    }

    /// Lets time pass.
    pub async fn turn(&self, seconds: u64) {
        Answer::of(self.post("/simulator/clock").json(&json!({ "seconds": seconds }))).await.expect(204);
    }
}

/// Seconds from now until that hour of the day in Berlin, by the winter's offset or the summer's.
///
/// # Panics
/// Where this machine's clock is before 1970.
pub fn until_hour(hour: u64) -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("a time").as_secs();
    // This machine's clock says which one it is: the last Sundays of March and October are far enough for a test.
    let day_of_year = (now / 86_400) % 365;
    let offset = if (90..300).contains(&day_of_year) { 2 } else { 1 };
    let second_of_day = (now + offset * 3600) % 86_400;
    (hour * 3600 + 86_400 - second_of_day) % 86_400
}
