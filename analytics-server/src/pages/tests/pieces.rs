//! Snapshots of long pages, in pieces that somebody reads in a review: the frame of the page, and each
//! of its sections. Of rows and fields that are made alike the first one stands there whole, the others
//! as one line of what differs, so nothing of them is lost.

use std::collections::HashSet;

/// Attributes that differ between rows that are made alike.
const DIFFERING: [&str; 8] = ["href=", "for=", "id=", "name=", "value=", "x1=", "x2=", "cx="];

/// What is repeated, by how it begins and ends.
const REPEATED: [(&str, &str); 2] = [("<tr", "</tr>"), ("<div class=\"field\">", "</div>")];

/// Compares the frame of a page with the snapshot `page_frame`, and its sections, in their order, with
/// those of their names.
pub fn assert_pieces(page: &str, content: &str, names: &[&str]) {
    let mut parts = content.split("<section");
    let mut frame = parts.next().unwrap().to_owned();
    let mut sections = Vec::new();
    for part in parts {
        let (section, after) = part.split_once("</section>").expect("sections are not nested");
        let name = names.get(sections.len()).copied().unwrap_or("?");
        sections.push((name, shortened(&format!("<section{section}</section>"))));
        frame = frame + "SECTION " + name + after;
    }
    let found: Vec<_> = sections.iter().map(|(name, _)| *name).collect();
    assert_eq!(found, names, "{page} has other sections");
    insta::assert_snapshot!(format!("{page}_frame"), frame);
    for (name, section) in sections {
        insta::assert_snapshot!(format!("{page}_{name}"), section);
    }
}

/// A section with one line for each block that has the shape of one before.
fn shortened(section: &str) -> String {
    let mut seen = HashSet::new();
    let mut short = String::new();
    let mut rest = section;
    while let Some((at, end)) = next_block(rest) {
        let (before, block) = (&rest[..at], &rest[at..end]);
        let (shape, values) = shape(block);
        short.push_str(before);
        if seen.insert(shape) {
            short.push_str(block);
        } else {
            short.push_str(values.join(" | ").trim_end());
        }
        rest = &rest[end..];
    }
    short + rest
}

/// Where the next block begins and ends.
fn next_block(text: &str) -> Option<(usize, usize)> {
    let begun = REPEATED.iter().filter_map(|(begin, end)| Some((text.find(*begin)?, *end)));
    let (at, end) = begun.min()?;
    Some((at, at + text[at..].find(end)? + end.len()))
}

/// The markup of a block without what differs, and what differs: values of attributes, and texts.
fn shape(block: &str) -> (String, Vec<String>) {
    let (mut shape, mut values) = (String::new(), Vec::new());
    let mut rest = block;
    while let Some((text, tag)) = rest.split_once('<') {
        shape.push_str(if text.trim().is_empty() { text } else { "…" });
        values.extend(Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned));
        let (tag, after) = tag.split_once('>').unwrap();
        shape.push('<');
        for (nth, piece) in tag.split('"').enumerate() {
            let differs = nth % 2 == 1 && DIFFERING.iter().any(|name| shape.ends_with(name));
            if differs {
                values.push(piece.to_owned());
            }
            shape.push_str(if differs { "…" } else { piece });
        }
        shape.push('>');
        rest = after;
    }
    (shape, values)
}

#[test]
fn what_is_alike_becomes_one_line_and_what_is_not_stays() {
    let row = |class: &str, name: &str, of: u32| {
        format!("<tr{class}>\n<th><a href=\"/{name}\">{name}</a></th><td>{of}</td>\n</tr>\n")
    };
    let rows = row("", "A", 3) + &row("", "B", 0) + &row(" class=\"whole\"", "C", 3);
    let expected = row("", "A", 3) + "/B | B | 0\n" + &row(" class=\"whole\"", "C", 3);
    assert_eq!(shortened(&rows), expected);
}
