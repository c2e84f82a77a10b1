// What the readers count, and what of it the page is told.

/// Counts by day, user, sender, TLS version, mechanism and client address.
export class Groups {
  #rows = new Map();
  #lastKey = "";
  #last;

  /// The counts of a group: `[messages, recipients, sessions, failed]`.
  of(day, user, sender, tls, mechanism, ip) {
    const key = `${day}\t${user}\t${sender}\t${tls}\t${mechanism}\t${ip}`;
    if (key === this.#lastKey) return this.#last;
    let row = this.#rows.get(key);
    if (!row) this.#rows.set(key, (row = [0, 0, 0, 0]));
    this.#lastKey = key;
    this.#last = row;
    return row;
  }

  /// Totals; the groups themselves stay in the worker, as the app's do.
  totals() {
    const rows = [...this.#rows].map(([key, counts]) => {
      const [day, , , tls] = key.split("\t");
      return { day, tls, counts };
    });
    return totalsOf(rows);
  }
}

/// Totals of rows `{ day, tls, counts }`.
export function totalsOf(rows) {
  const sums = [0, 0, 0, 0];
  const byDay = {};
  const byTls = {};
  for (const { day, tls, counts } of rows) {
    counts.forEach((n, i) => (sums[i] += n));
    if (counts[0]) {
      byDay[day] = (byDay[day] ?? 0) + counts[0];
      byTls[tls] = (byTls[tls] ?? 0) + counts[0];
    }
  }
  const [messages, recipients, sessions, failed] = sums;
  return { messages, recipients, sessions, failed, byDay, byTls, groups: rows.length };
}

/// Exchange's name of a TLS version, `TLS1_2` of `SP_PROT_TLS1_2_SERVER`, as the report calls it.
export const tlsName = { SSL3: "SSL 3.0", TLS1: "TLS 1.0", TLS1_1: "TLS 1.1", TLS1_2: "TLS 1.2", TLS1_3: "TLS 1.3" };
