//! Counts by day, user, sender, TLS version, mechanism, client and server.

use super::digest::{Digest, Lanes};
use super::intern::{Interner, Sym};
use crate::ingest::activity_csv::ActivityRow;
use crate::model::identity::domain_of;
use crate::model::{Counts, Day, TlsVersion};
use hashbrown::HashTable;
use std::hash::{Hash, Hasher};

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
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u32(self.digest().number());
    }
}

impl Key {
    /// By two numbers a word.
    #[inline]
    fn digest(&self) -> Digest {
        let two = |a: u32, b: u32| u64::from(a) << 32 | u64::from(b);
        let day = self.day.map_or(i32::MIN, |day| day.0).cast_unsigned();
        // The domain follows from the sender, but where there is no sender.
        let rest = two(self.mechanism.0 ^ self.sender_domain.0 << 8, self.tls as u32);
        Lanes::default()
            .words(two(day, self.user.0), two(self.sender.0, self.client_ip.0))
            .words(two(self.client_name.0, self.server.0), rest)
            .finish()
    }

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

/// Keys with numbers, in order of first appearance.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    keys: Vec<Key>,
    table: HashTable<Place>,
}

/// Where a key is.
#[derive(Clone, Copy, Debug)]
struct Place {
    digest: Digest,
    number: u32,
}

impl Keys {
    /// With room for so many.
    pub fn with_capacity(keys: usize) -> Self {
        Self { keys: Vec::with_capacity(keys), table: HashTable::with_capacity(keys) }
    }

    /// The number of a key.
    ///
    /// # Errors
    /// If it had none: the one that it has from now on.
    #[inline]
    pub fn number(&mut self, key: Key) -> Result<u32, u32> {
        self.number_among(usize::MAX, key)
    }

    /// The number of a key; what has none gets one only as long as there are not so many.
    ///
    /// # Errors
    /// If it had none: the one that it has from now on, or would have.
    #[inline]
    pub fn number_among(&mut self, most: usize, key: Key) -> Result<u32, u32> {
        let digest = key.digest();
        let is_it =
            |place: &Place| place.digest == digest && self.keys.get(place.number as usize) == Some(&key);
        if let Some(place) = self.table.find(digest.hash(), is_it) {
            return Ok(place.number);
        }
        // 2³² rows are 70 bytes each: the tab's memory ends long before.
        let Ok(number) = u32::try_from(self.keys.len()) else { return Err(u32::MAX) };
        if self.keys.len() >= most {
            return Err(number);
        }
        self.keys.push(key);
        self.table.insert_unique(digest.hash(), Place { digest, number }, |place| place.digest.hash());
        Err(number)
    }

    /// All of them, by their numbers.
    pub fn as_slice(&self) -> &[Key] {
        &self.keys
    }
}

/// Counts by [`Key`]. Adding is associative and commutative up to the order of rows, which no reader relies on.
#[derive(Clone, Debug, Default)]
pub struct Cube {
    strings: Interner,
    keys: Keys,
    counts: Vec<Counts>,
    /// The domain of each string that was asked for as an address, by its number.
    domains: Vec<Option<Sym>>,
}

impl Cube {
    /// With room for so many rows, and strings of so many bytes in all.
    pub fn with_capacity(rows: usize, strings: usize, text_bytes: usize) -> Self {
        Self {
            strings: Interner::with_capacity(strings, text_bytes),
            keys: Keys::with_capacity(rows),
            counts: Vec::with_capacity(rows),
            domains: Vec::new(),
        }
    }

    /// How many distinct keys there are.
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
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
        match self.keys.number(key) {
            Ok(row) => {
                self.add_to(row, counts);
                row
            }
            Err(row) => {
                if row as usize == self.counts.len() {
                    self.counts.push(counts);
                }
                row
            }
        }
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
        self.keys().iter().zip(&self.counts)
    }

    /// The keys of the rows, by row.
    pub fn keys(&self) -> &[Key] {
        self.keys.as_slice()
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
        let mut days = self.keys().iter().filter_map(|key| key.day);
        let first = days.next()?;
        Some(days.fold((first, first), |(low, high), day| (low.min(day), high.max(day))))
    }
}
