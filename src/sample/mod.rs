//! Sample data: the protocol logs of an invented company, as its two Exchange servers would write them.
//!
//! The story, so that every part of the report has something to show: printers that stopped at TLS 1.0 and
//! 1.1 and a label printer that never had TLS; an ERP that sends day and night; applications that have moved to
//! OAuth; people on NTLM and Kerberos; a newsletter on Tuesdays; a job once a quarter; a copier with last year's
//! password; two days on which nobody switched logging back on; and, at the end, a night of guessed passwords
//! followed by three nights of somebody else's mail. Around them the noise of every real log: health probes,
//! load balancers, and mail from strangers who never signed in.
//!
//! It is written as logs, and so takes the same way through the program as an admin's own.

mod log;
mod rng;

use crate::model::Day;
use log::{
    CLIENT_FRONTEND, CLIENT_PROXY, Connector, DEFAULT_FRONTEND, DEFAULT_HUB, HOUR, MINUTE, SECOND, Server,
    Session,
};
use rng::Rng;

/// How many days the sample covers, the two without logs included.
pub const DAYS: i32 = 90;
/// The days without logs, counted back from the last day.
const OUTAGE: [i32; 2] = [38, 39];

/// The folder that all its files seem to lie in.
const FOLDER: &str = "Sample data";

/// Whether a file is one of the sample, by its name.
pub fn is_sample(name: &str) -> bool {
    name.strip_prefix(FOLDER).is_some_and(|rest| rest.starts_with('/'))
}

/// A file of the sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleFile {
    /// Its name, with the folders it would be dropped with.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// The sample: [`DAYS`] days of logs that end with `last_day`.
///
/// The same day gives the same bytes. About 6 MB.
pub fn files(last_day: Day) -> Vec<SampleFile> {
    let mut company = Company {
        servers: [
            Server::new("EX01", "192.0.2.10", 0x08DE_0B5C_1A40_0000),
            Server::new("EX02", "192.0.2.11", 0x08DE_0B61_7C80_0000),
        ],
        rng: Rng::new(2_026),
    };
    for back in (0..DAYS).rev().filter(|back| !OUTAGE.contains(back)) {
        company.live(last_day.plus(-back), back);
    }
    company.servers.into_iter().flat_map(Server::into_files).collect()
}

/// Monday is 0.
pub(crate) const fn weekday(day: Day) -> usize {
    // 1970-01-01 was a Thursday; the remainder is 0 to 6.
    #[allow(clippy::cast_sign_loss)]
    let weekday = (day.0 + 3).rem_euclid(7) as usize;
    weekday
}

/// Somebody or something that signs in to send mail.
#[derive(Clone, Copy, Debug)]
struct Client {
    /// The name it signs in with, as the log has it.
    user: &'static str,
    /// The address it sends as.
    sender: &'static str,
    ip: &'static str,
    /// What it says in EHLO.
    name: &'static str,
    /// Schannel's name of the TLS version; empty for none.
    tls: &'static str,
    mechanism: &'static str,
    /// Which of the two servers it is set to.
    server: usize,
    connector: Connector,
}

const fn client(user: &'static str, sender: &'static str, ip: &'static str, name: &'static str) -> Client {
    Client {
        user,
        sender,
        ip,
        name,
        tls: "TLS1_2",
        mechanism: "LOGIN",
        server: 0,
        connector: CLIENT_FRONTEND,
    }
}

/// An office device: port 25, and the TLS of its year.
const fn device(
    user: &'static str,
    sender: &'static str,
    ip: &'static str,
    name: &'static str,
    tls: &'static str,
) -> Client {
    Client { tls, connector: DEFAULT_FRONTEND, ..client(user, sender, ip, name) }
}

