// The best that JavaScript without libraries is known to do: bytes, no string per field, one hash per key, the last key
// remembered.
import { Groups, tlsName, totalsOf } from "./groups.js";
import { readInto, serve } from "./serve.js";

const LF = 10;
const CR = 13;
const QUOTE = 34;
const COMMA = 44;
const BUFFER = 8 << 20;

serve((kind) => (kind === "receive" ? receive : activity));

const latin1 = new TextDecoder("latin1");
const utf8 = new TextDecoder();

/// Numbers byte strings from 0: a hash table over an arena of all texts.
class Interner {
  #table = new Int32Array(1 << 14).fill(-1);
  #arena = new Uint8Array(1 << 20);
  #ends = new Int32Array(1 << 13);
  #hashes = new Int32Array(1 << 13);
  #last = -1;
  count = 0;

  /// The number of `bytes[from..to]`, whose hash is `hash`.
  id(bytes, from, to, hash) {
    if (this.#last >= 0 && this.#hashes[this.#last] === hash && this.#is(this.#last, bytes, from, to)) return this.#last;
    const mask = this.#table.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (;;) {
      const id = this.#table[slot];
      if (id < 0) return (this.#last = this.#add(bytes, from, to, hash, slot));
      if (this.#hashes[id] === hash && this.#is(id, bytes, from, to)) return (this.#last = id);
      slot = (slot + 1) & mask;
    }
  }

  text(id) {
    return utf8.decode(this.#arena.subarray(id ? this.#ends[id - 1] : 0, this.#ends[id]));
  }

  #is(id, bytes, from, to) {
    let at = id ? this.#ends[id - 1] : 0;
    if (this.#ends[id] - at !== to - from) return false;
    const arena = this.#arena;
    for (let i = from; i < to; i++, at++) if (arena[at] !== bytes[i]) return false;
    return true;
  }

  #add(bytes, from, to, hash, slot) {
    const id = this.count++;
    const start = id ? this.#ends[id - 1] : 0;
    if (start + to - from > this.#arena.length) this.#arena = grown(this.#arena, start + to - from);
    this.#arena.set(bytes.subarray(from, to), start);
    if (id === this.#ends.length) {
      this.#ends = grown(this.#ends);
      this.#hashes = grown(this.#hashes);
    }
    this.#ends[id] = start + to - from;
    this.#hashes[id] = hash;
    this.#table[slot] = id;
    if (this.count * 2 > this.#table.length) this.#rehash();
    return id;
  }

  #rehash() {
    const table = new Int32Array(this.#table.length * 2).fill(-1);
    const mask = table.length - 1;
    for (let id = 0; id < this.count; id++) {
      let slot = (this.#hashes[id] ^ (this.#hashes[id] >>> 15)) & mask;
      while (table[slot] >= 0) slot = (slot + 1) & mask;
      table[slot] = id;
    }
    this.#table = table;
  }
}

function grown(array, least = 0) {
  const larger = new array.constructor(Math.max(array.length * 2, least));
  larger.set(array);
  return larger;
}

// ---- A CSV with a row for each message ----

async function activity(file) {
  const keyColumns = ["timestamp", "user", "sender", "tls_version", "auth_mechanism", "client_ip"];
  let isKey; // of each column
  let recipientsColumn;
  const groups = new Interner();
  let messages = new Float64Array(1 << 13);
  let recipients = new Float64Array(1 << 13);
  const key = new Uint8Array(1 << 16);

  const rows = (bytes, end) => {
    let at = 0;
    const columns = isKey.length;
    // A row that never ends stops at this one.
    bytes[end] = LF;
    while (at < end) {
      const start = at;
      let size = 0;
      let hash = 0x811c9dc5 | 0;
      let count = 0;
      for (let column = 0; column < columns; column++) {
        const wanted = isKey[column];
        if (bytes[at] === QUOTE) {
          at++;
          for (;;) {
            const c = bytes[at];
            if (c === QUOTE) {
              if (bytes[at + 1] !== QUOTE) break;
              at++;
            } else if (at >= end) return start;
            if (wanted) {
              key[size++] = c;
              hash = Math.imul(hash ^ c, 0x01000193);
            }
            at++;
          }
          at++;
        } else if (column === 0) {
          // Of the time, the day.
          for (let i = 0; i < 10; i++) {
            const c = bytes[at + i];
            key[size++] = c;
            hash = Math.imul(hash ^ c, 0x01000193);
          }
          let c;
          while ((c = bytes[at]) !== COMMA && c !== LF) at++;
        } else if (wanted) {
          let c;
          while ((c = bytes[at]) !== COMMA && c !== LF) {
            key[size++] = c;
            hash = Math.imul(hash ^ c, 0x01000193);
            at++;
          }
        } else if (column === recipientsColumn) {
          let c;
          while ((c = bytes[at]) >= 48 && c <= 57) {
            count = count * 10 + c - 48;
            at++;
          }
          if (c === CR) at++;
        } else {
          let c;
          while ((c = bytes[at]) !== COMMA && c !== LF) at++;
        }
        if (wanted) key[size++] = 9;
        if (at >= end) return start;
        at++;
      }
      const id = groups.id(key, 0, size, hash);
      if (id >= messages.length) {
        messages = grown(messages);
        recipients = grown(recipients);
      }
      messages[id]++;
      recipients[id] += count;
    }
    return at;
  };

  await readInto(file, BUFFER, (bytes, length, done) => {
    let from = 0;
    if (!isKey) {
      const line = bytes.indexOf(LF) + 1;
      const names = latin1.decode(bytes.subarray(0, line)).trim().split(",");
      isKey = names.map((name) => keyColumns.includes(name));
      recipientsColumn = names.indexOf("recipients");
      from = line;
    }
    let end = length;
    if (done && bytes[end - 1] !== LF) bytes[end++] = LF;
    return end - from - rows(bytes.subarray(from), end - from);
  });

  const all = [];
  for (let id = 0; id < groups.count; id++) {
    const [day, , , tls] = groups.text(id).split("\t");
    all.push({ day, tls, counts: [messages[id], recipients[id], 0, 0] });
  }
  return totalsOf(all);
}

// ---- An SMTP Receive protocol log ----

async function receive(file) {
  const groups = new Groups();
  /// Open sessions by a hash of server and id.
  const open = new Map();
  const names = new Interner();
  const texts = [];
  let last;

  const name = (bytes, from, to) => {
    let hash = 0x811c9dc5 | 0;
    for (let i = from; i < to; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193);
    const id = names.id(bytes, from, to, hash);
    return (texts[id] ??= utf8.decode(bytes.subarray(from, to)));
  };
  let dayText = "";
  const day = (bytes, at) => {
    for (let i = 0; i < 10; i++) {
      if (bytes[at + i] !== dayText.charCodeAt(i)) return (dayText = latin1.decode(bytes.subarray(at, at + 10)));
    }
    return dayText;
  };
  const has = (bytes, at, text) => {
    for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
    return true;
  };

  /// Behind the field at `at`, which may be quoted.
  const skip = (bytes, at) => {
    if (bytes[at] === QUOTE) {
      at++;
      while (bytes[at] !== QUOTE || bytes[at + 1] === QUOTE) at += bytes[at] === QUOTE ? 2 : 1;
      at++;
    }
    while (bytes[at] !== COMMA) at++;
    return at + 1;
  };

  const line = (bytes, start, end) => {
    if (bytes[start] === 35 || end - start < 60) return;
    const connector = start + 25;
    let at = connector;
    let hash = 0;
    let c;
    while ((c = bytes[at]) !== 92) {
      hash = Math.imul(hash ^ c, 0x01000193);
      at++;
    }
    at = skip(bytes, at);
    let low = 0;
    let high = 0;
    while ((c = bytes[at]) !== COMMA) {
      high = (high << 4) | (low >>> 28);
      low = (low << 4) | (c <= 57 ? c - 48 : (c | 32) - 87);
      at++;
    }
    const server = hash;
    hash = Math.imul(hash ^ low, 0x9e3779b1) ^ high;
    hash = (hash ^ (hash >>> 15)) & 0x3fffffff;
    let session = last;
    if (!session || session.low !== low || session.high !== high || session.server !== server) {
      session = open.get(hash);
      while (session && (session.low !== low || session.high !== high || session.server !== server)) session = session.next;
    }
    at = skip(bytes, at + 1); // behind the sequence number
    while (bytes[at] !== COMMA) at++;
    at++;
    if (!session) {
      let to = at;
      while (bytes[to] !== COMMA) to++;
      while (bytes[to] !== 58) to--;
      session = {
        low, high, server, hash, next: open.get(hash), ip: name(bytes, at, to),
        tls: "No TLS", mechanism: "Unknown", attempt: "", user: "", signedIn: "", counted: false, nextSender: "",
        sender: "", recipients: 0,
      };
      open.set(hash, session);
    }
    last = session;
    while (bytes[at] !== COMMA) at++;
    const event = bytes[at + 1];
    at += 3;
    if (bytes[at] === QUOTE) at++;
    if (event === 62) {
      reply(bytes, start, at, session);
    } else if (event === 60) {
      command(bytes, at, session);
    } else if (event === 42) {
      note(bytes, at, end, session);
    } else if (event === 45) {
      close(session);
    }
  };

  const command = (bytes, at, session) => {
    if (bytes[at] === 77 && has(bytes, at, "MAIL FROM:<")) {
      let to = at + 11;
      while (bytes[to] !== 62) to++;
      session.nextSender = name(bytes, at + 11, to);
    } else if (bytes[at] === 65 && has(bytes, at, "AUTH ")) {
      let to = at + 5;
      while (bytes[to] !== COMMA && bytes[to] !== 32) to++;
      session.mechanism = name(bytes, at + 5, to);
      session.attempt = "";
    }
  };

  const reply = (bytes, start, at, session) => {
    const c = bytes[at];
    if (c === 50) {
      if (bytes[at + 1] === 53 && bytes[at + 4] === 50) {
        const about = bytes[at + 6]; // 250 2.x.
        const detail = bytes[at + 8];
        if (about === 49 && detail === 48) {
          session.sender = session.nextSender;
          session.recipients = 0;
        } else if (about === 49 && detail === 53) {
          session.recipients++;
        } else if (about === 54 && detail === 48 && bytes[at + 10] === 60 && session.signedIn) {
          const { user, sender, tls, mechanism, ip } = session;
          const row = groups.of(day(bytes, start), user, sender, tls, mechanism, ip);
          row[0]++;
          row[1] += session.recipients;
          if (!session.counted) count(session, sender);
        }
      } else if (bytes[at + 1] === 51 && bytes[at + 2] === 53) {
        session.signedIn = day(bytes, start);
      }
    } else if (c === 53 && (has(bytes, at, "535 ") || has(bytes, at, "504 5.7.4"))) {
      groups.of(day(bytes, start), session.attempt, "", session.tls, session.mechanism, session.ip)[3]++;
    }
  };

  const note = (bytes, at, end, session) => {
    if (bytes[at] !== COMMA) {
      if (has(bytes, end - 14, ",authenticated")) session.user = name(bytes, at, end - 14);
      return;
    }
    at++;
    if (bytes[at] === QUOTE) at++;
    if (has(bytes, at, "TLS protocol SP_PROT_")) {
      let to = at + 21;
      while (bytes[to] !== 32) to++;
      session.tls = tlsName[name(bytes, at + 21, to - 7)];
    } else if (has(bytes, at, "User Name: ")) {
      session.attempt = name(bytes, at + 11, end);
    }
  };

  const count = (session, sender) => {
    const { signedIn, user, tls, mechanism, ip } = session;
    groups.of(signedIn, user, sender, tls, mechanism, ip)[2]++;
    session.counted = true;
  };

  const close = (session) => {
    if (session.signedIn && !session.counted) count(session, "");
    const first = open.get(session.hash);
    if (first !== session) {
      let before = first;
      while (before.next !== session) before = before.next;
      before.next = session.next;
    } else if (session.next) {
      open.set(session.hash, session.next);
    } else {
      open.delete(session.hash);
    }
    last = undefined;
  };

  await readInto(file, BUFFER, (bytes, length, done) => {
    if (done && length && bytes[length - 1] !== LF) bytes[length++] = LF;
    let at = 0;
    for (;;) {
      const lf = bytes.indexOf(LF, at);
      if (lf < 0 || lf >= length) return length - at;
      line(bytes, at, bytes[lf - 1] === CR ? lf - 1 : lf);
      at = lf + 1;
    }
  });
  for (let session of open.values()) {
    for (; session; session = session.next) if (session.signedIn && !session.counted) count(session, "");
  }
  return groups.totals();
}
