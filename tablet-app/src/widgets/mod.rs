//! What screens are made of. A widget draws what it is given and returns what was touched; it
//! knows no journal, no courier, no file and no clock.

mod button;
mod card;
mod face;
mod text;

pub use button::{button, language};
pub use card::{Card, card, decode_portrait};
pub use face::face;
pub use text::{Block, block};
