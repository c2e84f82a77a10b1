// Whether a reader's result is what the generator wrote.
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

/// What is wrong, in words; empty if nothing is. `result` has what the reader counts: messages, recipients, sessions,
/// failed, byDay, byTls, byDomain, users.
export function differences(result, truth) {
  const wrong = [];
  const compare = (what, found, expected) => {
    if (found === undefined || expected === null || expected === undefined) return;
    if (JSON.stringify(found) !== JSON.stringify(expected)) wrong.push(`${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`);
  };
  const sorted = (counts) => counts && Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
  for (const needed of ["messages", "byDay", "byTls"]) if (result[needed] === undefined) wrong.push(`${needed}: missing`);
  compare("messages", result.messages, truth.messages);
  compare("recipients", result.recipients, truth.recipients);
  compare("sessions", result.sessions, truth.sessions);
  compare("failed sign-ins", result.failed, truth.failed_signins);
  compare("users", result.users, truth.users);
  compare("messages by day", sorted(result.byDay), sorted(truth.messages_by_day));
  compare("messages by TLS version", sorted(result.byTls), sorted(truth.messages_by_tls));
  compare("messages by domain", sorted(result.byDomain), sorted(truth.messages_by_domain));
  return wrong;
}

/// Totals of an Activity CSV as the app writes it (contract 1), which may be larger than a string can be.
export async function totalsOfActivityCsv(path) {
  const result = { messages: 0, recipients: 0, sessions: 0, failed: 0, byDay: {}, byTls: {}, byDomain: {}, users: 0 };
  const users = new Set();
  const add = (counts, key, n) => (counts[key] = (counts[key] ?? 0) + n);
  for await (const [date, user, , domain, tls, , , , , ...counts] of records(path)) {
    if (date === "date") continue;
    const [messages, recipients, sessions, failed] = counts.map(Number);
    result.messages += messages;
    result.recipients += recipients;
    result.sessions += sessions;
    result.failed += failed;
    if (messages) {
      add(result.byDay, date, messages);
      add(result.byTls, tls, messages);
      add(result.byDomain, domain, messages);
      users.add(user);
    }
  }
  result.users = users.size;
  return result;
}

/// The records of a CSV file.
async function* records(path) {
  let open = "";
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    const text = open + line;
    // A line break inside quotes.
    if (text.split('"').length % 2 === 0) {
      open = `${text}\n`;
      continue;
    }
    open = "";
    yield [...text.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain);
  }
}
