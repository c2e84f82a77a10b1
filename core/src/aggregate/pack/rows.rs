//! Rows of the cube: of each what differs from the row before.

use super::Names;
use super::bytes::{Reader, Writer, unzigzag, zigzag};
use crate::aggregate::cube::Keys;
use crate::aggregate::{Key, Sym};
use crate::model::{Count, Counts, Day, TlsVersion};
use std::borrow::Borrow;

/// A string that was not used before, the next in order.
const NEW: u64 = 0;
/// A bit for each string that differs, these for the rest.
const DAY_DIFFERS: u64 = 1 << 7;
const TLS_DIFFERS: u64 = 1 << 8;
/// All but the day is as in an earlier row, whose number among such rows follows.
const KNOWN: u64 = 1 << 9;

/// So many rows that differ in more than the day are remembered, so that who reads them needs no more memory for more.
const MAX_KNOWN: usize = 1 << 16;

/// A unit of several days has most keys on each of them. To name their seven strings each time took 730 instructions a
/// row, and twice as many bytes.
#[inline(never)]
pub(super) fn write<K: Borrow<Key>, C: Borrow<Counts>>(
    rows: impl Iterator<Item = (K, C)>,
    names: &mut Names<'_>,
) -> Vec<u8> {
    let mut writer = Writer::default();
    let mut body = Writer::default();
    let mut known = Keys::default();
    let mut previous = Key::default();
    for (key, counts) in rows {
        let key = *key.borrow();
        body.clear();
        let mut differs = 0_u64;
        match known.number_among(MAX_KNOWN, Key { day: None, ..key }) {
            Ok(number) => {
                differs |= KNOWN;
                body.number(number);
            }
            Err(_) => differs |= write_names(&key, &previous, names, &mut body),
        }
        if key.day != previous.day {
            differs |= DAY_DIFFERS;
            body.number(match key.day {
                None => 0,
                Some(day) => zigzag(day.0.into()) + 1,
            });
        }
        previous = key;
        let counts = counts.borrow();
        let mut which = 0_u64;
        for (i, count) in counts.each().into_iter().enumerate() {
            which |= u64::from(count.known_part() > 0) << i | u64::from(count.has_unknown()) << (4 + i);
        }
        body.number(which);
        for count in counts.each().into_iter().filter(|count| count.known_part() > 0) {
            body.number(count.known_part());
        }
        writer.number(differs);
        writer.rest(body.written());
    }
    writer.finish()
}

/// All but the day, as far as it differs from the row before. Returns in what it does.
fn write_names(key: &Key, previous: &Key, names: &mut Names<'_>, body: &mut Writer) -> u64 {
    let mut differs = 0;
    let (mut key, mut previous) = (*key, *previous);
    if key.tls != previous.tls {
        differs |= TLS_DIFFERS;
        body.number(key.tls as u64);
    }
    for (i, (sym, before)) in key.names_mut().into_iter().zip(previous.names_mut()).enumerate() {
        if sym != before {
            differs |= 1 << i;
            let next = names.next();
            let sym = names.number(*sym);
            body.number(if sym.0 == next { NEW } else { u64::from(sym.0) + 1 });
        }
    }
    differs
}

pub(super) fn read(bytes: &[u8], session_strings: u32) -> impl Iterator<Item = (Key, Counts)> {
    let mut reader = Reader::new(bytes);
    let mut key = Key::default();
    let mut next = session_strings;
    let mut known: Vec<Key> = Vec::new();
    std::iter::from_fn(move || {
        let differs = reader.number()?;
        if differs & KNOWN != 0 {
            key = Key { day: key.day, ..*known.get(usize::try_from(reader.number()?).ok()?)? };
        } else {
            if differs & TLS_DIFFERS != 0 {
                key.tls = *TlsVersion::ALL.get(usize::try_from(reader.number()?).ok()?)?;
            }
            for (i, sym) in key.names_mut().into_iter().enumerate() {
                if differs & 1 << i != 0 {
                    *sym = match reader.small()? {
                        0 => {
                            next += 1;
                            Sym(next - 1)
                        }
                        number => Sym(number - 1),
                    };
                }
            }
            if known.len() < MAX_KNOWN {
                known.push(key);
            }
        }
        if differs & DAY_DIFFERS != 0 {
            key.day = match reader.number()? {
                0 => None,
                n => Some(Day(i32::try_from(unzigzag(n - 1)).ok()?)),
            };
        }
        let which = reader.number()?;
        let mut counts = Counts::default();
        for (i, count) in counts.each_mut().into_iter().enumerate() {
            let known = if which & 1 << i != 0 { reader.number()? } else { 0 };
            *count = if which & 1 << (4 + i) != 0 { Count::at_least(known) } else { Count::known(known) };
        }
        Some((key, counts))
    })
}
