//! The words of files, by table.

use super::super::moments::{Moment, Moments};
use super::super::words::{WordReader, code_date, is_dossier, plain};
use super::*;
use protocol::{Level, Stage};

#[test]
fn case_spaces_and_composition_do_not_matter() {
    assert_eq!(plain("  MỨC   độ "), plain("Mức độ"));
    let decomposed: String = unicode_normalization::UnicodeNormalization::nfd("Mức độ").collect();
    assert_ne!(decomposed, "Mức độ");
    assert_eq!(plain(&decomposed), "mức độ");
    let mut levels = WordReader::levels();
    let five = |levels: &mut WordReader<Level>, word: &str| levels.level(word, Scale::Five);
    assert_eq!(five(&mut levels, "KHÔNG HÀI LÒNG"), Ok(Level::Dissatisfied));
    assert_eq!(five(&mut levels, "rất không\u{a0}hài lòng"), Ok(Level::VeryDissatisfied));
    assert!(five(&mut levels, "hai long").is_err());
    assert!(levels.level("Bình thường", Scale::Three).is_err());
    let mut stages = WordReader::stages();
    assert_eq!(stages.stage("Trả kết quả"), Ok(Some(Stage::Return)));
    assert_eq!(stages.stage(""), Ok(None));
}

#[test]
fn codes_of_dossiers() {
    for code in [
        "H53.02-230914-0027",
        "000.00.06.H56-231027-0361",
        "H53-230914-12345",
        "G12.99-230914-1234567",
        "H53.10.5-230914-0027",
        "H56-231027-12345",
    ] {
        assert!(is_dossier(code), "{code}");
        assert!(code_date(code).is_some(), "{code}");
    }
    assert_eq!(code_date("H53.02-230231-0027"), None, "no such day");
    for code in [
        "",
        "H53.02-230914-027",
        "H5.02-230914-0027",
        "H53.-230914-0027",
        "53.02-230914-0027",
        "00.00.06.H56-231027-0361",
        "000.00.H56-231027-0361",
        "H53.02-23091-0027",
        "H53.02-230914-0027-1",
        "Nguyễn Văn A",
        "079123456789",
        "H53",
        "H5-230914-0027",
        "H53.02-230914-002",
        "0912345678",
        "H53.x-230914-0027",
        "H53..1-230914-0027",
        "H53-230914-00-27",
    ] {
        assert!(!is_dossier(code), "{code}");
    }
}

#[test]
fn moments_of_a_zone_with_summer_time() {
    let berlin = TimeZone::get("Europe/Berlin").unwrap();
    let mut moments = Moments::new(berlin, options().now);
    let mut hour = |text: &str| moments.read(text).map(|one: Moment| one.at / 3_600_000 % 24);
    assert_eq!(hour("25/03/2023 12:00:00"), Ok(11));
    assert_eq!(hour("26/03/2023 01:00:00"), Ok(0));
    assert_eq!(hour("26/03/2023 12:00:00"), Ok(10));
    assert_eq!(hour("1/7/2023 9:05"), Ok(7));
    assert!(hour("03/01/1990 07:08:00").is_err());
    // One day of grace for a clock that is ahead.
    assert!(hour("02/12/2023 05:00:00").is_ok());
    assert!(hour("03/12/2023 05:00:00").is_err());
}
