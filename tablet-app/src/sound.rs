//! What can be heard: a tone when a level was written, and sentences read aloud. A program of the
//! system plays it (`aplay` of alsa-utils), so that the tablet links no sound library; a machine
//! without it, or without a loudspeaker, is silent.

use std::ffi::{OsStr, OsString};
use std::io::Write;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// Plays WAV files that are named, one after another, or what comes on its standard input.
pub const PLAYER: &str = "aplay";

/// The tone: its pitch in hertz, its length and the time in which it swells and fades, in seconds.
const PITCH: f64 = 880.0;
const LASTS: f64 = 0.14;
const FADES: f64 = 0.02;
/// Of 32,767, the loudest there is.
const LOUD: f64 = 9_000.0;
/// Samples a second.
const RATE: u32 = 16_000;

/// Plays one thing at a time; the next one takes its place.
#[derive(Debug)]
pub struct Speaker {
    player: OsString,
    playing: Option<Child>,
    /// Whether it was logged already that nothing can be played.
    told: bool,
}

impl Speaker {
    /// Plays with this program.
    pub fn new(player: impl Into<OsString>) -> Self {
        Self { player: player.into(), playing: None, told: false }
    }

    /// The short tone after a tap.
    pub fn tone(&mut self) {
        if let Some(mut input) = self.start(&["-q".as_ref(), "-".as_ref()], Stdio::piped()) {
            // Five kilobytes: they fit into the pipe, so the window does not wait.
            if let Err(error) = input.write_all(&tone()) {
                tracing::debug!(%error, "the tone was not played");
            }
        }
    }

    /// Reads sentences aloud, one after another.
    pub fn read(&mut self, files: &[PathBuf]) {
        let mut words: Vec<&OsStr> = vec!["-q".as_ref()];
        words.extend(files.iter().map(|file| file.as_os_str()));
        self.start(&words, Stdio::null());
    }

    /// Falls silent.
    pub fn stop(&mut self) {
        if let Some(mut child) = self.playing.take() {
            // It may have ended by itself.
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    fn start(&mut self, words: &[&OsStr], input: Stdio) -> Option<std::process::ChildStdin> {
        self.stop();
        let mut command = Command::new(&self.player);
        command.args(words).stdin(input).stdout(Stdio::null()).stderr(Stdio::null());
        match command.spawn() {
            Ok(mut child) => {
                let input = child.stdin.take();
                self.playing = Some(child);
                input
            }
            Err(error) => {
                if !std::mem::replace(&mut self.told, true) {
                    tracing::warn!(%error, player = ?self.player, "nothing can be played");
                }
                None
            }
        }
    }
}

impl Drop for Speaker {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The tone as a WAV file: one channel of 16 bits.
fn tone() -> Vec<u8> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some thousands")]
    let samples = (LASTS * f64::from(RATE)) as u32;
    let bytes = samples * 2;
    let mut wav = Vec::with_capacity(44 + bytes as usize);
    wav.extend(b"RIFF");
    wav.extend((36 + bytes).to_le_bytes());
    wav.extend(b"WAVEfmt ");
    wav.extend(16_u32.to_le_bytes());
    for part in [1_u16, 1] {
        wav.extend(part.to_le_bytes());
    }
    wav.extend(RATE.to_le_bytes());
    wav.extend((RATE * 2).to_le_bytes());
    for part in [2_u16, 16] {
        wav.extend(part.to_le_bytes());
    }
    wav.extend(b"data");
    wav.extend(bytes.to_le_bytes());
    for at in 0..samples {
        let time = f64::from(at) / f64::from(RATE);
        // Without it the loudspeaker would click.
        let swell = (time / FADES).min((LASTS - time) / FADES).clamp(0.0, 1.0);
        let value = LOUD * swell * (std::f64::consts::TAU * PITCH * time).sin();
        #[expect(clippy::cast_possible_truncation, reason = "under 32,767")]
        wav.extend((value as i16).to_le_bytes());
    }
    wav
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    use std::time::Duration;

    /// A player that writes down what it was given.
    fn player(dir: &std::path::Path, lasts: u32) -> PathBuf {
        let path = dir.join("player");
        let told = dir.join("told");
        let script = format!(
            "#!/bin/sh\necho \"$@\" >>{told}\n[ \"$2\" != - ] || wc -c >>{told}\nexec sleep {lasts}\n",
            told = told.display()
        );
        fs::write(&path, script).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        path
    }

    fn told(dir: &std::path::Path, lines: usize) -> Vec<String> {
        for _ in 0..2_000 {
            let text = fs::read_to_string(dir.join("told")).unwrap_or_default();
            let told: Vec<_> = text.lines().map(|line| line.trim().to_owned()).collect();
            if told.len() >= lines {
                return told;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Vec::new()
    }

    #[test]
    fn a_tone_and_sentences_are_played_and_the_next_takes_the_place_of_the_last() {
        let dir = tempfile::tempdir().unwrap();
        let mut speaker = Speaker::new(player(dir.path(), 60));
        speaker.tone();
        let length = tone().len().to_string();
        assert_eq!(told(dir.path(), 2), ["-q -", &length]);
        speaker.read(&["/speech/vi/a.wav".into(), "/speech/vi/b.wav".into()]);
        assert_eq!(told(dir.path(), 3)[2], "-q /speech/vi/a.wav /speech/vi/b.wav");
        speaker.stop();
        assert!(speaker.playing.is_none());
    }

    #[test]
    fn a_machine_without_a_player_is_silent() {
        let mut speaker = Speaker::new("/nowhere/player");
        speaker.tone();
        speaker.read(&[]);
        assert!(speaker.told && speaker.playing.is_none());
    }

    #[test]
    fn the_tone_is_a_wav_file_that_begins_and_ends_silent() {
        let wav = tone();
        assert_eq!((&wav[..4], &wav[8..12]), (&b"RIFF"[..], &b"WAVE"[..]));
        let told = u32::from_le_bytes([wav[4], wav[5], wav[6], wav[7]]) as usize;
        assert_eq!(told + 8, wav.len());
        assert_eq!(wav[44..46], [0, 0]);
        assert!(i16::from_le_bytes([wav[wav.len() - 2], wav[wav.len() - 1]]).abs() < 200);
    }
}
