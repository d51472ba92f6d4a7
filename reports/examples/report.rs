//! Makes the report of a figures file: `report FIGURES.json OUT_DIR [vi|en]`. Writes report.pdf,
//! page-N.png and the charts, to look at and to measure in a cold process.

use reports::charts::{self, Size};
use reports::export::SCALE;
use reports::figures::Figures;
use reports::{Letterhead, Report};
use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().collect();
    let [_, figures, out, rest @ ..] = args.as_slice() else {
        return Err("usage: report FIGURES.json OUT_DIR [vi|en]".into());
    };
    let language = rest.first().map_or("vi", String::as_str);
    let figures: Figures = serde_json::from_slice(&std::fs::read(figures)?)?;
    let out = Path::new(out);
    std::fs::create_dir_all(out)?;
    let letterhead = Letterhead::placeholders(locales::texts(language));
    let day = figures.period.to.saturating_add(jiff::Span::new().days(20));
    let report = Report::new(&figures, &letterhead, day, language);
    let document = report.compile()?;
    for warning in document.warnings() {
        eprintln!("typst: {warning}");
    }
    std::fs::write(out.join("report.pdf"), document.pdf())?;
    for (page, png) in (1..).zip(document.pngs(SCALE)?) {
        std::fs::write(out.join(format!("page-{page}.png")), png)?;
    }
    let texts = locales::texts(language);
    for (name, size) in [("wide", Size::WIDE), ("card", Size::CARD), ("phone", Size::PHONE)] {
        let write =
            |chart: &str, svg: String| std::fs::write(out.join(format!("{chart}-{name}.svg")), svg);
        write("levels", charts::levels(&figures, texts, size)?)?;
        write("trend", charts::trend(&figures, texts, size)?)?;
        write("groups", charts::groups(&figures, texts, size)?)?;
    }
    Ok(())
}
