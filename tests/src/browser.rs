//! A real browser, driven by WebDriver.

use std::{
    io::{BufRead, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use demo::browsers;
use fantoccini::{
    Client, ClientBuilder, Locator,
    actions::{InputSource, KeyAction, KeyActions},
    elements::{Element, ShadowRoot},
    key::Key,
};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::eventually;

/// What happens on a page, from its first moment on: the widget's events, and what a policy forbade.
const HEAR: &str = "window.heard = [];
for (const name of ['ready', 'invalid', 'submitted', 'confirmed', 'error'])
    addEventListener('jawort:' + name, ({ detail }) => heard.push({ name, detail }));
addEventListener('securitypolicyviolation', (event) =>
    heard.push({ name: 'forbidden', detail: event.effectiveDirective + ' ' + event.blockedURI }));";

/// How a browser is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// JavaScript is off.
    WithoutScript,
    /// Dark colours are wanted.
    Dark,
    /// A screen as narrow as a small phone's, 320 pixels.
    Narrow,
}

/// Chromium with a profile of its own; it ends when dropped.
pub struct Browser {
    pub client: Client,
    driver: Driver,
    session: String,
    _profile: TempDir,
}

struct Driver {
    child: Child,
    port: u16,
}

impl Driver {
    /// Once in a while a chromedriver ends before it names its port, where many start at once; as far as we can tell,
    /// another one has taken the port that it chose. Then it is started anew.
    fn start() -> Self {
        let chromium = browsers::ensure_chromium().unwrap_or_else(|error| panic!("{error:#}"));
        (0..5).find_map(|_| Self::try_start(&chromium.driver)).expect("chromedriver says its port")
    }

    fn try_start(driver: &Path) -> Option<Self> {
        let mut child = Command::new(driver)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver starts");
        let stdout = BufReader::new(child.stdout.take().expect("an output"));
        let port = stdout
            .lines()
            .map_while(Result::ok)
            .find_map(|line| line.split_once("successfully on port ")?.1.trim_end_matches('.').parse().ok());
        if port.is_none() {
            child.wait().ok();
        }
        Some(Self { child, port: port? })
    }
}

impl Browser {
    /// Starts a browser.
    ///
    /// # Panics
    /// When Chromium or its driver is missing and can't be installed, or doesn't start.
    pub async fn start(settings: &[Setting]) -> Self {
        let driver = Driver::start();
        let chromium = browsers::ensure_chromium().expect("it was there a moment ago");
        let profile = tempfile::tempdir().expect("a folder");
        let mut args = vec![
            "--headless".to_owned(),
            // Chromium runs as root only without its sandbox.
            "--no-sandbox".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-background-networking".to_owned(),
            "--disable-component-update".to_owned(),
            "--disable-sync".to_owned(),
            // Scrolling takes no time.
            "--force-prefers-reduced-motion".to_owned(),
            "--lang=de-DE".to_owned(),
            "--window-size=1000,900".to_owned(),
            format!("--user-data-dir={}", profile.path().display()),
        ];
        let mut preferences = json!({ "intl.accept_languages": "de-DE,de" });
        if settings.contains(&Setting::WithoutScript) {
            preferences["profile.managed_default_content_settings.javascript"] = json!(2);
            args.push("--blink-settings=scriptEnabled=false".to_owned());
        }
        let options = json!({ "binary": chromium.browser, "args": args, "prefs": preferences });
        let mut capabilities = serde_json::Map::new();
        capabilities.insert("goog:chromeOptions".to_owned(), options);
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{}", driver.port))
            .await
            .expect("Chromium starts");
        let session = client.session_id().await.expect("an answer").expect("a session");
        let browser = Self { client, driver, session, _profile: profile };
        browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": HEAR })).await;
        if settings.contains(&Setting::Dark) {
            browser.prefer("prefers-color-scheme", "dark").await;
        }
        if settings.contains(&Setting::Narrow) {
            let narrow = json!({ "width": 320, "height": 640, "deviceScaleFactor": 2, "mobile": true });
            browser.cdp("Emulation.setDeviceMetricsOverride", narrow).await;
        }
        browser
    }

    /// A command of Chromium's own protocol.
    async fn cdp(&self, command: &str, parameters: Value) {
        let url = format!("http://127.0.0.1:{}/session/{}/goog/cdp/execute", self.driver.port, self.session);
        let answer = reqwest::Client::new().post(url).json(&json!({ "cmd": command, "params": parameters })).send();
        let status = answer.await.expect("chromedriver answers").status();
        assert!(status.is_success(), "{command}: {status}");
    }

    /// What the person wants of pages, by a media feature, and nothing else than that.
    pub async fn prefer(&self, feature: &str, value: &str) {
        let features = json!({ "features": [{ "name": feature, "value": value }] });
        self.cdp("Emulation.setEmulatedMedia", features).await;
    }

    pub async fn goto(&self, url: &str) {
        self.client.goto(url).await.expect("the page loads");
    }

    pub async fn js(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.expect("the script runs")
    }

    /// Waits until a script gives something true.
    pub async fn until(&self, script: &str) -> Value {
        eventually(script, || async { Some(self.js(script).await).filter(|it| *it != Value::Null && *it != false) })
            .await
    }

    /// Waits for an element of the page.
    pub async fn find(&self, css: &str) -> Element {
        eventually(css, || async { self.client.find(Locator::Css(css)).await.ok() }).await
    }

    /// Clicks, as a person does with a mouse, on what says these words.
    pub async fn click_saying(&self, css: &str, words: &str) {
        self.find_saying(css, words).await.click().await.unwrap_or_else(|error| panic!("{words}: {error}"));
    }

    /// Waits for an element whose text holds these words.
    pub async fn find_saying(&self, css: &str, words: &str) -> Element {
        eventually(words, || async {
            for element in self.client.find_all(Locator::Css(css)).await.ok()? {
                if element.text().await.is_ok_and(|text| text.contains(words)) {
                    return Some(element);
                }
            }
            None
        })
        .await
    }

    pub async fn text(&self) -> String {
        self.find("body").await.text().await.expect("a text")
    }

    /// Presses keys, one after the other, wherever the focus is.
    pub async fn press(&self, keys: &str) {
        let strokes = keys.chars().fold(KeyActions::new("keyboard".to_owned()), |strokes, key| {
            strokes.then(KeyAction::Down { value: key }).then(KeyAction::Up { value: key })
        });
        self.client.perform_actions(strokes).await.expect("the keys are pressed");
    }

    /// Presses a key that has no letter.
    pub async fn press_key(&self, key: Key) {
        self.press(&String::from(char::from(key))).await;
    }

    /// Presses Tab until an element of that id or class has the focus.
    ///
    /// # Panics
    /// When it can't be reached by the keyboard, or its focus can't be seen.
    pub async fn tab_to(&self, name: &str) {
        for _ in 0..40 {
            self.press_key(Key::Tab).await;
            if self.focused().await.split(' ').any(|focused| focused == name) {
                assert!(self.js(FOCUS_SEEN).await == true, "the focus at {name} can't be seen");
                return;
            }
        }
        panic!("Tab never reached {name}");
    }

    /// Id and classes of the element that has the focus, inside shadow roots too.
    pub async fn focused(&self) -> String {
        let script = format!("{ACTIVE} return (active.id + ' ' + active.className).trim();");
        self.js(&script).await.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until an element of that id or class has the focus.
    pub async fn until_focused(&self, name: &str) {
        eventually(&format!("the focus at {name}"), || async {
            self.focused().await.split(' ').any(|focused| focused == name).then_some(())
        })
        .await;
    }

    /// The details of the widget's events of that name so far.
    pub async fn heard(&self, name: &str) -> Vec<Value> {
        let all = self.js("return heard").await;
        let all = all.as_array().cloned().unwrap_or_default();
        all.into_iter().filter(|event| event["name"] == name).map(|mut event| event["detail"].take()).collect()
    }

    /// Waits for the widget's first event of that name.
    pub async fn until_heard(&self, name: &str) -> Value {
        eventually(name, || async { self.heard(name).await.into_iter().next() }).await
    }

    /// The form on the page, once the widget has brought it to life.
    pub async fn form(&self) -> Form<'_> {
        self.until_heard("ready").await;
        self.form_as_it_is().await
    }

    /// The form on the page, whether the widget runs or not.
    pub async fn form_as_it_is(&self) -> Form<'_> {
        let element = self.find("jawort-form").await;
        eventually("the form", || async {
            let shadow = element.shadow_root().await.ok();
            let form = Form { browser: self, shadow };
            form.seek("#jw-number").await.map(|_| form)
        })
        .await
    }

    /// What axe finds wrong with the page.
    pub async fn violations(&self) -> Vec<Value> {
        let file = demo::edge_dir().join("node_modules/axe-core/axe.min.js");
        let axe = std::fs::read_to_string(file).expect("axe-core, which the build installs");
        let script = format!(
            "{axe};
            const done = arguments[arguments.length - 1];
            axe.run(document, {{ resultTypes: ['violations'] }}).then(
                ({{ violations }}) => done(violations.map(({{ id, help, nodes }}) =>
                    ({{ id, help, nodes: nodes.map(({{ html, failureSummary }}) => ({{ html, failureSummary }})) }}))),
                (error) => done([String(error)]));"
        );
        let found = self.client.execute_async(&script, Vec::new()).await.expect("axe runs");
        found.as_array().cloned().expect("a list")
    }
}

