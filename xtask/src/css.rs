//! Style sheets without what only their readers need.

/// A sheet without comments, and without spaces that separate nothing. Strings stay as they are.
pub fn minified(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    // Whether there was space before what comes next.
    let mut space = false;
    while let Some(c) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
            space = true;
        } else if c.is_ascii_whitespace() {
            rest = &rest[1..];
            space = true;
        } else {
            // A colon separates only with what is behind it: `a :hover` is not `a:hover`.
            let joins = matches!(c, '{' | '}' | ';' | ',') || out.ends_with(['{', '}', ';', ',', ':']);
            if space && !joins && !out.is_empty() {
                out.push(' ');
            }
            if c == '}' && out.ends_with(';') {
                out.pop();
            }
            space = false;
            let end = if c == '"' { string_end(rest) } else { c.len_utf8() };
            out.push_str(&rest[..end]);
            rest = &rest[end..];
        }
    }
    out
}

/// The length of the string at the start of `text`, its quotes with it.
fn string_end(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '"' if !escaped => return at + 1,
            c => escaped = c == '\\' && !escaped,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::minified;

    #[test]
    fn what_separates_nothing_is_gone_and_nothing_else() {
        let css = "/* a; b */\n:root {\n  --a: 1px;\n  color: red; /* c */\n}\n\n@media (max-width: 30rem) {\n  \
                   a :hover,\n  b > c { margin: calc(1px - 2px) 0; }\n}\n";
        assert_eq!(
            minified(css),
            ":root{--a:1px;color:red}@media (max-width:30rem){a :hover,b > c{margin:calc(1px - 2px) 0}}"
        );
        assert_eq!(
            minified("a { content: \"›  /* ; } \\\" { \" / \"\"; }"),
            "a{content:\"›  /* ; } \\\" { \" / \"\"}"
        );
        assert_eq!(minified("a{b:c}/* open"), "a{b:c}");
    }
}
