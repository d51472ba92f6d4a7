//! Typing a comment: keys become Vietnamese words by Telex or VNI, as everybody's phone does it.
//! Pure: keys in, text out.
//!
//! Only the word being typed is composed; what stands before it is plain text and never changes
//! again. So what is on the screen is what will be kept.

use protocol::limits::COMMENT_CHARS;
use vi::methods::transform_buffer_with_style;
use vi::processor::AccentStyle;

/// Keys of one word: far more than any syllable takes, few enough to compose at once.
const WORD_KEYS: usize = 32;

/// How keys become letters with marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Method {
    /// Marks by letters: `Vieetj` gives Việt.
    #[default]
    Telex,
    /// Marks by digits: `Vie65t` gives Việt.
    Vni,
    /// Letters as they are, for other languages.
    Plain,
}

impl Method {
    /// All methods, the usual one first.
    pub const ALL: [Self; 3] = [Self::Telex, Self::Vni, Self::Plain];

    /// The name people know it by; it is the same in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Telex => "Telex",
            Self::Vni => "VNI",
            Self::Plain => "ABC",
        }
    }
}

/// One press on a keyboard, on the glass or a real one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// A letter, digit, mark or space.
    Letter(char),
    /// Takes the last letter away.
    Erase,
    /// Another way of typing, from the next letter on.
    Method(Method),
}

/// A text being typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    method: Method,
    /// What no key changes any more.
    done: String,
    /// The keys of the word being typed.
    keys: Vec<char>,
    /// That word, composed.
    word: String,
}

impl Draft {
    /// An empty text.
    pub fn new(method: Method) -> Self {
        Self { method, ..Self::default() }
    }

    /// The whole text as it stands on the screen.
    pub fn text(&self) -> String {
        format!("{}{}", self.done, self.word)
    }

    /// The way of typing.
    pub fn method(&self) -> Method {
        self.method
    }

    /// How many letters it has.
    pub fn letters(&self) -> usize {
        self.done.chars().count() + self.word.chars().count()
    }

    /// Takes a key. One that would make the text longer than a comment may be is ignored.
    pub fn press(&mut self, key: Key) {
        match key {
            Key::Letter(letter) => self.letter(letter),
            Key::Erase => self.erase(),
            Key::Method(method) => {
                self.finish_word();
                self.method = method;
            }
        }
    }

    fn letter(&mut self, letter: char) {
        if letter.is_control() {
            return;
        }
        if self.keys.len() >= WORD_KEYS {
            self.finish_word();
        }
        let before = self.clone();
        // A keyboard that composes by itself sends letters with their marks: those stand as they are.
        if letter.is_ascii_alphanumeric() && self.method != Method::Plain {
            self.keys.push(letter);
            self.word = compose(self.method, &self.keys);
        } else {
            self.finish_word();
            self.done.push(letter);
        }
        if self.letters() > COMMENT_CHARS {
            *self = before;
        }
    }

    /// Takes the last letter on the screen away, with its marks; the keys that are left go on
    /// composing where they can.
    fn erase(&mut self) {
        if self.word.pop().is_none() {
            self.done.pop();
            return;
        }
        let without = |at: usize| {
            let mut keys = self.keys.clone();
            keys.remove(at);
            keys
        };
        let rest = (0..self.keys.len())
            .rev()
            .map(without)
            .find(|keys| compose(self.method, keys) == self.word);
        match rest {
            Some(keys) => self.keys = keys,
            // Two keys made the letter, such as `aa`: what is left stands as it is.
            None => self.finish_word(),
        }
    }

    fn finish_word(&mut self) {
        self.done.push_str(&self.word);
        self.word.clear();
        self.keys.clear();
    }
}

