//! Where a journal can be written to: file systems that are mounted below /media or /run/media. A card
//! that always sits in a slot of the tablet is mounted there, too, so what can be carried away comes
//! first, and with any doubt a person chooses.

use crate::device::{free_space, whole_space};
use std::fs;
use std::path::{Path, PathBuf};

/// What is mounted where (`man 5 proc_pid_mounts`).
const MOUNTS: &str = "/proc/self/mounts";
/// Block devices and partitions by name, as links into the tree of devices.
const BLOCKS: &str = "/sys/class/block";
/// Where desktops and our own rule mount sticks.
const PLACES: [&str; 2] = ["/media/", "/run/media/"];

/// Something to write to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stick {
    /// Its folder.
    pub folder: PathBuf,
    /// The name people see: mostly the label of the file system.
    pub name: String,
    /// All bytes, where the system tells.
    pub size: Option<u64>,
    /// Free bytes, where the system tells.
    pub free: Option<u64>,
    /// It hangs on USB, or its medium can be taken out.
    pub removable: bool,
}

/// What is to be written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StickChoice {
    /// Nothing is plugged in.
    None,
    /// There is no doubt.
    One(Stick),
    /// A person has to choose, the likeliest first.
    Several(Vec<Stick>),
}

/// A folder that was named: there is no doubt.
pub fn in_folder(folder: PathBuf) -> StickChoice {
    let name = folder.display().to_string();
    StickChoice::One(Stick { folder, name, size: None, free: None, removable: true })
}

/// Everything that is mounted, what is removable first.
pub fn sticks() -> Vec<Stick> {
    let mounts = fs::read_to_string(MOUNTS).unwrap_or_default();
    let mut sticks = sticks_of(&mounts, Path::new(BLOCKS));
    for stick in &mut sticks {
        stick.size = whole_space(&stick.folder);
        stick.free = free_space(&stick.folder);
    }
    sticks
}

/// One that can be carried away and stands alone is taken; else somebody is asked. A card in a slot is
/// never taken silently.
pub fn choose(mut sticks: Vec<Stick>) -> StickChoice {
    match sticks.as_slice() {
        [] => StickChoice::None,
        [only] if only.removable => StickChoice::One(sticks.remove(0)),
        _ => StickChoice::Several(sticks),
    }
}

fn sticks_of(mounts: &str, blocks: &Path) -> Vec<Stick> {
    let mut sticks: Vec<Stick> = mounts
        .lines()
        .filter_map(|line| {
            let mut words = line.split(' ');
            let (device, place) = (words.next()?, words.next()?);
            PLACES.iter().any(|begin| place.starts_with(begin)).then_some(())?;
            let folder = PathBuf::from(unescaped(place));
            let name = folder.file_name()?.to_string_lossy().into_owned();
            let removable = is_removable(device, blocks);
            Some(Stick { folder, name, size: None, free: None, removable })
        })
        .collect();
    // Mounted twice over, the later one is seen.
    sticks.reverse();
    let mut seen: Vec<PathBuf> = Vec::new();
    sticks.retain(|stick| {
        let new = !seen.contains(&stick.folder);
        seen.push(stick.folder.clone());
        new
    });
    sticks.sort_by(|one, other| {
        (!one.removable, &one.name, &one.folder).cmp(&(
            !other.removable,
            &other.name,
            &other.folder,
        ))
    });
    sticks
}

/// Whether a device such as `/dev/sdb1` hangs on USB, or it or its disk says that it is removable.
fn is_removable(device: &str, blocks: &Path) -> bool {
    // Links such as those below /dev/disk lead to the name that the kernel gave.
    let device = fs::canonicalize(device).unwrap_or_else(|_| PathBuf::from(device));
    let Some(name) = device.file_name() else { return false };
    let Ok(node) = fs::canonicalize(blocks.join(name)) else { return false };
    let says = |node: &Path| {
        fs::read_to_string(node.join("removable")).is_ok_and(|text| text.trim() == "1")
    };
    let on_usb =
        node.components().any(|part| part.as_os_str().to_string_lossy().starts_with("usb"));
    on_usb || says(&node) || node.parent().is_some_and(says)
}

/// The file of mounts writes spaces, tabs, line ends and backslashes as three octal digits.
fn unescaped(text: &str) -> String {
    let mut plain = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..3).filter(|_| *first == b'\\');
        let code = code.and_then(|digits| std::str::from_utf8(digits).ok());
        if let Some(byte) = code.and_then(|digits| u8::from_str_radix(digits, 8).ok()) {
            plain.push(byte);
            rest = &after[3..];
        } else {
            plain.push(*first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&plain).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    /// A tree of devices as the kernel shows it: a stick, a card in a slot, a reader's card.
    fn blocks() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        let links = dir.path().join("class");
        fs::create_dir(&links).unwrap();
        for (path, removable) in [
            ("pci0000:00/usb1/1-4/block/sdb", "0"),
            ("platform/mmc_host/mmc0/block/mmcblk0", "0"),
            ("pci0000:00/ata2/block/sdc", "1"),
        ] {
            let disk = dir.path().join("devices").join(path);
            let name = disk.file_name().unwrap().to_str().unwrap().to_owned();
            let part =
                if name.starts_with("mmc") { format!("{name}p1") } else { format!("{name}1") };
            fs::create_dir_all(disk.join(&part)).unwrap();
            fs::write(disk.join("removable"), format!("{removable}\n")).unwrap();
            symlink(&disk, links.join(&name)).unwrap();
            symlink(disk.join(&part), links.join(&part)).unwrap();
        }
        dir
    }

    const MOUNTED: &str = "/dev/sda1 / ext4 rw 0 0\n\
        /dev/mmcblk0p1 /media/CARD ext4 rw 0 0\n\
        /dev/sdb1 /media/kiosk/USB\\040DISK\\134 vfat rw 0 0\n\
        /dev/sdc1 /run/media/kiosk/Đĩa exfat rw 0 0\nodd\n";

    fn found(mounts: &str) -> Vec<Stick> {
        let dir = blocks();
        sticks_of(mounts, &dir.path().join("class"))
    }

    #[test]
    fn sticks_are_found_where_they_are_mounted_and_a_card_in_a_slot_comes_last() {
        let sticks = found(MOUNTED);
        let told: Vec<_> =
            sticks.iter().map(|one| (one.folder.to_str().unwrap(), one.removable)).collect();
        let expected = [
            ("/media/kiosk/USB DISK\\", true),
            ("/run/media/kiosk/Đĩa", true),
            ("/media/CARD", false),
        ];
        assert_eq!(told, expected);
        assert_eq!(sticks[0].name, "USB DISK\\");
        let twice = "/dev/sdb1 /media/A vfat rw 0 0\n/dev/mmcblk0p1 /media/A ext4 rw 0 0\n";
        assert_eq!(found(twice).iter().map(|one| one.removable).collect::<Vec<_>>(), [false]);
    }

    #[test]
    fn one_stick_is_taken_and_a_card_in_a_slot_never_silently() {
        let only = |lines: &str| choose(found(lines));
        assert_eq!(only(""), StickChoice::None);
        let stick = "/dev/sdb1 /media/A vfat rw 0 0\n";
        let card = "/dev/mmcblk0p1 /media/CARD ext4 rw 0 0\n";
        assert!(matches!(only(stick), StickChoice::One(Stick { removable: true, .. })));
        assert!(matches!(only(card), StickChoice::Several(all) if all.len() == 1));
        assert!(matches!(only(&format!("{card}{stick}")), StickChoice::Several(all)
            if all.len() == 2 && all[0].name == "A"));
    }
}
