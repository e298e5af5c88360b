//! The examples of the documentation work.

use shared::{gateway::Gateway, settings::Reach};

#[test]
fn every_example_of_the_documentation_passes_the_lint() {
    let page = include_str!("../../../docs/gateways.md");
    let blocks: Vec<_> = page.split("```json\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(blocks.len() >= 6, "{} examples", blocks.len());
    for block in blocks {
        let gateway: Gateway = serde_json::from_str(block).unwrap_or_else(|error| panic!("{error}\n{block}"));
        assert_eq!(gateway.lint(Reach::Internet), [], "{block}");
    }
}
