//! Folds what trunk leaves into one HTML file with a Content-Security-Policy that names each script by its hash.

use crate::css::minified;
use crate::run::{Fallible, Project};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Reads the staged page, writes `dist/index.html` and leaves nothing else in `dist`.
pub fn write(project: &Project) -> Fallible {
    let staging = project.staging();
    let load = |name: &str| {
        let path = staging.join(name.trim_start_matches("./"));
        fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))
    };
    let page = String::from_utf8(load("index.html")?).map_err(|e| format!("index.html: {e}"))?;
    let page = with_boot_texts(&page, &boot_texts(&project.root.join("locales"))?)?;
    let page = inline(&page, &load)?;
    let destination = project.page();
    let dist = destination.parent().unwrap_or(Path::new("dist"));
    let written = (|| {
        if dist.exists() {
            fs::remove_dir_all(dist)?;
        }
        fs::create_dir_all(dist)?;
        fs::write(&destination, &page)
    })();
    written.map_err(|e| format!("{}: {e}", dist.display()))?;
    println!("{}: {} bytes", destination.display(), page.len());
    Ok(())
}

/// By language, the messages of its `boot.ftl` by key.
type BootTexts = BTreeMap<String, BTreeMap<String, String>>;

/// What the page says before its program runs: of each language's `boot.ftl` the lines `key = text`.
fn boot_texts(locales: &Path) -> Fallible<BootTexts> {
    let folders = fs::read_dir(locales).map_err(|e| format!("{}: {e}", locales.display()))?;
    let mut texts = BTreeMap::new();
    for folder in folders.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()) {
        let path = folder.join("boot.ftl");
        let messages = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let lines = messages.lines().filter(|line| !line.starts_with('#'));
        let messages = lines.filter_map(|line| line.split_once(" = "));
        let messages = messages.map(|(key, text)| (key.to_owned(), text.to_owned())).collect();
        texts.insert(folder.file_name().unwrap_or_default().to_string_lossy().into_owned(), messages);
    }
    Ok(texts)
}

/// The page with these texts as data for its scripts, and for where there are none.
fn with_boot_texts(page: &str, texts: &BootTexts) -> Fallible<String> {
    // `<` never stands in the data, so nothing in it can end its element.
    let data = serde_json::to_string(texts).map_err(|e| e.to_string())?.replace('<', "\\u003c");
    let mut no_script = String::new();
    for (language, messages) in texts {
        let text = messages.get("boot-no-script").ok_or_else(|| format!("{language}: no boot-no-script"))?;
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        no_script.extend(["<p lang=\"", language, "\">", &text, "</p>"]);
    }
    let mut page = page.to_owned();
    for (empty, inside) in [
        ("<script id=\"boot-texts\" type=\"application/json\"></script>", &data),
        ("<noscript></noscript>", &no_script),
    ] {
        let at = page.find(empty).ok_or_else(|| format!("index.html: no {empty}"))?;
        page.insert_str(at + empty.find("></").unwrap_or(0) + 1, inside);
    }
    Ok(page)
}

/// gzip without a time stamp, the same bytes for the same input: by Zopfli, which takes 5 s for what zlib at its best
/// leaves 4 % larger.
fn gzip(bytes: &[u8]) -> Fallible<Vec<u8>> {
    let mut packed = Vec::new();
    zopfli::compress(zopfli::Options::default(), zopfli::Format::Gzip, bytes, &mut packed)
        .map(|()| packed)
        .map_err(|e| format!("gzip: {e}"))
}

