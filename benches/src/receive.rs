//! An SMTP Receive protocol log: signed-in clients, refused sign-ins, anonymous relay and probes, 24 sessions at a time.

use crate::Truth;
use crate::calendar::Clock;
use crate::people::{People, Tally};
use crate::rng::Rng;
use crate::session::{Effect, HEADER, Message, Session};
use std::io::{self, Write};

/// Sessions that are open at the same time.
const AT_ONCE: usize = 24;
/// Names of nobody, under which signing in is tried.
const GUESSES: u32 = 500;
/// Servers of others, which send without signing in.
const RELAYS: u32 = 500;
/// Of the nine tenths that are not busy, each sends on two of the 30 days.
const EVERY: usize = 15;

/// Writes about so many bytes (the open sessions are brought to an end), with so many senders.
///
/// # Errors
/// Those of `out`.
pub fn write(out: &mut impl Write, bytes: u64, senders: u32) -> io::Result<Truth> {
    let people = People::new(senders, EVERY);
    let mut author = Author {
        tally: Tally::new(&people),
        recipients: (0..1000).map(|i| format!("recipient{i:03}@northwindtraders.com")).collect(),
        people,
        rng: Rng::new(2),
        clock: Clock::new(bytes),
        sessions: 0,
        messages: 0,
    };
    out.write_all(HEADER.as_bytes())?;
    let mut written = HEADER.len() as u64;
    let mut open: Vec<Session> = Vec::new();
    open.resize_with(AT_ONCE, Session::default);
    while !open.is_empty() {
        let at = author.rng.below(u32::try_from(open.len()).unwrap_or(1)) as usize;
        let session = &mut open[at];
        author.clock.set(written);
        if session.is_over() {
            if written >= bytes {
                open.swap_remove(at);
                continue;
            }
            author.begin(session);
        }
        for _ in 0..author.rng.between(1, 4) {
            author.clock.set(written);
            let (length, effect) = session.write_line(out, &author.clock)?;
            written += length;
            let day = author.clock.day();
            match effect {
                Effect::None => {}
                Effect::SignedIn => author.tally.sessions += 1,
                Effect::Refused => author.tally.failed_signins += 1,
                Effect::Message(recipients) => {
                    author.tally.message(day, session.person, &author.people, recipients);
                }
            }
        }
    }
    Ok(author.tally.truth(written, true))
}

struct Author {
    people: People,
    tally: Tally,
    recipients: Vec<String>,
    rng: Rng,
    clock: Clock,
    sessions: u64,
    messages: u32,
}

impl Author {
    fn begin(&mut self, session: &mut Session) {
        self.sessions += 1;
        match self.rng.weighted(&[76, 6, 11, 7]) {
            0 => self.submit(session),
            1 => self.guess(session),
            2 => self.relay(session),
            _ => self.probe(session),
        }
    }

    /// Somebody signs in and sends.
    fn submit(&mut self, session: &mut Session) {
        let Self { people, rng, clock, .. } = self;
        let at = people.pick(clock.day(), rng);
        let person = &people.all[at];
        session.person = at;
        session.open(self.sessions, person.server, &person.ip);
        session.connect(clock);
        session.greet(person);
        session.auth(person.mechanism);
        if rng.percent(3) {
            session.refused(person.mechanism, &person.login);
            session.auth(person.mechanism);
        }
        session.signed_in(&person.login);
        // Some only try whether they still can.
        let messages = rng.weighted(&[3, 57, 25, 10, 5]);
        for _ in 0..messages {
            self.messages = self.messages.wrapping_add(1) % 1_000_000;
            let recipients = 1 + rng.weighted(&[80, 15, 5]);
            let from = rng.below(u32::try_from(self.recipients.len() - recipients).unwrap_or(1)) as usize;
            session.message(&Message {
                sender: &person.sender,
                recipients: &self.recipients[from..from + recipients],
                refused: rng.percent(2),
                number: self.messages,
                chunks: [0, 1, 2][rng.weighted(&[70, 25, 5])],
                counts: true,
            });
            if rng.percent(1) {
                session.refused_message("ceo@contoso.com");
            }
        }
        if rng.percent(85) { session.quit() } else { session.lose() }
    }

    /// Somebody tries names of others.
    fn guess(&mut self, session: &mut Session) {
        let Self { people, rng, clock, .. } = self;
        let address = format!("198.51.100.{}", rng.between(1, 60));
        session.open(self.sessions, rng.below(4) as usize, &address);
        session.connect(clock);
        session.ehlo("WIN-CLJ1B0GQ6JP", false);
        for _ in 0..rng.between(1, 3) {
            session.auth("LOGIN");
            if rng.percent(50) {
                session.refused("LOGIN", &people.all[people.pick(clock.day(), rng)].login);
            } else {
                session.refused("LOGIN", &format!("guess{:03}@contoso.com", rng.below(GUESSES)));
            }
        }
        session.lose();
    }

    /// Mail of a server that does not sign in: no submission.
    fn relay(&mut self, session: &mut Session) {
        let Self { rng, clock, .. } = self;
        let number = rng.below(RELAYS);
        let address = format!("203.0.113.{}", number % 250);
        session.open(self.sessions, rng.below(4) as usize, &address);
        session.connect(clock);
        let name = format!("mx{number}.proseware.com");
        session.ehlo(&name, false);
        if rng.percent(60) {
            session.starttls("SP_PROT_TLS1_2_SERVER");
            session.ehlo(&name, true);
        }
        self.messages = self.messages.wrapping_add(1) % 1_000_000;
        session.message(&Message {
            sender: &format!("news{number}@proseware.com"),
            recipients: &self.recipients[..1],
            refused: false,
            number: self.messages,
            chunks: 0,
            counts: false,
        });
        session.quit();
    }

    /// A load balancer looks whether anybody is there.
    fn probe(&mut self, session: &mut Session) {
        session.open(self.sessions, self.rng.below(4) as usize, "168.63.129.16");
        session.connect(&mut self.clock);
        session.lose();
    }
}