const DEVICES: [Client; 5] = [
    device("CONTOSO\\scan-hq", "scanner@contoso.com", "192.0.2.21", "MFP-HQ-1", "TLS1"),
    device("CONTOSO\\scan-hq", "scanner@contoso.com", "192.0.2.22", "MFP-HQ-2", "TLS1"),
    device("scan-lab@fabrikam.com", "scan-lab@fabrikam.com", "192.0.2.41", "MFP-LAB", "TLS1_1"),
    device("CONTOSO\\labels", "labels@contoso.com", "192.0.2.29", "LABEL-3", ""),
    device("scan-branch@contoso.com", "scan-branch@contoso.com", "198.51.100.71", "MFP-BRANCH", "TLS1_2"),
];

const PEOPLE: [Client; 5] = [
    Client {
        mechanism: "NTLM",
        ..client("CONTOSO\\anna", "anna@contoso.com", "192.0.2.101", "[192.0.2.101]")
    },
    Client {
        mechanism: "GSSAPI",
        server: 1,
        ..client("FABRIKAM\\bob", "bob@fabrikam.com", "192.0.2.102", "PC-BOB.fabrikam.com")
    },
    Client { mechanism: "NTLM", ..client("CONTOSO\\clara", "clara@contoso.com", "192.0.2.103", "PC-CLARA") },
    Client {
        mechanism: "XOAUTH2",
        tls: "TLS1_3",
        server: 1,
        ..client("dev@fabrikam.com", "dev@fabrikam.com", "2001:db8::2a", "laptop.fabrikam.com")
    },
    client("erik@contoso.com", "erik@contoso.com", "198.51.100.88", "[198.51.100.88]"),
];

const ERP: Client = client("CONTOSO\\svc-erp", "erp@contoso.com", "192.0.2.60", "erp01.contoso.com");
const NAS: Client = client("nas@fabrikam.com", "nas@fabrikam.com", "192.0.2.62", "nas-lab");
const SHOP: Client = Client {
    mechanism: "XOAUTH2",
    server: 1,
    ..client("shop@example.com", "orders@example.com", "2001:db8:50::7", "shop.example.com")
};
const CRM: Client = Client {
    mechanism: "XOAUTH2",
    tls: "TLS1_3",
    server: 1,
    ..client("crm@fabrikam.com", "crm@fabrikam.com", "198.51.100.20", "crm.fabrikam.com")
};
const NEWSLETTER: Client = Client {
    mechanism: "XOAUTH2",
    server: 1,
    ..client(
        "news@marketing.contoso.com",
        "news@marketing.contoso.com",
        "198.51.100.25",
        "mailer.example.net",
    )
};
const BILLING: Client = client("CONTOSO\\svc-billing", "billing@contoso.com", "192.0.2.64", "billing01");
const OLD_COPIER: Client =
    device("copier3@contoso.com", "copier3@contoso.com", "192.0.2.33", "COPIER-3", "TLS1");
const HEALTH: Client = client(
    "HealthMailbox0659e34c8d@contoso.com",
    "HealthMailbox0659e34c8d@contoso.com",
    "192.0.2.10",
    "EX01",
);
/// The account whose password was guessed. She has never sent by SMTP before.
const STOLEN: Client = client("j.smith@contoso.com", "j.smith@contoso.com", "203.0.113.66", "WIN-8F2K1QJ");

const COLLEAGUES: [&str; 8] = [
    "anna@contoso.com",
    "bob@fabrikam.com",
    "clara@contoso.com",
    "erik@contoso.com",
    "office@contoso.com",
    "lab@fabrikam.com",
    "ops@contoso.com",
    "warehouse@contoso.com",
];

struct Company {
    servers: [Server; 2],
    rng: Rng,
}

impl Company {
    /// A day in the life; `back` is how many days it lies before the last one.
    fn live(&mut self, day: Day, back: i32) {
        let midnight = day.start_ms();
        let working_day = weekday(day) < 5;

        self.noise(midnight);
        self.application(&ERP, midnight + 5 * HOUR, if working_day { 5 } else { 2 });
        self.application(&SHOP, midnight + 11 * HOUR, 2);
        self.send(&NAS, midnight + 3 * HOUR, 1, |_| vec!["ops@contoso.com".to_owned()]);
        if working_day {
            self.office_hours(midnight);
        }
        if weekday(day) == 1 {
            self.send(&NEWSLETTER, midnight + 9 * HOUR, 10, |rng| outside(rng, "reader", 2));
        }
        let (_, month, date) = day.ymd();
        if date == 1 && month % 3 == 1 {
            self.send(&BILLING, midnight + 2 * HOUR, 90, |rng| outside(rng, "customer", 1));
        }
        match back {
            3 => self.password_spray(midnight + HOUR),
            0..=2 => self.stolen_account(midnight + 2 * HOUR, 2 + 2 * (2 - back)),
            _ => {}
        }
    }