fn compose(method: Method, keys: &[char]) -> String {
    let definition = match method {
        Method::Telex => &vi::TELEX,
        Method::Vni => &vi::VNI,
        Method::Plain => return keys.iter().collect(),
    };
    let mut word = String::new();
    // “hòa”, not “hoà”: the way that offices and schools write.
    transform_buffer_with_style(definition, AccentStyle::Old, keys.iter().copied(), &mut word);
    word
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn typed(method: Method, keys: &str) -> String {
        let mut draft = Draft::new(method);
        keys.chars().for_each(|key| draft.press(Key::Letter(key)));
        draft.text()
    }

    #[test]
    fn telex_and_vni_give_the_same_words() {
        let telex = "Tooi chowf howi laau, xin ddeef nghij giair quyeets nhanh hown.";
        let vni = "To6i cho72 ho7i la6u, xin d9e62 nghi5 gia3i quye61t nhanh ho7n.";
        let words = "Tôi chờ hơi lâu, xin đề nghị giải quyết nhanh hơn.";
        assert_eq!(typed(Method::Telex, telex), words);
        assert_eq!(typed(Method::Vni, vni), words);
        assert_eq!(typed(Method::Plain, "Too long, sorry"), "Too long, sorry");
    }

    #[test]
    fn marks_come_where_offices_put_them_and_capitals_stay() {
        assert_eq!(typed(Method::Telex, "hoaf bình"), "hòa bình");
        assert_eq!(typed(Method::Telex, "DDAWNG KYS"), "ĐĂNG KÝ");
        assert_eq!(typed(Method::Telex, "Nguyeenx Thij thuyr"), "Nguyễn Thị thủy");
        assert_eq!(typed(Method::Telex, "tuwowng"), "tương");
    }

    #[test]
    fn digits_and_other_words_can_be_typed() {
        assert_eq!(typed(Method::Telex, "nawm 2026"), "năm 2026");
        assert_eq!(typed(Method::Vni, "na8m 2026"), "năm 2026");
        assert_eq!(typed(Method::Vni, "Qua62y so61 05"), "Quầy số 05");
    }

    #[test]
    fn erasing_takes_the_last_letter_and_typing_goes_on() {
        let mut draft = Draft::new(Method::Telex);
        "vieetj".chars().for_each(|key| draft.press(Key::Letter(key)));
        assert_eq!(draft.text(), "việt");
        draft.press(Key::Erase);
        assert_eq!(draft.text(), "việ");
        draft.press(Key::Letter('c'));
        assert_eq!(draft.text(), "việc");
        for _ in 0..5 {
            draft.press(Key::Erase);
        }
        assert_eq!(draft.text(), "");
        "aa".chars().for_each(|key| draft.press(Key::Letter(key)));
        draft.press(Key::Erase);
        assert_eq!(draft.text(), "");
        assert_eq!(typed(Method::Telex, "a b").len(), 3);
    }

    #[test]
    fn a_change_of_method_leaves_what_was_typed() {
        let mut draft = Draft::new(Method::Telex);
        "laau".chars().for_each(|key| draft.press(Key::Letter(key)));
        draft.press(Key::Method(Method::Vni));
        draft.press(Key::Letter('1'));
        assert_eq!((draft.text().as_str(), draft.method()), ("lâu1", Method::Vni));
    }

    proptest! {
        #[test]
        fn a_text_never_grows_too_long_and_erasing_empties_it(
            keys in prop::collection::vec(prop::char::range(' ', 'z'), 0..900),
            method in 0..3_usize,
        ) {
            let mut draft = Draft::new(Method::ALL[method]);
            for key in keys {
                let before = draft.done.clone();
                draft.press(Key::Letter(key));
                prop_assert!(draft.letters() <= COMMENT_CHARS);
                prop_assert!(draft.done.starts_with(&before), "what stands is never changed");
            }
            for _ in 0..COMMENT_CHARS {
                let letters = draft.letters();
                draft.press(Key::Erase);
                prop_assert_eq!(draft.letters(), letters.saturating_sub(1));
            }
            prop_assert_eq!(draft.text(), "");
        }
    }
}