const ACTIVE: &str = "let active = document.activeElement;
while (active.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;";

/// Whether the element that has the focus looks so: by an outline, or a shadow around it.
const FOCUS_SEEN: &str = "let active = document.activeElement;
while (active.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(active);
return outlineStyle != 'none' && parseFloat(outlineWidth) >= 2 || boxShadow != 'none';";

/// The form on a page: in a shadow root, or on our own page in the open.
pub struct Form<'a> {
    browser: &'a Browser,
    shadow: Option<ShadowRoot>,
}

impl Form<'_> {
    async fn seek(&self, css: &str) -> Option<Element> {
        match &self.shadow {
            Some(shadow) => shadow.find(Locator::Css(css)).await.ok(),
            None => self.browser.client.find(Locator::Css(css)).await.ok(),
        }
    }

    /// Waits for a part of the form.
    pub async fn find(&self, css: &str) -> Element {
        eventually(css, || self.seek(css)).await
    }

    /// Waits for a part that a person sees.
    pub async fn see(&self, css: &str) -> Element {
        eventually(css, || async {
            let element = self.seek(css).await?;
            element.is_displayed().await.ok()?.then_some(element)
        })
        .await
    }

    /// Waits for a part whose text holds these words.
    pub async fn find_saying(&self, css: &str, words: &str) {
        eventually(words, || async {
            let text = self.seek(css).await?.text().await.ok()?;
            text.contains(words).then_some(())
        })
        .await;
    }

    pub async fn shows(&self, css: &str) -> bool {
        match self.seek(css).await {
            Some(element) => element.is_displayed().await.unwrap_or(false),
            None => false,
        }
    }

    /// The text of a part, as a person sees it.
    pub async fn text(&self, css: &str) -> String {
        self.see(css).await.text().await.expect("a text")
    }

    /// Clicks, as a person does with a mouse.
    pub async fn click(&self, css: &str) {
        self.see(css).await.click().await.unwrap_or_else(|error| panic!("{css}: {error}"));
    }

    /// Types into the field of the number, in place of what is there.
    pub async fn type_number(&self, number: &str) {
        let field = self.see("#jw-number").await;
        field.clear().await.expect("the field is emptied");
        field.send_keys(number).await.expect("the number is typed");
    }

    pub async fn number(&self) -> String {
        self.find("#jw-number").await.prop("value").await.expect("an answer").unwrap_or_default()
    }

    pub async fn ticked(&self, css: &str) -> bool {
        self.find(css).await.is_selected().await.expect("a box")
    }

    /// Fills in the whole form and sends it: with every purpose, and the age where it is asked for.
    pub async fn fill_and_send(&self, number: &str) {
        self.type_number(number).await;
        for css in ["#jw-purpose-0", "#jw-purpose-1", "#jw-age"] {
            if self.shows(css).await && !self.ticked(css).await {
                self.click(css).await;
            }
        }
        self.click(".jw-submit").await;
    }
}

impl Drop for Browser {
    /// Ends the session, and with it Chromium, before the driver: also when a test panics.
    fn drop(&mut self) {
        if let Ok(mut stream) = TcpStream::connect(("127.0.0.1", self.driver.port)) {
            stream.set_read_timeout(Some(Duration::from_secs(10))).ok();
            let end = format!(
                "DELETE /session/{} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
                self.session
            );
            if stream.write_all(end.as_bytes()).is_ok() {
                // Answered when Chromium is gone.
                stream.read_exact(&mut [0]).ok();
            }
        }
        self.driver.child.kill().ok();
        self.driver.child.wait().ok();
    }
}
