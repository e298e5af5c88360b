use std::{fs, path::Path};

use demo::build::Kind;

use crate::Jawort;

impl Jawort {
    /// Ends the edge and starts another build on what it stored: its own Worker, with other sentences in the wasm. Each
    /// takes the place of one that is as long, since nothing may move there.
    ///
    /// # Panics
    /// When a sentence is not in the build, or as long as the other.
    pub fn update(&mut self, sentences: &[(&str, &str)]) {
        let built = Kind::Dev.dir();
        // workerd takes modules from beneath the edge's folder alone.
        let folder = tempfile::tempdir_in(built.parent().expect("a folder of builds")).expect("a folder");
        copy(&built, folder.path());
        let file = folder.path().join("edge_bg.wasm");
        let mut wasm = fs::read(&file).expect("the Worker's wasm");
        for (from, to) in sentences {
            assert_eq!(from.len(), to.len(), "{from}");
            let found: Vec<_> = wasm.windows(from.len()).enumerate().filter(|(_, at)| *at == from.as_bytes()).collect();
            let found: Vec<_> = found.into_iter().map(|(at, _)| at).collect();
            assert!(!found.is_empty(), "the build doesn't say: {from}");
            for at in found {
                wasm[at..at + to.len()].copy_from_slice(to.as_bytes());
            }
        }
        fs::write(&file, wasm).expect("the other wasm");
        self.run_worker(folder);
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("the Worker") {
        let path = entry.expect("an entry").path();
        let to = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            fs::create_dir(&to).expect("a folder");
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).expect("a copy");
        }
    }
}
