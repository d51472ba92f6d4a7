//! The officer's photo, decoded and uploaded to the graphics card once.

use crate::widgets;
use eframe::egui::{Context, TextureHandle, TextureOptions};

/// The photo that was decoded last.
#[derive(Default)]
pub(super) struct Photo {
    /// As it stands in the settings, and what came of it.
    kept: Option<(String, Option<TextureHandle>)>,
}

impl Photo {
    /// Decodes a photo of the settings when it is another one.
    pub fn keep(&mut self, ctx: &Context, photo: Option<&str>) {
        match photo {
            None => self.kept = None,
            Some(photo) if self.kept.as_ref().is_some_and(|(kept, _)| kept == photo) => {}
            Some(photo) => {
                let picture = widgets::decode_photo(photo);
                if picture.is_none() {
                    tracing::warn!("the officer's photo can not be read; initials are shown");
                }
                let texture = picture
                    .map(|picture| ctx.load_texture("photo", picture, TextureOptions::LINEAR));
                self.kept = Some((photo.to_owned(), texture));
            }
        }
    }

    /// The photo, where there is one that can be read.
    pub fn texture(&self) -> Option<&TextureHandle> {
        self.kept.as_ref().and_then(|(_, texture)| texture.as_ref())
    }
}