    fn office_hours(&mut self, midnight: i64) {
        for printer in DEVICES {
            if self.rng.one_in(2) {
                continue;
            }
            let scans = self.rng.between(1, 3);
            let at = self.sometime(midnight);
            self.send(&printer, at, scans, one_colleague);
        }
        for person in PEOPLE {
            if self.rng.one_in(2) {
                continue;
            }
            let mails = self.rng.between(1, 2);
            let at = self.sometime(midnight);
            self.send(&person, at, mails, |rng| {
                let recipients = rng.between(1, 2);
                if rng.one_in(2) { one_colleague(rng) } else { outside(rng, "partner", recipients) }
            });
        }
        let mails = self.rng.between(1, 4);
        self.send(&CRM, midnight + 10 * HOUR, mails, |rng| outside(rng, "lead", 1));
        let at = self.sometime(midnight);
        self.fail(&OLD_COPIER, at, OLD_COPIER.user);
        if self.rng.one_in(5) {
            self.try_the_wrong_mechanism(midnight + 8 * HOUR);
        }
    }

    /// Some moment between seven and five.
    fn sometime(&mut self, midnight: i64) -> i64 {
        midnight + 7 * HOUR + i64::from(self.rng.between(0, 10 * 60 * 60 * 1000))
    }

    /// An application that sends every day of the week.
    fn application(&mut self, app: &Client, from: i64, volume: u32) {
        let mails = volume + self.rng.between(0, 1);
        let at = from + i64::from(self.rng.between(0, 600)) * SECOND;
        self.send(app, at, mails, |rng| outside(rng, "customer", 1));
    }

    /// A whole submission: on port 587 by way of the hub, on port 25 on the front end itself.
    fn send(
        &mut self,
        client: &Client,
        at: i64,
        messages: u32,
        recipients: impl Fn(&mut Rng) -> Vec<String>,
    ) {
        let mut front_end = self.open(client, at);
        front_end.auth(client.mechanism);
        if client.connector.port == DEFAULT_FRONTEND.port {
            front_end.signed_in(client.user, None);
            self.submit(&mut front_end, client, messages, recipients);
        } else {
            front_end.signed_in(client.user, Some(client.sender));
            let (server, ip) = (client.server, self.servers[client.server].ip);
            let mut hub = self.servers[server].open(CLIENT_PROXY, ip, front_end.now_ms, &mut self.rng);
            hub.connect();
            hub.xproxy(&front_end, client.name);
            self.submit(&mut hub, client, messages, recipients);
            hub.quit();
            front_end.now_ms = hub.now_ms;
            self.servers[server].close(hub);
        }
        front_end.quit();
        self.servers[client.server].close(front_end);
    }

    fn submit(
        &mut self,
        session: &mut Session,
        client: &Client,
        messages: u32,
        recipients: impl Fn(&mut Rng) -> Vec<String>,
    ) {
        if client.sender == ERP.sender && self.rng.one_in(12) {
            session.refused_sender("ceo@contoso.com");
        }
        for _ in 0..messages {
            let recipients = recipients(&mut self.rng);
            session.now_ms += i64::from(self.rng.between(200, 9_000));
            if client.sender == ERP.sender && self.rng.one_in(60) {
                session.message("", &recipients);
            } else if self.rng.one_in(70) {
                session.refused_recipient(client.sender, "jon.doe@contoso.com");
            } else {
                session.message(client.sender, &recipients);
            }
        }
    }

