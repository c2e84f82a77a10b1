// Any other CSV: which column is which is said by hand, tried on the first rows, and remembered for the same header.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { openApp, temporaryFolder } from "./harness.mjs";

const today = "2026-11-22";
const key = "smtp-auth-report.mappings.1";

/// Writes files; their paths.
async function write(files) {
  const folder = await temporaryFolder();
  const paths = Object.entries(files).map(async ([name, content]) => {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  });
  return Promise.all(paths);
}

const toSources = async (app) => {
  await app.click("Data sources", "link");
  await app.waitForText("h1", "Data sources");
};

/// Opens the dialog for a file.
const openMapping = async (app, name) => {
  await app.click(`Map columns… ${name}`, "button");
  await app.page.waitForSelector("#mapping form select");
};

/// What is chosen for each role, as far as anything is.
const chosen = (app) =>
  app.page.$$eval("#mapping label.field", (fields) =>
    Object.fromEntries(
      fields
        .map((field) => [field.querySelector("span").innerText, field.querySelector("select").selectedOptions[0].text])
        .filter(([, column]) => column !== "–"),
    ),
  );

// Both days may be a month too.
const days = (first, second) =>
  `wann;wer;was;ip\r\n${first} 08:15;anna@contoso.com;TLSv1.2;203.0.113.9\r\n${second} 09:00;bob@contoso.com;TLSv1.0;203.0.113.10\r\n` +
  `${second} 09:05;bob@contoso.com;TLSv1.0;203.0.113.10\r\nirgendwann;bob@contoso.com;TLSv1.0;203.0.113.10\r\n` +
  `${second} 09:10;bob@contoso.com;TLSv1.0;203.0.113.10\r\n`;

test("a CSV of unknown columns is mapped by hand, and the next one of the kind without asking", async (t) => {
  const app = await openApp(t, { today });
  const [unknown, same, packed] = await write({
    "november.csv": days("02.11.2026", "03.11.2026"),
    "more.csv": days("04.11.2026", "05.11.2026"),
    "packed.csv.gz": gzipSync(days("06.11.2026", "07.11.2026")),
  });
  await app.load(unknown, same);
  assert.match(await app.text("main [role=status]"), /^2 files could not be read /);
  // From the list of problems, where nothing else is loaded.
  await openMapping(app, "november.csv");
  assert.deepEqual(await chosen(app), { Time: "wann", "TLS version": "was", "Client address": "ip" });
  assert.equal(await app.text("#mapping .mapping-result"), "Still needed: a column with the user or the sender.");
  assert.equal(await app.page.$eval("#mapping [type=submit]", (e) => e.disabled), true);
  assert.deepEqual((await app.table("#mapping table"))[1], ["02.11.2026 08:15", "anna@contoso.com", "TLSv1.2", "203.0.113.9"]);

  await app.choose("User (login name)", "wer");
  await app.waitForText("#mapping .mapping-result", "4 of the first 5 rows understood");
  await app.waitForText("#mapping .mapping-result", "4 rows count. Messages: unknown; successful sign-ins: 4; failed sign-ins: unknown.");
  await app.waitForText("#mapping .mapping-result", "1 row is not understood. Row 4: Not a point in time. Column: wann");
  await app.choose("Sender (MAIL FROM)", "wer");
  await app.waitForText("#mapping .mapping-result", "Messages: 4;");
  await app.waitForText("#mapping thead", "wer User (login name), Sender (MAIL FROM)");
  assert.match(await app.text("#mapping fieldset"), /^The dates can be read both ways\. .* 02\.11\.2026 08:15 The day The month$/);
  assert.equal(await app.page.$eval("#mapping fieldset input", (e) => e.checked), true);
  await app.screenshot("mapping");
  // Both files of the header are read once more, in one step.
  const { detail } = await app.loading(() => app.click("Apply", "button"));
  assert.equal(detail.files, 2);
  await app.closed();
  assert.match(await app.text("main [role=status]"), /^2 files loaded /);

  await app.loading(() => app.drop(packed));
  assert.match(await app.text("main [role=status]"), /^1 file loaded /);
  await toSources(app);
  const sources = await app.sources();
  const told = ({ format, period, counted, bad }) => [format, period, counted, bad];
  const of = (first, second) => `Nov ${first}, 2026, 08:15 – Nov ${second}, 2026, 09:10`;
  assert.deepEqual(Object.fromEntries(Object.entries(sources).map(([name, source]) => [name, told(source)])), {
    "november.csv": ["Other CSV", of(2, 3), "4", "1"],
    "more.csv": ["Other CSV", of(4, 5), "4", "1"],
    "packed.csv.gz": ["Other CSV (gzip)", of(6, 7), "4", "1"],
  });
  await app.page.evaluate(() => (location.hash = "#v=1&page=report&range=all"));
  await app.click("View details table", "button");
  const [, ...rows] = await app.details();
  const senders = rows.map((row) => row.join(" "));
  assert.ok(senders.some((row) => row.includes("bob@contoso.com") && / 9\b/.test(row)), senders.join("\n"));
  assert.ok(senders.some((row) => row.includes("anna@contoso.com") && / 3\b/.test(row)), senders.join("\n"));

  // In another visit of the same browser; the stored text tells of columns only.
  const stored = await app.page.evaluate((k) => localStorage.getItem(k), key);
  assert.match(stored, /^[0-9a-f]{16} role-time=0 role-user=1 role-sender=1 role-tls=2 role-client-ip=3 dates=day-first\n$/);
  await app.page.goto("about:blank");
  await app.page.goto(app.url);
  await app.mounted();
  await app.load(same);
  assert.match(await app.text("main [role=status]"), /^1 file loaded /);
  await toSources(app);

  // A change of mind: the other order. The file takes its own place.
  await openMapping(app, "more.csv");
  assert.deepEqual(await chosen(app), {
    Time: "wann", "User (login name)": "wer", "Sender (MAIL FROM)": "wer", "TLS version": "was", "Client address": "ip",
  });
  await app.click("The month", "radio");
  await app.loading(() => app.click("Apply", "button"));
  await app.waitForText("table.sources", "Apr 11, 2026, 08:15 – May 11, 2026, 09:10");
  assert.deepEqual(Object.keys(await app.sources()), ["more.csv"]);
  await openMapping(app, "more.csv");
  assert.equal(await app.page.$eval("#mapping fieldset input", (e) => e.checked), false);
  await app.page.keyboard.press("Escape");
  await app.closed();
  await app.expectClean();
});