/// The page with every style sheet, script and the wasm inside, and the policy right after the charset.
fn inline(page: &str, load: &impl Fn(&str) -> Fallible<Vec<u8>>) -> Fallible<String> {
    let text = |name: &str| {
        let text = String::from_utf8(load(name)?).map_err(|e| format!("{name}: {e}"))?;
        // The browser hashes what its parser saw, and that turns CR LF into LF.
        Ok::<_, String>(text.replace("\r\n", "\n"))
    };
    let (mut out, mut scripts) = (String::new(), Vec::new());
    // All sheets become one, where the first of them stood: a hash for each would weigh more than the sheet.
    let (mut styles, mut styles_at) = (String::new(), None);
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        if rest.starts_with("<!--") {
            let end = rest.find("-->").ok_or("index.html: a comment without end")?;
            rest = rest[end + 3..].trim_start_matches('\n');
            continue;
        }
        let end = tag_end(rest).ok_or("index.html: a tag without end")?;
        let (tag, after) = rest.split_at(end);
        rest = after;
        let element = Tag::parse(tag);
        match element.name.as_str() {
            "script" => {
                let close = rest.find("</script>").ok_or("index.html: a script without end")?;
                let body = &rest[..close];
                rest = &rest[close + "</script>".len()..];
                if let Some(source) = element.get("data-src") {
                    let packed = BASE64.encode(gzip(&load(source)?)?);
                    out.extend([&element.open_without(&["data-src"]), &packed, "</script>"]);
                    continue;
                }
                if element.get("type") == Some("application/json") {
                    out.extend([tag, body, "</script>"]);
                    continue;
                }
                let code = match element.get("src") {
                    Some(source) => fits(source, text(source)?, "</script")?,
                    None => body.to_owned(),
                };
                scripts.push(source_hash(&code));
                let mut open = element.open_without(&[
                    "src",
                    "nonce",
                    "integrity",
                    "crossorigin",
                    "defer",
                    "data-later",
                ]);
                if element.get("data-later").is_some() {
                    // Lies there as text, and runs when the page says so: its hash is in the policy already.
                    open.insert_str("<script".len(), " type=\"text/plain\"");
                }
                out.extend([&open, &code, "</script>"]);
            }
            "link" if element.get("rel") == Some("stylesheet") => {
                let source = element.get("href").ok_or("index.html: a style sheet without address")?;
                let css = fits(source, text(source)?, "</style")?;
                if css.contains("@import")
                    || css.replace("url(data:", "").replace("url(\"data:", "").contains("url(")
                {
                    return Err(format!(
                        "{source} loads another file; the page must be one: use a data: address"
                    ));
                }
                styles.push_str(&minified(&css));
                rest = rest.trim_start_matches('\n');
                styles_at.get_or_insert(out.len());
            }
            "style" => return Err("index.html: put styles into a style sheet file".into()),
            _ => {
                for attribute in ["src", "href", "srcset", "style"] {
                    if element.get(attribute).is_some_and(|v| !v.starts_with("data:")) {
                        return Err(format!(
                            "index.html: {tag} would not survive as one file under the policy"
                        ));
                    }
                }
                out.push_str(tag);
            }
        }
    }
    out.push_str(rest);
    if let Some(at) = styles_at {
        out.insert_str(at, &format!("<style>{styles}</style>\n"));
    }
    let styles: Vec<_> = styles_at.map(|_| source_hash(&styles)).into_iter().collect();
    let charset = "<meta charset=\"utf-8\">";
    let at = out.find(charset).ok_or("index.html: no <meta charset=\"utf-8\">")? + charset.len();
    out.insert_str(
        at,
        &format!("\n<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">", policy(&scripts, &styles)),
    );
    Ok(out)
}

/// What the browser holds the page to, from its first byte. `script-src` needs no `blob:`: workers have their own
/// directive, and a blob: worker inherits this policy.
fn policy(scripts: &[String], styles: &[String]) -> String {
    let none_if_empty =
        |hashes: &[String]| if hashes.is_empty() { "'none'".to_owned() } else { hashes.join(" ") };
    [
        "default-src 'none'".to_owned(),
        format!("script-src {} 'wasm-unsafe-eval'", scripts.join(" ")),
        "worker-src blob:".to_owned(),
        "connect-src 'none'".to_owned(),
        format!("style-src {}", none_if_empty(styles)),
        "img-src data: blob:".to_owned(),
        "base-uri 'none'".to_owned(),
        "form-action 'none'".to_owned(),
    ]
    .join("; ")
}

fn source_hash(text: &str) -> String {
    format!("'sha256-{}'", BASE64.encode(Sha256::digest(text)))
}

/// Refuses text that would end its element early.
fn fits(name: &str, text: String, end: &str) -> Fallible<String> {
    let lower = text.to_ascii_lowercase();
    if lower.contains(end) || lower.contains("<!--") {
        return Err(format!(
            "{name} contains {end} or <!-- and cannot stand inside the page; write it differently there"
        ));
    }
    Ok(text)
}

/// The length of the tag at the start of `text`, quotes respected.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '>') => return Some(at + 1),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            _ => {}
        }
    }
    None
}

/// A start tag, taken apart as far as trunk's output needs it.
struct Tag {
    name: String,
    attributes: Vec<(String, Option<String>)>,
}