    /// Opens a client's session up to where it would sign in.
    fn open(&mut self, client: &Client, at: i64) -> Session {
        let mut session = self.servers[client.server].open(client.connector, client.ip, at, &mut self.rng);
        session.connect();
        session.ehlo(client.name, false);
        if !client.tls.is_empty() {
            session.starttls(client.tls);
            session.ehlo(client.name, true);
        }
        session
    }

    fn fail(&mut self, client: &Client, at: i64, name: &str) {
        let mut session = self.open(client, at);
        session.auth(client.mechanism);
        session.refused(client.mechanism, name);
        session.quit();
        self.servers[client.server].close(session);
    }

    /// A monitoring script that asks for PLAIN, which Exchange does not offer, and then does it right.
    fn try_the_wrong_mechanism(&mut self, at: i64) {
        let script = device("monitor@contoso.com", "monitor@contoso.com", "192.0.2.70", "mon01", "TLS1_2");
        let mut session = self.open(&script, at);
        session.unrecognized("PLAIN");
        session.auth("LOGIN");
        session.signed_in(script.user, None);
        session.message(script.sender, &["ops@contoso.com".to_owned()]);
        session.quit();
        self.servers[script.server].close(session);
    }

    /// One password, many names, from several addresses.
    fn password_spray(&mut self, at: i64) {
        let names = [
            "admin",
            "info",
            "sales",
            "j.smith",
            "office",
            "scanner",
            "hr",
            "postmaster",
            "test",
            "backup",
            "anna",
            "support",
            "billing",
            "erp",
            "reception",
            "it",
            "newsletter",
            "c.jones",
            "m.brown",
            "ceo",
        ];
        for (minute, name) in (0_i64..).zip(names) {
            let ip = self.rng.pick(&["203.0.113.66", "203.0.113.140", "203.0.113.9"]).unwrap_or(STOLEN.ip);
            let guesser = Client { ip, ..STOLEN };
            self.fail(&guesser, at + minute * MINUTE, &format!("{name}@contoso.com"));
        }
    }

    /// Somebody else's mail in her name, more of it every night.
    fn stolen_account(&mut self, at: i64, sessions: i32) {
        for nth in 0..sessions {
            let ip = if nth % 2 == 0 { STOLEN.ip } else { "203.0.113.140" };
            self.send(&Client { ip, ..STOLEN }, at + i64::from(nth) * 11 * MINUTE, 20, |rng| {
                outside(rng, "someone", 2)
            });
        }
    }

    /// What every real log is full of.
    fn noise(&mut self, midnight: i64) {
        for nth in 0..2 {
            let at = midnight + i64::from(nth) * 12 * HOUR + 90 * SECOND;
            let mut probe = self.servers[0].open(DEFAULT_FRONTEND, "192.0.2.2", at, &mut self.rng);
            probe.connect();
            probe.drop_connection();
            self.servers[0].close(probe);
        }
        self.send(&HEALTH, midnight + 4 * HOUR, 1, |_| vec![HEALTH.sender.to_owned()]);

        let at = self.sometime(midnight);
        let (server, name) = (self.rng.between(0, 1) as usize, "mx.example.org");
        let own_ip = self.servers[server].ip;
        let recipients = one_colleague(&mut self.rng);
        let mut relay = self.servers[server].open(DEFAULT_FRONTEND, "198.51.100.200", at, &mut self.rng);
        relay.connect();
        relay.ehlo(name, false);
        let mut hub = self.servers[server].open(DEFAULT_HUB, own_ip, relay.now_ms, &mut self.rng);
        hub.connect();
        hub.xproxyfrom(&relay, name);
        for session in [&mut relay, &mut hub] {
            session.message("someone@example.org", &recipients);
            session.quit();
        }
        self.servers[server].close(hub);
        self.servers[server].close(relay);
    }
}

fn one_colleague(rng: &mut Rng) -> Vec<String> {
    rng.pick(&COLLEAGUES).map(str::to_owned).into_iter().collect()
}

