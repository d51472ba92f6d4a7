//! A page taken apart: its tables with their cells and links, its cards, its other links.

/// A cell: the lines of its text and where it leads.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    pub lines: Vec<String>,
    pub link: Option<String>,
    is_hour: bool,
}

impl Cell {
    /// What stands first in it.
    pub fn text(&self) -> &str {
        self.lines.first().map_or("", String::as_str)
    }

    /// The number that it is, if it is one; of an hour of the week, whose share has no sign, the
    /// one below it.
    pub fn number(&self) -> Option<u64> {
        let below = usize::from(self.is_hour);
        self.lines.iter().skip(below).find_map(|line| number(line))
    }
}

/// A table under its name.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub name: String,
    /// Without the heads of its columns.
    pub rows: Vec<Vec<Cell>>,
}

/// A card of the head of a page.
#[derive(Clone, Debug)]
pub(super) struct Card {
    pub heading: String,
    pub number: String,
    /// Lines, and where they lead.
    pub lines: Vec<Cell>,
}

/// Text of a piece of HTML: a line for each run of letters between tags.
fn lines(html: &str) -> Vec<String> {
    let plain = |text: &str| {
        let text = text.replace("&#60;", "<").replace("&#62;", ">").replace("&#34;", "\"");
        text.replace("&#39;", "'").replace("&#38;", "&").replace('\u{a0}', " ").trim().to_owned()
    };
    let runs = html.split('<').enumerate().map(|(nth, run)| {
        // Before the first tag there is only text.
        if nth == 0 { run } else { run.split_once('>').map_or("", |(_, text)| text) }
    });
    runs.map(plain).filter(|text| !text.is_empty()).collect()
}

fn link(html: &str) -> Option<String> {
    let (_, rest) = html.split_once("href=\"")?;
    Some(rest.split('"').next()?.replace("&#38;", "&"))
}

/// A count as pages write it.
fn number(text: &str) -> Option<u64> {
    let digits = text.replace('.', "");
    (!digits.is_empty() && digits.bytes().all(|one| one.is_ascii_digit()))
        .then(|| digits.parse().ok())?
}

/// The last count in a sentence that a number stands in, behind a colon or before its word.
pub(super) fn number_in(text: &str) -> Option<u64> {
    if let Some((_, last)) = text.rsplit_once(": ")
        && let Some(found) = number(last)
    {
        return Some(found);
    }
    text.split(' ').find_map(number)
}

/// The cells of a row.
fn cells(row: &str) -> Vec<Cell> {
    let cells = row.split("<t").skip(1);
    let cells = cells.filter(|cell| cell.starts_with('h') || cell.starts_with('d'));
    let cell = |cell: &str| {
        let cell = format!("<t{cell}");
        Cell { lines: lines(&cell), link: link(&cell), is_hour: cell.contains("<b>") }
    };
    cells.map(cell).collect()
}

/// All tables of a page.
pub(super) fn tables(page: &str) -> Vec<Table> {
    let pieces: Vec<&str> = page.split("<table").collect();
    let named = |before: &str| {
        let label = before.rsplit_once("aria-label=\"").map_or("", |(_, rest)| rest);
        let heading = before.rsplit_once("<h2").map_or("", |(_, rest)| rest);
        // The label or the heading, whichever is nearer to the table.
        if !label.is_empty() && (heading.is_empty() || label.len() < heading.len()) {
            lines(&format!("<x>{}", label.split('"').next().unwrap())).concat()
        } else {
            let heading = heading.split_once('>').map_or("", |(_, rest)| rest);
            lines(heading.split("</h2>").next().unwrap()).concat()
        }
    };
    let mut made = Vec::new();
    for pair in pieces.windows(2) {
        let body = pair[1].split("</table>").next().unwrap();
        let body = body.split_once("<tbody>").map_or("", |(_, rest)| rest);
        let rows = body.split("<tr").skip(1).map(cells).collect();
        made.push(Table { name: named(pair[0]), rows });
    }
    made
}

/// The cards of a page.
pub(super) fn cards(page: &str) -> Vec<Card> {
    let Some((_, rest)) = page.split_once("<section class=\"cards\"") else { return Vec::new() };
    let section = rest.split("</section>").next().unwrap();
    let card = |html: &str| {
        let piece = |mark: &str| {
            let rest = html.split_once(mark).map_or("", |(_, rest)| rest);
            lines(rest.split('<').next().unwrap()).concat()
        };
        let number = html.split_once("<p class=\"number").map_or("", |(_, rest)| rest);
        let number = number.split_once('>').map_or("", |(_, rest)| rest);
        let own = html.split("<p class=\"line\">").skip(1);
        let own = own.map(|line| {
            let line = line.split("</p>").next().unwrap();
            Cell { lines: lines(line), link: link(line), is_hour: false }
        });
        Card {
            heading: piece("<h2>"),
            number: lines(number.split('<').next().unwrap()).concat(),
            lines: own.collect(),
        }
    };
    section.split("<article").skip(1).map(card).collect()
}

/// Every way to a list of visits that claims a number, with the number.
pub(super) fn claims(page: &str) -> Vec<(String, u64)> {
    let mut made = Vec::new();
    let is_list = |link: &Option<String>| link.clone().filter(|to| to.starts_with("/records?"));
    for table in tables(page) {
        for row in &table.rows {
            for (place, cell) in row.iter().enumerate() {
                let Some(to) = is_list(&cell.link) else { continue };
                // A name leads to what the first number beside it counts.
                let own = if place == 0 { None } else { cell.number() };
                let beside = || row.iter().skip(1).find_map(Cell::number);
                let claim = own.or_else(beside);
                made.push((to, claim.unwrap_or_else(|| panic!("{row:?} claims nothing"))));
            }
        }
    }
    // The worst hour in a sentence, with the way to its reasons behind it.
    for rest in page.split("trong đó ").skip(1) {
        let said = rest.split_once(" lượt dưới mức Hài lòng").map(|(said, _)| said);
        let behind = rest.split_once("href=\"/records?").map(|(_, behind)| behind);
        let (Some(said), Some(behind)) = (said, behind) else { continue };
        let to = behind.split('"').next().unwrap().replace("&#38;", "&");
        made.push((format!("/records?{to}"), number(said).unwrap()));
    }
    for card in cards(page) {
        for line in &card.lines {
            let Some(to) = is_list(&line.link) else { continue };
            let claim = number_in(line.text()).or_else(|| number(&card.number));
            made.push((to, claim.unwrap_or_else(|| panic!("{line:?} claims nothing"))));
        }
    }
    made
}

/// Every other way to a list of visits.
pub(super) fn ways(page: &str) -> Vec<String> {
    // The menu leads there by a period, which narrows nothing.
    let (_, main) = page.split_once("<main").unwrap();
    let links = main.split("href=\"/records?").skip(1);
    links
        .map(|rest| format!("/records?{}", rest.split('"').next().unwrap().replace("&#38;", "&")))
        .collect()
}
