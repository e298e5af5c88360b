use reqwest::header::HeaderMap;
use serde_json::Value;

/// A whole answer of the edge.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    /// Sends a request and reads all of its answer.
    ///
    /// # Panics
    /// When there is no answer.
    pub async fn of(request: reqwest::RequestBuilder) -> Self {
        let response = request.send().await.expect("the edge answers");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await.expect("the answer has an end").to_vec();
        Self { status, headers, bytes }
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// The body as JSON.
    ///
    /// # Panics
    /// When it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// A header's value, empty where there is none; the values of one that came several times by commas.
    pub fn header(&self, name: &str) -> String {
        let values: Vec<_> = self.headers.get_all(name).iter().map(|value| value.to_str().unwrap_or("?")).collect();
        values.join(", ")
    }

    /// The same answer, which must have that status.
    ///
    /// # Panics
    /// When it has another.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }

    /// The problem (RFC 9457) that the answer must be: of that status and type, with a sentence that says what to do.
    ///
    /// # Panics
    /// When it is none, or another.
    #[track_caller]
    pub fn problem(&self, status: u16, name: &str) -> Value {
        assert_eq!(self.status, status, "{}", self.text());
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem = self.json();
        assert_eq!(problem["type"], format!("/problems/{name}"), "{problem}");
        assert_eq!(problem["status"], status, "{problem}");
        assert!(problem["detail"].as_str().is_some_and(|detail| detail.len() > 10), "{problem}");
        problem
    }

    /// The field and the rule of each violation for which the answer refuses what the owner put.
    ///
    /// # Panics
    /// When it is no such answer, or doesn't say what to do.
    #[track_caller]
    pub fn violations(&self) -> Vec<(String, String)> {
        let problem = self.problem(422, "refused");
        let text = |violation: &Value, name: &str| violation[name].as_str().expect("a text").to_owned();
        let list = problem["violations"].as_array().expect("violations");
        assert!(list.iter().all(|violation| text(violation, "detail").len() > 10), "{problem}");
        list.iter().map(|violation| (text(violation, "field"), text(violation, "rule"))).collect()
    }

    /// The page (HTML) that the answer must be, of that status; nobody may keep it, frame it, or learn where its
    /// links were followed.
    ///
    /// # Panics
    /// When it is none, or lacks a header.
    #[track_caller]
    pub fn page(&self, status: u16) -> String {
        assert_eq!(self.status, status, "{}", self.text());
        assert_eq!(self.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(self.header("cache-control"), "no-store");
        assert_eq!(self.header("referrer-policy"), "no-referrer");
        let policy = self.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
        self.text()
    }
}
