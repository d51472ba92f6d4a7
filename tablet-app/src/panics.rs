//! A panic on any thread ends the program. The journal is consistent at every moment, and the service manager
//! restarts the tablet within seconds, while a missing thread (the courier, the journal's, the one that
//! checks PINs) would stay missing until somebody notices.

use std::panic::{set_hook, take_hook};

/// From now on a panic is told as usual, and ends the program.
pub fn end_the_program() {
    let tell = take_hook();
    set_hook(Box::new(move |panic| {
        tell(panic);
        std::process::abort();
    }));
}
