//! The server: it takes what tablets send, stores it, counts it in one place and shows it.
//!
//! `api` speaks with machines, `pages` with people; [`storage`] is the only home of SQL,
//! `stats` the only home of polars. `ARCHITECTURE.md` tells the journey of one rating.

pub mod alerts;
pub mod api;
pub mod auth;
pub mod centre;
pub mod change_feed;
pub mod checks;
pub mod clock;
pub mod config;
pub mod demo;
pub mod demonstration;
pub mod disk;
pub mod doorbell;
pub mod enrolment;
pub mod etag;
pub mod export;
pub mod fold;
pub mod import;
pub mod invite;
pub mod kept_centre;
pub mod letters;
pub mod live;
mod looks;
pub mod meters;
pub mod moments;
pub mod packing;
pub mod pages;
pub mod period;
pub mod pin;
pub mod portrait;
pub mod proxy;
pub mod public;
pub mod publication;
pub mod qr;
pub mod questionnaire_words;
pub mod rate_limits;
pub mod render_cache;
pub mod report;
pub mod request_id;
pub mod retention;
pub mod scope;
pub mod sealing;
pub mod serve;
pub mod state;
pub mod stats;
pub mod storage;
pub mod tables_out;
pub mod turns;
pub mod verify;
pub mod write_check;
