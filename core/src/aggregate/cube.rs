//! Counts by day, user, sender, TLS version, mechanism, client and server.

use super::intern::{Interner, Sym};
use crate::ingest::activity_csv::ActivityRow;
use crate::model::identity::domain_of;
use crate::model::{Counts, Day, TlsVersion};
use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::{BuildHasher, Hash, Hasher};

/// What a count is for. The strings are numbers of the cube's own interner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Key {
    /// UTC day; `None` where the source has no dates.
    pub day: Option<Day>,
    /// Login name where known, else the sender address.
    pub user: Sym,
    /// MAIL FROM; empty where nothing was sent, and for the null sender.
    pub sender: Sym,
    /// Domain of the sender.
    pub sender_domain: Sym,
    /// Protection of the connection.
    pub tls: TlsVersion,
    /// Mechanism as logged; `Unknown` where the source has none.
    pub mechanism: Sym,
    /// Address of the client, without port.
    pub client_ip: Sym,
    /// Name the client gave in HELO/EHLO.
    pub client_name: Sym,
    /// The server that took the submission.
    pub server: Sym,
}

impl Hash for Key {
    /// By two numbers a word: half the work of a derived one.
    fn hash<H: Hasher>(&self, state: &mut H) {
        let two = |a: u32, b: u32| u64::from(a) << 32 | u64::from(b);
        let day = self.day.map_or(i32::MIN, |day| day.0).cast_unsigned();
        state.write_u64(two(day, self.user.0));
        state.write_u64(two(self.sender.0, self.client_ip.0));
        state.write_u64(two(self.client_name.0, self.server.0));
        // The domain follows from the sender, but where there is no sender.
        state.write_u64(two(self.mechanism.0 ^ self.sender_domain.0 << 8, self.tls as u32));
    }
}

impl Key {
    /// All its strings, those that tell most rows apart first.
    pub const fn names_mut(&mut self) -> [&mut Sym; 7] {
        [
            &mut self.user,
            &mut self.sender,
            &mut self.client_ip,
            &mut self.client_name,
            &mut self.sender_domain,
            &mut self.mechanism,
            &mut self.server,
        ]
    }
}

/// A row of the cube with its strings, in the column order of the Activity CSV.
///
/// Its ordering is the row order of the Activity CSV.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row<'a> {
    /// See [`Key::day`].
    pub day: Option<Day>,
    /// See [`Key::user`].
    pub user: &'a str,
    /// See [`Key::sender`].
    pub sender: &'a str,
    /// See [`Key::sender_domain`].
    pub sender_domain: &'a str,
    /// See [`Key::tls`].
    pub tls: TlsVersion,
    /// See [`Key::mechanism`].
    pub mechanism: &'a str,
    /// See [`Key::client_ip`].
    pub client_ip: &'a str,
    /// See [`Key::client_name`].
    pub client_name: &'a str,
    /// See [`Key::server`].
    pub server: &'a str,
}

/// Counts by [`Key`]. Adding is associative and commutative up to the order of rows, which no reader relies on.
#[derive(Clone, Debug, Default)]
pub struct Cube {
    strings: Interner,
    keys: Vec<Key>,
    counts: Vec<Counts>,
    table: HashTable<u32>,
    hasher: FixedState,
    /// The domain of each string that was asked for as an address, by its number.
    domains: Vec<Option<Sym>>,
}

impl Cube {
    /// With room for so many rows, and strings of so many bytes in all.
    pub fn with_capacity(rows: usize, strings: usize, text_bytes: usize) -> Self {
        Self {
            strings: Interner::with_capacity(strings, text_bytes),
            keys: Vec::with_capacity(rows),
            counts: Vec::with_capacity(rows),
            table: HashTable::with_capacity(rows),
            hasher: FixedState::default(),
            domains: Vec::new(),
        }
    }

    /// How many distinct keys there are.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The number of a string, for building a [`Key`].
    pub fn intern(&mut self, text: &str) -> Sym {
        self.strings.intern(text)
    }

