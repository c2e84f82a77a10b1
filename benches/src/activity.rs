//! A CSV with one row for each message, as an SQL engine or a SIEM would write it.

use crate::Truth;
use crate::calendar::Clock;
use crate::people::{People, SERVERS, Tally};
use crate::rng::Rng;
use std::io::{self, Write};

/// Writes about so many bytes (the last row goes over), with so many senders, each of which sends on every day.
///
/// # Errors
/// Those of `out`.
pub fn write(out: &mut impl Write, bytes: u64, senders: u32) -> io::Result<Truth> {
    let people = People::new(senders, 1);
    // All of a row but time and recipients.
    let rows: Vec<Vec<u8>> = people
        .all
        .iter()
        .map(|p| {
            let (login, sender, domain, tls) = (&p.login, &p.sender, p.domain_name(), p.tls_label());
            let (mechanism, ip, name, server) = (p.mechanism, &p.ip, &p.csv_name, SERVERS[p.server].0);
            format!(",{login},{sender},{domain},{tls},{mechanism},{ip},{name},{server},").into_bytes()
        })
        .collect();
    let mut tally = Tally::new(&people);
    let mut rng = Rng::new(1);
    let mut clock = Clock::new(bytes);

    let header = b"timestamp,user,sender,sender_domain,tls_version,auth_mechanism,client_ip,client_name,server,recipients\n";
    out.write_all(header)?;
    let mut written = header.len() as u64;
    let mut person = 0;
    let mut row = Vec::new();
    while written < bytes {
        clock.set(written);
        // Who sends often sends several in a row.
        if !rng.percent(25) {
            person = people.pick(clock.day(), &mut rng);
        }
        let recipients = 1 + rng.weighted(&[80, 15, 5]);
        row.clear();
        row.extend_from_slice(clock.iso());
        row.extend_from_slice(&rows[person]);
        row.extend_from_slice([b"1\n", b"2\n", b"3\n"][recipients - 1]);
        out.write_all(&row)?;
        written += row.len() as u64;
        tally.message(clock.day(), person, &people, u32::try_from(recipients).unwrap_or(0));
    }
    Ok(tally.truth(written, false))
}