impl Tag {
    fn parse(tag: &str) -> Self {
        let inner = tag.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/');
        let name_end = inner.find(char::is_whitespace).unwrap_or(inner.len());
        let (name, mut rest) = inner.split_at(name_end);
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start();
            if rest.is_empty() {
                break;
            }
            let key_end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
            let key = rest[..key_end].to_ascii_lowercase();
            rest = &rest[key_end..];
            let value = rest.strip_prefix('=').map(|after| {
                let (value, left) = match after.chars().next() {
                    Some(quote @ ('"' | '\'')) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
                    _ => after.split_at(after.find(char::is_whitespace).unwrap_or(after.len())),
                };
                rest = left;
                value.to_owned()
            });
            attributes.push((key, value));
        }
        Self { name: name.to_ascii_lowercase(), attributes }
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_deref().unwrap_or(""))
    }

    fn open_without(&self, dropped: &[&str]) -> String {
        let mut tag = format!("<{}", self.name);
        for (key, value) in self.attributes.iter().filter(|(key, _)| !dropped.contains(&key.as_str())) {
            tag.extend([" ", key]);
            if let Some(value) = value {
                tag.extend(["=\"", &value.replace('"', "&quot;"), "\""]);
            }
        }
        tag + ">"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    const PAGE: &str = "<!doctype html>\n<html><head>\n<meta charset=\"utf-8\">\n<!-- gone -->\n\
        <link rel=\"stylesheet\" href=\"./a.css\" integrity=\"sha384-x\"/>\n</head><body>\n\
        <script id=\"wasm\" type=\"application/octet-stream\" data-src=\"./a.wasm\"></script>\n\
        <script id='glue' src=\"./a.js\"></script></body></html>\n";
    const LATER: &str = "<meta charset=\"utf-8\"><script id=\"charts\" data-later src=\"./a.js\"></script>";

    fn files(name: &str) -> Fallible<Vec<u8>> {
        match name {
            "./a.css" => Ok(b"p{}".to_vec()),
            "./a.js" => Ok(b"let a = 1 > 0;\r\n".to_vec()),
            "./a.wasm" => Ok(b"\0asm\x01\0\0\0".to_vec()),
            other => Err(format!("asked for {other}")),
        }
    }

    #[test]
    fn everything_ends_up_inside_under_a_policy_that_names_it() {
        let page = inline(PAGE, &files).unwrap();
        let (head, wasm) = page.split_once("type=\"application/octet-stream\">").unwrap();
        let (wasm, tail) = wasm.split_once("</script>").unwrap();
        // Hashes by `printf 'let a = 1 > 0;\n' | openssl dgst -sha256 -binary | base64`, and of `p{}`.
        assert_eq!(
            head,
            "<!doctype html>\n<html><head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
             script-src 'sha256-eewoOXgkxEx9FaSOxRU4uS8MMS3qTbJ5ZpZQjR7g/L0=' 'wasm-unsafe-eval'; worker-src blob:; connect-src 'none'; \
             style-src 'sha256-gG2yISYereRMiG2lMXrbiUgi0Ubw9p7QCeWcroOvy9Y='; img-src data: blob:; \
             base-uri 'none'; form-action 'none'\">\n<style>p{}</style>\n</head><body>\n<script id=\"wasm\" "
        );
        assert_eq!(tail, "\n<script id=\"glue\">let a = 1 > 0;\n</script></body></html>\n");
        let mut bytes = Vec::new();
        let packed = BASE64.decode(wasm).unwrap();
        flate2::read::GzDecoder::new(&packed[..]).read_to_end(&mut bytes).unwrap();
        assert_eq!(bytes, b"\0asm\x01\0\0\0");
    }

    #[test]
    fn a_script_for_later_is_text_that_the_policy_lets_run() {
        let page = inline(LATER, &files).unwrap();
        assert!(page.contains("script-src 'sha256-eewoOXgkxEx9FaSOxRU4uS8MMS3qTbJ5ZpZQjR7g/L0='"), "{page}");
        assert!(
            page.ends_with("<script type=\"text/plain\" id=\"charts\">let a = 1 > 0;\n</script>"),
            "{page}"
        );
    }

    #[test]
    fn texts_for_the_start_are_data_in_the_page() {
        let messages = BTreeMap::from([("boot-no-script".to_owned(), "a </script> & b".to_owned())]);
        let texts = BTreeMap::from([("en".to_owned(), messages)]);
        let page =
            "<p></p><noscript></noscript>\n<script id=\"boot-texts\" type=\"application/json\"></script>";
        assert_eq!(
            with_boot_texts(page, &texts).unwrap(),
            "<p></p><noscript><p lang=\"en\">a &lt;/script> &amp; b</p></noscript>\n\
             <script id=\"boot-texts\" type=\"application/json\">\
             {\"en\":{\"boot-no-script\":\"a \\u003c/script> & b\"}}</script>"
        );
        assert!(with_boot_texts("<p></p>", &texts).is_err());
    }

    #[test]
    fn every_language_has_the_same_texts_for_the_start() {
        let texts = boot_texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../locales")).unwrap();
        let keys = |language: &str| texts[language].keys().collect::<Vec<_>>();
        assert!(texts.len() >= 3 && keys("en").len() == 7, "{texts:?}");
        for language in texts.keys() {
            assert_eq!(keys(language), keys("en"), "{language}");
        }
    }

    #[test]
    fn a_script_that_would_end_early_is_refused() {
        let load = |name: &str| match name {
            "./a.js" => Ok(b"'</SCRIPT>'".to_vec()),
            other => files(other),
        };
        assert!(inline(PAGE, &load).unwrap_err().contains("./a.js"));
    }

    #[test]
    fn a_file_left_outside_is_refused() {
        let page = PAGE.replace("<body>", "<body><img src=\"logo.png\">");
        assert!(inline(&page, &files).unwrap_err().contains("logo.png"));
        let load = |name: &str| match name {
            "./a.css" => Ok(b"p{background:url(logo.png)}".to_vec()),
            other => files(other),
        };
        assert!(inline(PAGE, &load).unwrap_err().contains("a.css"));
    }

    #[test]
    fn the_vendored_charts_are_the_recorded_ones() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/echarts");
        let sums = fs::read_to_string(folder.join("SHA256SUMS")).unwrap();
        let (sum, name) = sums.trim().split_once("  ").unwrap();
        let digest = Sha256::digest(fs::read(folder.join(name)).unwrap());
        assert_eq!(
            format!("{digest:x}"),
            sum,
            "rebuild with `npm run build` in assets/echarts, never by hand"
        );
    }
}
