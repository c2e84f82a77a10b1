//! Files from `tests/fixtures`.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

/// Fixtures by name: the logs that are loaded together, and what they come to.
pub fn receive_fixtures() -> BTreeMap<String, (Vec<Vec<u8>>, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/receive");
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut fixtures = BTreeMap::new();
    for path in &paths {
        let name = path.file_name().unwrap().to_str().unwrap();
        if let Some(name) = name.strip_suffix(".expected.csv") {
            fixtures.insert(name.to_owned(), (Vec::new(), fs::read_to_string(path).unwrap()));
        }
    }
    for path in &paths {
        let name = path.file_name().unwrap().to_str().unwrap();
        if let Some(name) = name.strip_suffix(".log") {
            let name = name.split('.').next().unwrap();
            let Some((logs, _)) = fixtures.get_mut(name) else { panic!("{name} has no expectation") };
            logs.push(fs::read(path).unwrap());
        }
    }
    fixtures
}
