//! What screens are made of. A widget draws what it is given and returns what was touched; it
//! knows no journal, no courier, no file and no clock.

mod button;
mod card;
mod chip;
mod face;
mod field;
mod hold;
mod keyboard;
mod keypad;
mod keys;
mod level_keys;
mod pager;
mod pen;
mod photo;
mod row;
mod text;
mod touches;

pub use button::{
    Kind, button, button_size, contrast_button, language_button, language_button_width,
    quiet_button, quiet_button_size, read_aloud_button, text_size_button,
};
pub use card::{Card, CardSet, card};
pub use chip::{chip, chip_height};
pub use face::{ABOVE_WORD, face, face_word, small_face};
pub use field::{field, field_height, resting_field};
pub use hold::hold;
pub use keyboard::{Keyboard, Typing, keyboard, keyboard_height};
pub use keypad::{PAD, Pad, keypad};
pub use keys::Shift;
pub use level_keys::{Pressed, level_key};
pub use pager::{Pager, pager};
pub use pen::Pen;
pub use photo::decode_photo;
pub use row::{Fact, list_button};
pub use text::{Block, SMALLER, block, whole, written};
pub use touches::{LONGEST_TAP_S, tapped_anywhere};
