//! What the system reports of the device: battery, free space. Everything may be missing, and then it is
//! left out.

use std::fs;
use std::path::{Path, PathBuf};

/// Where Linux tells of batteries and chargers (Documentation/ABI/testing/sysfs-class-power).
const POWER: &str = "/sys/class/power_supply";

/// State of the battery.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Battery {
    /// Percent.
    pub percent: Option<u8>,
    /// Whether it is being charged, or full and plugged in.
    pub charging: Option<bool>,
}

/// The first battery that the system tells of.
pub fn battery() -> Battery {
    battery_in(Path::new(POWER))
}

fn battery_in(power: &Path) -> Battery {
    let word = |supply: &Path, name: &str| {
        fs::read_to_string(supply.join(name)).ok().map(|text| text.trim().to_owned())
    };
    let mut supplies: Vec<PathBuf> =
        fs::read_dir(power).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    supplies.sort();
    // A mouse has a battery too, of its own scope.
    let built_in = |supply: &&PathBuf| {
        word(supply, "type").as_deref() == Some("Battery")
            && word(supply, "scope").as_deref() != Some("Device")
    };
    let Some(supply) = supplies.iter().find(built_in) else { return Battery::default() };
    let percent = word(supply, "capacity").and_then(|text| text.parse().ok());
    Battery {
        percent: percent.filter(|percent| *percent <= 100),
        charging: word(supply, "status").map(|status| status == "Charging" || status == "Full"),
    }
}

/// Free bytes for this user where `path` lies.
pub fn free_space(path: &Path) -> Option<u64> {
    let told = rustix::fs::statvfs(path).ok()?;
    told.f_bavail.checked_mul(told.f_frsize)
}

/// All bytes of the file system where `path` lies.
pub fn whole_space(path: &Path) -> Option<u64> {
    let told = rustix::fs::statvfs(path).ok()?;
    told.f_blocks.checked_mul(told.f_frsize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_battery_is_told_apart_from_chargers_and_mice() {
        let dir = tempfile::tempdir().unwrap();
        let supply = |name: &str, words: &[(&str, &str)]| {
            let path = dir.path().join(name);
            fs::create_dir(&path).unwrap();
            for (file, word) in words {
                fs::write(path.join(file), format!("{word}\n")).unwrap();
            }
        };
        assert_eq!(battery_in(dir.path()), Battery::default());
        assert_eq!(battery_in(Path::new("/nowhere")), Battery::default());
        supply("AC", &[("type", "Mains"), ("online", "1")]);
        supply("ABC", &[("type", "Battery"), ("scope", "Device"), ("capacity", "3")]);
        assert_eq!(battery_in(dir.path()), Battery::default());
        supply("BAT0", &[("type", "Battery"), ("capacity", "87"), ("status", "Discharging")]);
        let told = Battery { percent: Some(87), charging: Some(false) };
        assert_eq!(battery_in(dir.path()), told);
        fs::write(dir.path().join("BAT0/capacity"), "many").unwrap();
        fs::write(dir.path().join("BAT0/status"), "Full").unwrap();
        assert_eq!(battery_in(dir.path()), Battery { percent: None, charging: Some(true) });
    }

    #[test]
    fn the_free_space_of_a_folder_that_is_there_is_told() {
        let dir = tempfile::tempdir().unwrap();
        assert!(free_space(dir.path()).unwrap() > 0);
        assert_eq!(free_space(Path::new("/no/where")), None);
    }
}
