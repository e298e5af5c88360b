//! Prints how replies are read: the table of confusion of each file in `src/reply/corpus`, what is misread, and what a
//! text of your own means: `cargo run -p shared --example replies -- "Ja, bitte abmelden"`.

#[path = "../src/reply/corpus/mod.rs"]
mod corpus;

use shared::reply::{Reply, Stop, Topic, Vocabulary, read};

fn main() {
    let texts: Vec<String> = std::env::args().skip(1).collect();
    for text in &texts {
        println!("{:?}  {text}", read(text, &Vocabulary::default()));
    }
    for (name, file) in corpus::FILES.iter().filter(|_| texts.is_empty()) {
        let score = corpus::Score::of(file);
        println!("{name}\n{}", score.table());
        for line in score.faults.iter().map(|it| format!("FAULT {it}")).chain(score.misses.iter().cloned()) {
            println!("  {line}");
        }
    }
}
