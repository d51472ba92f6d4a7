//! Which charts can be taken away as pictures, and in which forms: the words of their addresses.

use locales::Texts;

/// A chart of a page of figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pages) enum ChartKind {
    /// The course of the period.
    Trend,
    /// The levels.
    Levels,
    /// The departments beside one another.
    Departments,
}

/// A form of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pages) enum PictureForm {
    Svg,
    Png,
}

impl ChartKind {
    const ALL: [Self; 3] = [Self::Trend, Self::Levels, Self::Departments];

    /// The word in addresses.
    const fn word(self) -> &'static str {
        match self {
            Self::Trend => "trend",
            Self::Levels => "levels",
            Self::Departments => "departments",
        }
    }

    /// What it shows, as the page of it calls it.
    pub fn title(self, texts: &Texts) -> String {
        texts.get(match self {
            Self::Trend => "pages-trend",
            Self::Levels => "pages-levels",
            Self::Departments => "dashboards-chart-departments",
        })
    }

    /// What the file is called, without the period and the ending.
    pub const fn stem(self) -> &'static str {
        match self {
            Self::Trend => "dien-bien",
            Self::Levels => "muc-do",
            Self::Departments => "co-quan",
        }
    }

    /// Where it is as a picture.
    pub fn path(self, form: PictureForm) -> String {
        format!("/charts/{}.{}", self.word(), form.word())
    }

    /// The chart and the form that a file of an address names.
    pub fn of_file(file: &str) -> Option<(Self, PictureForm)> {
        let (chart, form) = file.split_once('.')?;
        let chart = Self::ALL.into_iter().find(|one| one.word() == chart)?;
        let form = PictureForm::ALL.into_iter().find(|one| one.word() == form)?;
        Some((chart, form))
    }
}

impl PictureForm {
    /// All of them, in the order of their links.
    pub const ALL: [Self; 2] = [Self::Svg, Self::Png];

    /// The ending of a file.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
        }
    }

    /// What a browser is told that it is.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Svg => "image/svg+xml",
            Self::Png => "image/png",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_of_a_picture_names_its_chart_and_form() {
        for kind in ChartKind::ALL {
            for form in PictureForm::ALL {
                let path = kind.path(form);
                let file = path.strip_prefix("/charts/").unwrap();
                assert_eq!(ChartKind::of_file(file), Some((kind, form)));
            }
        }
        for file in ["", "trend", "trend.", "trend.gif", "x.svg", "trend.svg.png", ".svg"] {
            assert_eq!(ChartKind::of_file(file), None, "{file}");
        }
    }
}
