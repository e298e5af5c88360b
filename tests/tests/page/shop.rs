//! The shop: a page of another origin, under the policy that the README asks of host pages.

use demo::shop::{Pages, Site, content_security_policy};
use tests::{
    Jawort,
    browser::{Browser, Setting},
};

/// An edge, the shop that embeds its forms, and a browser.
pub struct Shop {
    pub jawort: Jawort,
    pub site: Site,
    pub browser: Browser,
}

impl Shop {
    pub async fn open(settings: &[Setting]) -> Self {
        Self::open_with(settings, content_security_policy, |pages, _| pages).await
    }

    /// The shop under another policy, or with other pages; both are told the edge's address.
    pub async fn open_with(
        settings: &[Setting],
        policy: impl FnOnce(&str) -> String,
        change: impl FnOnce(Pages, &str) -> Pages,
    ) -> Self {
        let mut jawort = Jawort::empty(&[]);
        let pages = change(Pages::shop(&jawort.places()).expect("the shop's pages"), jawort.url());
        let headers = [("content-security-policy", &*policy(jawort.url()))];
        let site = Site::start(0, pages, &headers).await.expect("the shop opens");
        jawort.set_shop_port(site.port());
        jawort.publish().await;
        Self { jawort, site, browser: Browser::start(settings).await }
    }

    pub async fn goto(&self, path: &str) {
        self.browser.goto(&format!("{}{path}", self.site.url())).await;
    }

    pub async fn goto_edge(&self, path: &str) {
        self.browser.goto(&format!("{}{path}", self.jawort.url())).await;
    }
}