    /// The key of a row, but for its day.
    pub fn key_of(&mut self, row: &ActivityRow<'_>) -> Key {
        let mut intern = |text: &str| self.intern(text);
        Key {
            day: None,
            user: intern(&row.user),
            sender: intern(&row.sender),
            sender_domain: intern(&row.sender_domain),
            tls: row.tls,
            mechanism: intern(&row.mechanism),
            client_ip: intern(&row.client_ip),
            client_name: intern(&row.client_name),
            server: intern(&row.server),
        }
    }

    /// The number of the domain of an address. Asked once for each fact, so the answer is kept.
    pub fn domain_of(&mut self, address: Sym) -> Sym {
        let at = address.0 as usize;
        if let Some(Some(domain)) = self.domains.get(at) {
            return *domain;
        }
        let domain = domain_of(self.text(address)).to_owned();
        let domain = self.intern(&domain);
        if self.domains.len() <= at {
            self.domains.resize(self.strings.len(), None);
        }
        if let Some(known) = self.domains.get_mut(at) {
            *known = Some(domain);
        }
        domain
    }

    /// The number of a string, if the cube has it.
    pub fn find(&self, text: &str) -> Option<Sym> {
        self.strings.find(text)
    }

    /// The string with this number.
    pub fn text(&self, sym: Sym) -> &str {
        self.strings.get(sym)
    }

    /// How many strings there are: every [`Sym`] of a [`Key`] is below this, so it sizes arrays indexed by one.
    pub fn string_count(&self) -> usize {
        self.strings.len()
    }

    /// Bytes of the text of all strings.
    pub fn text_bytes(&self) -> usize {
        self.strings.text_bytes()
    }

    /// Adds to the counts of a key made with this cube's [`intern`](Self::intern). Returns the row's number.
    pub fn add(&mut self, key: Key, counts: Counts) -> u32 {
        let hash = self.hasher.hash_one(key);
        let keys = &self.keys;
        if let Some(&row) = self.table.find(hash, |&row| keys[row as usize] == key) {
            self.counts[row as usize] += counts;
            return row;
        }
        // 2³² rows are 100 bytes each: the tab's memory ends long before.
        let Ok(row) = u32::try_from(self.keys.len()) else { return u32::MAX };
        self.keys.push(key);
        self.counts.push(counts);
        let (keys, hasher) = (&self.keys, &self.hasher);
        self.table.insert_unique(hash, row, |&row| hasher.hash_one(keys[row as usize]));
        row
    }

    /// Adds to the counts of a row by the number that [`add`](Self::add) returned for it.
    #[inline]
    pub fn add_to(&mut self, row: u32, counts: Counts) {
        if let Some(sum) = self.counts.get_mut(row as usize) {
            *sum += counts;
        }
    }

    /// The cube as it is reported and written: each count is a number or unknown.
    ///
    /// Counts that are known in part keep the known part alone, as in an Activity CSV, so that a report and the report
    /// read back from its export are one. It takes the null sender's messages and sessions that only a Front End
    /// log shows, of one user and client on one day, to make such a count.
    #[must_use]
    pub fn settled(mut self) -> Self {
        for counts in &mut self.counts {
            counts.settle();
        }
        self
    }

    /// All keys with their counts, in no particular order.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = (&Key, &Counts)> + Clone {
        self.keys.iter().zip(&self.counts)
    }

    /// The keys of the rows, by row.
    pub fn keys(&self) -> &[Key] {
        &self.keys
    }

    /// A key with its strings.
    pub fn row(&self, key: &Key) -> Row<'_> {
        Row {
            day: key.day,
            user: self.text(key.user),
            sender: self.text(key.sender),
            sender_domain: self.text(key.sender_domain),
            tls: key.tls,
            mechanism: self.text(key.mechanism),
            client_ip: self.text(key.client_ip),
            client_name: self.text(key.client_name),
            server: self.text(key.server),
        }
    }

    /// The sum of all rows. Goes through them, so not for every line.
    pub fn totals(&self) -> Counts {
        let mut sum = Counts::default();
        for counts in &self.counts {
            sum += *counts;
        }
        sum
    }

    /// First and last day, if any row has a day.
    pub fn day_span(&self) -> Option<(Day, Day)> {
        let mut days = self.keys.iter().filter_map(|key| key.day);
        let first = days.next()?;
        Some(days.fold((first, first), |(low, high), day| (low.min(day), high.max(day))))
    }
}