test("what another program left in the browser's memory does no harm, nor a browser that forbids it", async (t) => {
  const [unknown, same] = await write({
    "november.csv": days("02.11.2026", "03.11.2026"),
    "more.csv": days("04.11.2026", "05.11.2026"),
  });
  const spoilt = await openApp(t, {
    today,
    prepare: (page) =>
      page.evaluateOnNewDocument((k) => {
        localStorage.setItem(k, "\u0000{]\n<img src=x onerror=alert(1)>\nffffffffffffffff role-user=0 role-time=99999\n");
      }, key),
  });
  const forbidden = await openApp(t, {
    today,
    from: "file",
    prepare: (page) =>
      page.evaluateOnNewDocument(() => {
        Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("no", "SecurityError"); } });
      }),
  });
  for (const app of [spoilt, forbidden]) {
    await app.load(unknown);
    await openMapping(app, "november.csv");
    await app.choose("Sender (MAIL FROM)", "wer");
    await app.loading(() => app.click("Apply", "button"));
    await app.closed();
    // Remembered as long as the page lives at least.
    await app.loading(() => app.drop(same));
    assert.match(await app.text("main [role=status]"), /^1 file loaded /);
    await toSources(app);
    const sources = await app.sources();
    assert.deepEqual([sources["november.csv"].counted, sources["more.csv"].counted], ["4", "4"]);
    await app.expectClean();
  }
});

test("hostile column names and cells are shown as text, and cut", async (t) => {
  const app = await openApp(t, { today });
  const markup = '<img src=x onerror="alert(1)">';
  const quoted = `"${markup.replaceAll('"', '""')}"`;
  const long = "x".repeat(10_000);
  const wide = Array.from({ length: 900 }, (_, i) => `c${i}`).join(",");
  const [unknown, guessed] = await write({
    "unknown.csv": `wer,${quoted},${wide}\nanna,\u202e${quoted},${wide}\n`,
    "guessed.csv": `_time,user,${quoted},${long},\n2026-11-02,anna,${long},${quoted},\n`,
  });
  await app.load(unknown, guessed);
  await toSources(app);
  await openMapping(app, "guessed.csv");
  assert.deepEqual(await chosen(app), { Time: "_time", "User (login name)": "user" });
  const options = await app.page.$$eval("#mapping select:first-of-type option", (all) => all.slice(0, 6).map((e) => e.text));
  assert.deepEqual(options.slice(0, 4), ["–", "_time", "user", markup]);
  assert.match(options[4], /^x{160}…$/);
  assert.equal(options[5], "Column 5");
  const [heads, row] = await app.table("#mapping table");
  assert.equal(heads[2], markup);
  assert.match(row[2], /^x{160}…$/);
  assert.equal(row[3], markup);
  await app.click("Cancel", "button");
  await app.closed();

  await openMapping(app, "unknown.csv");
  assert.equal((await app.table("#mapping table"))[0].length, 40);
  assert.match(await app.text("#mapping"), /862 more columns are not shown/);
  await app.choose("Server", markup);
  await app.choose("Reason of a failure", "c899");
  assert.equal(await app.page.$("#mapping img"), null);
  assert.ok(await app.page.$eval("#mapping", (e) => e.scrollWidth <= e.clientWidth));
  await app.screenshot("mapping-hostile");
  await app.expectClean();
});
