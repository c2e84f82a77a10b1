//! A password spray: sign-ins refused under ever other names, five to a connection.

use crate::Truth;
use crate::VERSION;
use crate::calendar::Clock;
use crate::session::{HEADER, Session};
use std::io::{self, Write};

/// Attempts before the server hangs up.
const ATTEMPTS: u64 = 5;
/// About what an attempt takes, by which the clock goes.
const BYTES_PER_NAME: u64 = 1_058;

/// Writes so many refused sign-ins, each under a name of its own.
///
/// # Errors
/// Those of `out`.
pub fn write(out: &mut impl Write, names: u64) -> io::Result<Truth> {
    let mut clock = Clock::new(names * BYTES_PER_NAME);
    out.write_all(HEADER.as_bytes())?;
    let mut written = HEADER.len() as u64;
    let mut session = Session::default();
    let mut name = 0;
    while name < names {
        clock.set(written);
        let number = name / ATTEMPTS;
        let address = format!("198.51.{}.{}", number / 250 % 250, number % 250);
        session.open(number, 0, &address);
        session.connect(&mut clock);
        session.ehlo("WIN-CLJ1B0GQ6JP", false);
        for attempt in name..names.min(name + ATTEMPTS) {
            session.auth("LOGIN");
            session.refused("LOGIN", &format!("user{attempt:08}@contoso.com"));
        }
        session.lose();
        name += ATTEMPTS;
        while !session.is_over() {
            clock.set(written);
            written += session.write_line(out, &clock)?.0;
        }
    }
    Ok(Truth {
        generator: VERSION,
        bytes: written,
        sessions: Some(0),
        failed_signins: Some(names),
        ..Truth::default()
    })
}
