//! Who sends: the same people whatever the size of a corpus.

use crate::calendar::date;
use crate::rng::Rng;
use crate::{DAYS, Truth, VERSION};

/// TLS versions: the Activity CSV's name, Exchange's token (none without TLS), and how many of 100 users have it.
const TLS: [(&str, &str, u32); 5] = [
    ("No TLS", "", 6),
    ("TLS 1.0", "SP_PROT_TLS1_SERVER", 6),
    ("TLS 1.1", "SP_PROT_TLS1_1_SERVER", 4),
    ("TLS 1.2", "SP_PROT_TLS1_2_SERVER", 70),
    ("TLS 1.3", "SP_PROT_TLS1_3_SERVER", 14),
];
const MECHANISMS: [(&str, u32); 4] = [("LOGIN", 78), ("XOAUTH2", 10), ("NTLM", 10), ("GSSAPI", 2)];
const DOMAINS: [(&str, u32); 8] = [
    ("contoso.com", 48),
    ("fabrikam.com", 18),
    ("marketing.contoso.com", 9),
    ("northwindtraders.com", 8),
    ("adatum.com", 6),
    ("litwareinc.com", 5),
    ("tailspintoys.com", 4),
    ("wingtiptoys.com", 2),
];
const KINDS: [&str; 8] = ["scanner", "erp", "nas", "monitor", "crm", "backup", "door", "ups"];

/// A server and its connector, and the connector's address.
pub(crate) const SERVERS: [(&str, &str, &str); 4] = [
    ("EX01", "Default Frontend EX01", "192.0.2.10:25"),
    ("EX01", "Authenticated Relay EX01", "192.0.2.10:10587"),
    ("EX02", "Default Frontend EX02", "192.0.2.11:25"),
    ("EDGE01", "Default internal receive connector EDGE01", "192.0.2.12:25"),
];

/// A user with a device.
pub(crate) struct Person {
    /// Login name: an address, or `CONTOSO\name`.
    pub(crate) login: String,
    pub(crate) sender: String,
    pub(crate) domain: usize,
    pub(crate) ip: String,
    /// The name in EHLO.
    pub(crate) helo: String,
    /// The name in a CSV, where it may need quotes: ready to be written.
    pub(crate) csv_name: String,
    pub(crate) tls: usize,
    pub(crate) mechanism: &'static str,
    /// Index into [`SERVERS`].
    pub(crate) server: usize,
}

/// All who send.
pub(crate) struct People {
    pub(crate) all: Vec<Person>,
    /// The first so many send on every day, the others on every so manieth.
    busy: usize,
    every: usize,
}

impl People {
    /// So many people. A tenth of them is busy and sends half of all; the others send on each `every`th day.
    pub(crate) fn new(count: u32, every: usize) -> Self {
        let mut rng = Rng::new(20_261_122);
        let all: Vec<Person> = (0..count.max(1)).map(|i| Person::new(i, &mut rng)).collect();
        Self { busy: (all.len() / 10).max(1), every, all }
    }

    /// Somebody who sends on that day: place in [`all`](Self::all).
    pub(crate) fn pick(&self, day: usize, rng: &mut Rng) -> usize {
        let below = |rng: &mut Rng, n: usize| rng.below(u32::try_from(n).unwrap_or(u32::MAX)) as usize;
        let turn = day % self.every;
        let others = (self.all.len() - self.busy + self.every - 1 - turn) / self.every;
        if others == 0 || rng.percent(50) {
            return below(rng, self.busy);
        }
        self.busy + turn + self.every * below(rng, others)
    }
}

impl Person {
    fn new(i: u32, rng: &mut Rng) -> Self {
        let kind = KINDS[rng.below(8) as usize];
        let domain = rng.weighted(&DOMAINS.map(|(_, weight)| weight));
        let address = format!("{kind}{i:05}@{}", DOMAINS[domain].0);
        let ip = format!("10.{}.{}.{}", 20 + i / 65_536, i / 256 % 256, i % 256);
        let login = if rng.percent(30) { format!("CONTOSO\\svc{i:05}") } else { address.clone() };
        let sender = if rng.percent(10) { format!("noreply{i:05}@{}", DOMAINS[domain].0) } else { address };
        let helo = if rng.percent(30) { format!("[{ip}]") } else { format!("{kind}-{i:05}.contoso.com") };
        let csv_name = match rng.below(1000) {
            0..=119 => format!("\"{kind} {i:05}, floor {}\"", i % 7),
            120..=149 => format!("\"the \"\"big\"\" {kind}, hall {i:05}\""),
            150..=154 => format!("\"{kind} {i:05}\nroom {}\"", i % 90),
            _ => helo.clone(),
        };
        Self {
            login,
            sender,
            domain,
            ip,
            helo,
            csv_name,
            tls: rng.weighted(&TLS.map(|(_, _, weight)| weight)),
            mechanism: MECHANISMS[rng.weighted(&MECHANISMS.map(|(_, weight)| weight))].0,
            server: rng.below(4) as usize,
        }
    }

    pub(crate) fn domain_name(&self) -> &'static str {
        DOMAINS[self.domain].0
    }

    /// TLS version as the Activity CSV names it.
    pub(crate) fn tls_label(&self) -> &'static str {
        TLS[self.tls].0
    }

    /// TLS version as Exchange names it; empty without TLS.
    pub(crate) fn tls_token(&self) -> &'static str {
        TLS[self.tls].1
    }
}

/// Counts along while a corpus is written.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) recipients: u64,
    pub(crate) sessions: u64,
    pub(crate) failed_signins: u64,
    by_day: [u64; DAYS],
    by_tls: [u64; TLS.len()],
    by_domain: [u64; DOMAINS.len()],
    /// Who has sent.
    users: Vec<bool>,
}

impl Tally {
    pub(crate) fn new(people: &People) -> Self {
        Self { users: vec![false; people.all.len()], ..Self::default() }
    }

    pub(crate) fn message(&mut self, day: usize, person: usize, of: &People, recipients: u32) {
        let Person { tls, domain, .. } = of.all[person];
        self.by_day[day] += 1;
        self.by_tls[tls] += 1;
        self.by_domain[domain] += 1;
        self.recipients += u64::from(recipients);
        self.users[person] = true;
    }

    /// `has_sessions`: whether the corpus tells sign-ins at all.
    pub(crate) fn truth(&self, bytes: u64, has_sessions: bool) -> Truth {
        let named = |counts: &[u64], name: &dyn Fn(usize) -> String| {
            counts.iter().enumerate().filter(|(_, n)| **n > 0).map(|(i, &n)| (name(i), n)).collect()
        };
        Truth {
            generator: VERSION,
            bytes,
            messages: self.by_day.iter().sum(),
            recipients: self.recipients,
            sessions: has_sessions.then_some(self.sessions),
            failed_signins: has_sessions.then_some(self.failed_signins),
            users: self.users.iter().filter(|sent| **sent).count() as u64,
            messages_by_day: named(&self.by_day, &date),
            messages_by_tls: named(&self.by_tls, &|i| TLS[i].0.to_owned()),
            messages_by_domain: named(&self.by_domain, &|i| DOMAINS[i].0.to_owned()),
        }
    }
}
