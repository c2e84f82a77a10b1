//! *TLS Usage* of senders: how many rows of the details table used a version.

use super::input::{BySym, Groups, Input, Line, Scope, most_first, seen};
use super::types::{TlsBreakdown, TlsUsage};
use crate::aggregate::{Cube, Key, Sym};
use crate::model::{Counts, TlsVersion};
use foldhash::fast::FixedState;
use hashbrown::HashMap;

/// Senders by TLS version; one that used two counts in both.
pub(crate) fn senders_by_tls(input: &Input, scope: &Scope) -> TlsUsage {
    let mut versions = SenderVersions::new(input.cube);
    for (key, counts) in input.cube.rows().filter(|(key, _)| scope.has_use(key)) {
        versions.add(key, counts, scope.has_sender(key) && scope.has_line_of(key, counts));
    }
    versions.usage(input.cube)
}

/// For every line of the details table the TLS versions seen, a bit each.
struct SenderVersions {
    addresses: BySym<u8>,
    /// The domain of each address; the first met.
    domain: BySym<Option<Sym>>,
    /// Addresses met with yet another domain, which only a CSV can claim.
    more_domains: HashMap<(Sym, Sym), u8, FixedState>,
    first_domain_versions: BySym<u8>,
    logins: BySym<u8>,
    idle_logins: BySym<u8>,
    is_sender: BySym<bool>,
}

impl SenderVersions {
    fn new(cube: &Cube) -> Self {
        Self {
            addresses: BySym::new(cube),
            domain: BySym::new(cube),
            more_domains: HashMap::default(),
            first_domain_versions: BySym::new(cube),
            logins: BySym::new(cube),
            idle_logins: BySym::new(cube),
            is_sender: BySym::new(cube),
        }
    }

    fn add(&mut self, key: &Key, counts: &Counts, of_sender: bool) {
        let Some(line) = Line::of(key, counts) else { return };
        if matches!(line, Line::Address(_))
            && let Some(is_sender) = self.is_sender.get_mut(key.user)
        {
            *is_sender = true;
        }
        if !of_sender || seen(counts) == 0 {
            return;
        }
        let version = 1 << key.tls as u8;
        let mark = |versions: Option<&mut u8>| versions.into_iter().for_each(|v| *v |= version);
        match line {
            Line::Address(address) => {
                mark(self.addresses.get_mut(address));
                let Some(domain) = self.domain.get_mut(address) else { return };
                if *domain.get_or_insert(key.sender_domain) == key.sender_domain {
                    mark(self.first_domain_versions.get_mut(address));
                } else {
                    mark(Some(self.more_domains.entry((address, key.sender_domain)).or_default()));
                }
            }
            Line::Login(user) => mark(self.logins.get_mut(user)),
            Line::IdleLogin(user) => mark(self.idle_logins.get_mut(user)),
        }
    }

    fn usage(&self, cube: &Cube) -> TlsUsage {
        fn add(tls: &mut TlsBreakdown, versions: u8) {
            for version in TlsVersion::ALL {
                tls.add(version, u64::from(versions >> version as u8 & 1));
            }
        }
        let mut total = TlsBreakdown::default();
        let mut by_domain: Groups<TlsBreakdown> = Groups::new(cube);
        let mut add_domain = |domain: Sym, versions: u8| {
            if let Some(tls) = by_domain.entry(domain).filter(|_| versions != 0) {
                add(tls, versions);
            }
        };
        for (address, versions) in self.addresses.iter().filter(|&(_, versions)| versions != 0) {
            add(&mut total, versions);
            add_domain(self.domain.get(address).unwrap_or_default(), self.first_domain_versions.get(address));
        }
        for (&(_, domain), &versions) in &self.more_domains {
            add_domain(domain, versions);
        }
        for (user, idle) in self.idle_logins.iter() {
            let idle = if self.is_sender.get(user) { 0 } else { idle };
            let versions = self.logins.get(user) | idle;
            add(&mut total, versions);
            add_domain(Sym::EMPTY, versions);
        }
        TlsUsage { total, by_domain: most_first(cube, by_domain.all.iter().copied()) }
    }
}