/// So many addresses outside the company.
fn outside(rng: &mut Rng, who: &str, how_many: u32) -> Vec<String> {
    (0..how_many)
        .map(|_| {
            let domain = rng.pick(&["example.org", "example.net", "example.com"]).unwrap_or("example.org");
            format!("{who}{}@{domain}", rng.between(1, 400))
        })
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const LAST: Day = Day(20_779); // 2026-11-22, a Sunday

    fn text(file: &SampleFile) -> &str {
        std::str::from_utf8(&file.bytes).unwrap()
    }

    #[test]
    fn the_same_day_gives_the_same_bytes_and_another_day_others() {
        assert_eq!(LAST.to_string(), "2026-11-22");
        assert_eq!(files(LAST), files(LAST));
        assert_ne!(files(LAST), files(LAST.plus(1)));
    }

    #[test]
    fn every_line_is_a_header_or_has_nine_columns() {
        for file in files(LAST) {
            assert!(text(&file).ends_with("\r\n"), "{}", file.name);
            for line in text(&file).split_terminator("\r\n") {
                assert!(!line.contains(['\r', '\n']), "{line}");
                if line.starts_with('#') {
                    continue;
                }
                let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_bytes());
                let record = reader.records().next().unwrap().unwrap();
                assert_eq!(record.len(), 9, "{line}");
                assert_eq!(record[2].len(), 16, "{line}");
                assert!(["+", "-", "<", ">", "*"].contains(&&record[6]), "{line}");
                assert!(Day::parse_iso(&record[0][..10]).is_some(), "{line}");
            }
        }
    }

    #[test]
    fn it_covers_ninety_days_but_two_and_stays_small() {
        let files = files(LAST);
        let days: BTreeSet<&str> = files
            .iter()
            .flat_map(|file| text(file).lines())
            .filter(|line| !line.starts_with('#'))
            .map(|line| &line[..10])
            .collect();
        assert_eq!(days.len(), 88);
        assert_eq!(days.first(), Some(&"2026-08-25"));
        assert_eq!(days.last(), Some(&"2026-11-22"));
        assert!(!days.contains("2026-10-14") && !days.contains("2026-10-15"));

        let bytes: usize = files.iter().map(|file| file.bytes.len()).sum();
        assert!((5_000_000..6_500_000).contains(&bytes), "{bytes} bytes");
    }

    #[test]
    fn file_names_are_distinct() {
        let files = files(LAST);
        let names: BTreeSet<&str> = files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names.len(), files.len());
        assert!(names.iter().all(|name| is_sample(name)) && !is_sample("Sample data.csv"));
        assert!(names.contains("Sample data/EX01/FrontEnd/RECV20260825-1.LOG"), "{names:?}");
    }

    #[test]
    fn every_part_of_the_story_is_told() {
        let all: String = files(LAST).iter().map(text).collect();
        for part in [
            "SP_PROT_TLS1_SERVER",
            "SP_PROT_TLS1_1_SERVER",
            "SP_PROT_TLS1_2_SERVER",
            "SP_PROT_TLS1_3_SERVER",
            "AUTH XOAUTH2",
            "AUTH NTLM",
            "AUTH GSSAPI",
            "504 5.7.4",
            "535 5.7.3",
            "550 5.7.60",
            "550 5.1.10",
            "MAIL FROM:<>",
            "MAIL FROM:<billing@contoso.com>",
            "MAIL FROM:<news@marketing.contoso.com>",
            "XPROXY SID=",
            "AUTHSRC=Anonymous",
            "HealthMailbox",
            "Remote(SocketError)",
            "[2001:db8::2a]:",
        ] {
            assert!(all.contains(part), "{part}");
        }
        let stolen = |day: &str| {
            all.lines().filter(|line| line.starts_with(day) && line.contains("MAIL FROM:<j.smith@")).count()
        };
        assert_eq!(stolen("2026-11-19"), 0);
        assert!(stolen("2026-11-20") >= 30 && stolen("2026-11-22") > 2 * stolen("2026-11-20"));
    }
}
