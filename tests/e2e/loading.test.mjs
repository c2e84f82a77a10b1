// Files coming in and going out again: what each becomes, and that every line is accounted for.
import assert from "node:assert/strict";
import { copyFile, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { openApp, root, temporaryFolder } from "./harness.mjs";

const receive = (name) => `tests/fixtures/receive/${name}.log`;
const fixture = (name) => readFile(join(root, receive(name)));
const today = "2026-11-22";

const toSources = async (app) => {
  await app.click("Data sources", "link");
  await app.waitForText("h1", "Data sources");
};

const number = (text) => Number(text.replaceAll(",", ""));

test("files dropped later add up, in one measured step each", async (t) => {
  const app = await openApp(t, { today });
  // Three users, then a fourth whose session spans two files.
  const first = [receive("interleaved")];
  const second = [receive("spans-two-files.1"), receive("spans-two-files.2")];
  const measured = async (paths) => {
    const texts = await Promise.all(paths.map((path) => readFile(join(root, path), "utf8")));
    const bytes = (await Promise.all(paths.map((path) => stat(join(root, path))))).reduce((sum, { size }) => sum + size, 0);
    return { files: paths.length, bytes, rows: texts.reduce((sum, text) => sum + text.trimEnd().split("\n").length, 0) };
  };

  const one = await app.load(...first);
  assert.deepEqual(one.detail, await measured(first));
  assert.ok(one.duration > 0);
  await app.waitForText(".big-number", "3");
  assert.match(await app.text("main [role=status]"), /^1 file loaded See data sources/);

  const two = await app.loading(() => app.drop(...second));
  assert.deepEqual(two.detail, await measured(second));
  await app.waitForText(".big-number", "4");
  assert.match(await app.text("main [role=status]"), /^2 files loaded See data sources/);
  assert.match(await app.text("[aria-labelledby=loaded-title]"), / 3 Nov 2, 2026 – Nov 3, 2026, 2 days with logs/);

  // Also while a flyout is open, or another page.
  await app.click("SMTP Auth clients", "button");
  await app.page.waitForSelector("dialog[open]");
  await app.loading(() => app.drop(receive("bdat")));
  await app.waitForText("dialog[open] dl.facts", "Users 5");
  await app.page.keyboard.press("Escape");
  await app.closed();
  await toSources(app);
  await app.loading(() => app.drop(receive("ipv6")));
  assert.deepEqual(Object.keys(await app.sources()).length, 5);
  await app.expectClean();
});

test("a file that is loaded already changes nothing, and is named", async (t) => {
  const app = await openApp(t, { today });
  const copy = join(await temporaryFolder(), "copy of it.log");
  await copyFile(join(root, receive("several-messages")), copy);
  const figures = async () => {
    await app.click("Dashboard", "link");
    await app.waitForText("h1", "Mail flow insights");
    return app.text(".cards");
  };

  await app.load(receive("several-messages"));
  const once = await figures();
  assert.match(once, /SMTP Auth clients .* 1 Oct 27, 2026 – Nov 2, 2026/);
  await app.loading(() => app.drop(receive("several-messages"), copy));
  assert.match(await app.text("main [role=status]"), /^2 already loaded See data sources/);
  assert.equal(await figures(), once);

  await toSources(app);
  const sources = await app.page.$$eval("tbody.source", (all) =>
    all.map((source) => source.innerText.replace(/\s+/g, " ").trim()),
  );
  assert.equal(sources.length, 3);
  // In the order of their names.
  assert.match(sources[1], /^several-messages\.log Exchange SMTP Receive /);
  assert.match(sources[0], /^copy of it\.log Same file .* Already loaded as several-messages\.log$/);
  assert.match(sources[2], /^several-messages\.log Same file .* Already loaded as several-messages\.log$/);
  await app.expectClean();
});

test("a file can be taken out, and all of them", async (t) => {
  const app = await openApp(t, { today });
  await app.load(receive("interleaved"), receive("spans-two-files.1"));
  await app.waitForText(".big-number", "4");
  await toSources(app);
  await app.click("Remove: interleaved.log", "button");
  await app.page.waitForFunction(() => document.querySelectorAll("tbody.source").length === 1);
  await app.click("Dashboard", "link");
  await app.waitForText(".big-number", "1");

  // What was taken out is not "already loaded".
  await app.load(receive("interleaved"));
  assert.match(await app.text("main [role=status]"), /^1 file loaded /);
  await app.waitForText(".big-number", "4");

  await toSources(app);
  await app.click("Start over", "button");
  await app.click("Cancel", "button");
  await app.closed();
  assert.equal(Object.keys(await app.sources()).length, 2);
  await app.click("Start over", "button");
  await app.click("Forget all files", "button");
  await app.waitForText("h1", "Who still sends mail with SMTP AUTH?");
  await toSources(app);
  await app.waitForText("main", "No files yet.");
  await app.load(receive("spans-two-files.1"));
  assert.deepEqual(Object.keys(await app.sources()), ["spans-two-files.1.log"]);
  await app.expectClean();
});

test("whatever else is in the drop, the good files load, and each other one is told apart", async (t) => {
  const folder = await temporaryFolder();
  const write = async (name, content) => {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  };
  const header = (await fixture("interleaved")).toString().split("\n").slice(0, 5).join("\n");
  const helo = Buffer.from("EHLO ");
  const ipv6 = await fixture("ipv6");
  const invalid = Buffer.from(ipv6);
  // Bytes of no UTF-8 in place of what the client calls itself.
  invalid.set([0xff, 0xfe, 0xc0], ipv6.indexOf(helo) + helo.length);
  const nul = Buffer.concat([await fixture("bom"), Buffer.from("2026-11-02T08:20:00.000Z,EX01\\X,08DE\0\0\0\0,0,a,b,+,,\n")]);
  const longLine = Buffer.concat([await fixture("header-repeated"), Buffer.alloc(20_000_000, "y"), Buffer.from("\r\n")]);

  const problems = {
    "empty.log": ["", /^The file is empty\. Copy it again/],
    "header-only.log": [header, /^The file holds only header lines\./],
    "binary.log": [Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256)), /^This is not a text file\./],
    "send.log": [await fixture("send-log"), /^This is a Send protocol log: .* folder SmtpReceive\.$/],
    "prices.csv": ["article,price\r\nscrew,3\r\n", /^This is a CSV file of something else.* Its columns: article, price$/],
    "one-line.log": [Buffer.alloc(100_000_000, "x"), /^This is text, but no log that is known here\./],
    "letter.txt": ["Dear all\nPlease find the logs attached.\n", /^This is text, but no log that is known here\./],
    "logs.zip": [Buffer.from("PK\x03\x04 and so on"), /^The packed file is cut off\. Nothing of it is counted/],
    "unicode.log": [Buffer.from(`\ufeff${header}`, "utf16le"), /^The file holds only header lines\./],
    "ruined.log": [`${header}\n${"not,a,line\n".repeat(10)}`, /^This looks like a log, but not one of its lines could be read\./],
  };
  const paths = await Promise.all(Object.entries(problems).map(([name, [content]]) => write(name, content)));
  paths.splice(3, 0, join(root, receive("interleaved")), await write("invalid.log", invalid));
  paths.push(await write("nul.log", nul), await write("long-line.log", longLine), join(root, receive("truncated-last-line")));

  const app = await openApp(t, { today });
  const { detail } = await app.loading(() => app.drop(...paths));
  assert.equal(detail.files, paths.length);
  assert.match(await app.text("main [role=status]"), /^5 files loaded, 10 could not be read See data sources/);
  await app.named("10 files are not part of the report").click();
  // The newest first, for more may be dropped later.
  assert.match(await app.text(".problem-list"), /^unicode\.log: The file holds only header lines\..* one-line\.log: This is text,/);
  assert.equal((await app.page.$$(".problem-list > li")).length, 5);

  await toSources(app);
  const sources = await app.sources();
  for (const [name, [, sentence]] of Object.entries(problems)) {
    assert.equal(sources[name].format, name === "unicode.log" ? "Not loaded (UTF-16LE)" : "Not loaded", name);
    assert.match(sources[name].said, sentence, name);
  }
  const lines = (name) => [sources[name].read, sources[name].counted, sources[name].skipped, sources[name].bad];
  assert.equal(sources["interleaved.log"].format, "Exchange SMTP Receive");
  assert.equal(sources["interleaved.log"].said, undefined);
  assert.equal(sources["interleaved.log"].period, "Nov 2, 2026, 08:15 – 08:15");
  // Five header lines each, and a second block of them in `header-repeated`.
  assert.deepEqual(lines("interleaved.log"), ["73", "68", "5", "0"]);
  assert.deepEqual(lines("invalid.log"), ["24", "19", "5", "0"]);
  assert.match(sources["invalid.log"].said, /^Lines that are not UTF-8 were read as what they look like: windows-1252: 1\. /);
  assert.deepEqual(lines("nul.log"), ["25", "19", "5", "1"]);
  assert.deepEqual(lines("long-line.log"), ["30", "19", "10", "1"]);
  assert.deepEqual(lines("truncated-last-line.log"), ["29", "23", "5", "1"]);
  for (const [name, { read, counted, skipped, bad }] of Object.entries(sources)) {
    assert.equal(number(read), number(counted) + number(skipped) + number(bad), name);
  }
  const total = await app.text("main > p.hint");
  const sum = (column) => Object.values(sources).reduce((total, source) => total + number(source[column]), 0).toLocaleString("en");
  assert.ok(
    total.startsWith("15 files, ") &&
      total.endsWith(`${sum("read")} lines read = ${sum("counted")} counted + ${sum("skipped")} skipped + ${sum("bad")} bad.`),
    total,
  );

  const account = async (name) => {
    const expander = await app.page.waitForSelector(`::-p-xpath(//button[contains(@class, "expander")][normalize-space()="${name}"])`);
    await expander.click();
    return expander.evaluate((e) => {
      const [equation, ...tables] = document.getElementById(e.getAttribute("aria-controls")).querySelectorAll("p:not(.hint), table");
      const line = (element) => element.innerText.replace(/\s+/g, " ").trim();
      return [line(equation), ...tables.flatMap((table) => [...table.tBodies[0].rows].map((row) => [...row.cells].map(line)))];
    });
  };
  assert.deepEqual(await account("interleaved.log"), [
    "73 lines read = 68 counted + 5 skipped + 0 bad",
    ["5", "Header lines."],
  ]);
  const [, , [line, , why, excerpt]] = await account("long-line.log");
  assert.deepEqual([line, why], ["30", "Longer than any log line."]);
  assert.match(excerpt, /^y{50,200}…?$/);
  const [, , nulLine] = await account("nul.log");
  assert.deepEqual(nulLine.slice(0, 3), ["25", "–", "A NUL character in the line."]);
  assert.ok(nulLine[3].includes("08DE⟨U+0000⟩"), nulLine[3]);
  const [, , truncated] = await account("truncated-last-line.log");
  assert.deepEqual([truncated[0], truncated[2]], ["29", "The file ends in the middle of the line."]);

  await app.screenshot("bad-files", { fullPage: true });
  await app.click("Dashboard", "link");
  // CONTOSO\one, \two and \three, and anna@contoso.com of the other four.
  await app.waitForText(".big-number", "4");
  await app.expectClean();
});

test("archives come in as the files in them, beside packed and plain ones", async (t) => {
  const app = await openApp(t, { from: "file", today });
  const cards = async () => {
    await app.click("Dashboard", "link");
    await app.waitForText("h1", "Mail flow insights");
    return app.text(".cards");
  };
  // What is in the archive, as it was before it was packed.
  const plain = ["spans-two-files.1", "spans-two-files.2", "bdat", "interleaved"].map(receive);
  await app.load(...plain, "tests/fixtures/activity/canonical.csv");
  const expected = await cards();
  await app.page.reload();
  await app.mounted();

  // As Windows writes a text in what it calls Unicode; and an archive in which one file is damaged.
  const folder = await temporaryFolder();
  const [gz, wide, damaged] = ["interleaved.log.gz", "wide.log", "damaged.zip"].map((name) => join(folder, name));
  await writeFile(gz, gzipSync(await fixture("interleaved")));
  await writeFile(wide, Buffer.from(`\ufeff${await fixture("bdat")}`, "utf16le"));
  const archive = "tests/fixtures/wrapped/info-zip.zip";
  const bytes = await readFile(join(root, archive));
  bytes[bytes.indexOf("interleaved.log") + 200] ^= 1;
  await writeFile(damaged, bytes);

  const { detail } = await app.loading(() => app.drop(archive));
  assert.equal(detail.files, 5);
  assert.equal(await cards(), expected);
  await app.loading(() => app.drop(gz, wide, damaged, "tests/fixtures/wrapped/encrypted.zip"));
  // One file more, for in other bytes it is another; its sessions count once.
  assert.equal(await cards(), expected.replace("made of. 5 ", "made of. 6 "));

  await toSources(app);
  const sources = await app.sources();
  const formats = Object.fromEntries(Object.entries(sources).map(([name, { format }]) => [name, format]));
  assert.deepEqual(formats, {
    "info-zip.zip/logs/EX01/RECV2026110208-1.LOG": "Exchange SMTP Receive (ZIP)",
    "info-zip.zip/logs/EX01/RECV2026110209-1.LOG": "Exchange SMTP Receive (ZIP)",
    "info-zip.zip/logs/EX02/bdat.log.gz": "Exchange SMTP Receive (ZIP, gzip)",
    "info-zip.zip/logs/EX02/interleaved.log": "Exchange SMTP Receive (ZIP)",
    "info-zip.zip/logs/canonical.csv": "Activity CSV (ZIP)",
    "damaged.zip/logs/EX01/RECV2026110208-1.LOG": "Same file (ZIP)",
    "damaged.zip/logs/EX01/RECV2026110209-1.LOG": "Same file (ZIP)",
    "damaged.zip/logs/EX02/bdat.log.gz": "Same file (ZIP, gzip)",
    "damaged.zip/logs/EX02/interleaved.log": "Not loaded",
    "damaged.zip/logs/canonical.csv": "Same file (ZIP)",
    "encrypted.zip/logs/EX02/interleaved.log": "Not loaded",
    "interleaved.log.gz": "Same file (gzip)",
    "wide.log": "Exchange SMTP Receive (UTF-16LE)",
  });
  assert.match(sources["damaged.zip/logs/EX02/interleaved.log"].said, /^The packed file is (damaged|cut off)/);
  assert.match(sources["encrypted.zip/logs/EX02/interleaved.log"].said, /^The file is packed with a password\./);
  await app.expectClean();
});

/// Both halves of one session, in a folder and a folder within.
async function folderOfLogs() {
  const folder = join(await temporaryFolder(), "EX01");
  await mkdir(join(folder, "Hub"), { recursive: true });
  await copyFile(join(root, receive("proxied-pair.1")), join(folder, "RECV1.LOG"));
  await copyFile(join(root, receive("proxied-pair.2")), join(folder, "Hub", "RECV1.LOG"));
  return folder;
}

test("a folder comes in by the second input, with the paths of its files", async (t) => {
  const app = await openApp(t, { from: "file", today });
  const inputs = await app.page.$$("input[type=file]");
  assert.deepEqual(await Promise.all(inputs.map((input) => input.evaluate((e) => [e.multiple, e.webkitdirectory]))), [
    [true, false],
    [true, true],
  ]);
  const folder = await folderOfLogs();
  await app.loading(() => inputs[1].uploadFile(folder));
  await app.waitForText(".big-number", "1");
  await toSources(app);
  assert.deepEqual(Object.keys(await app.sources()).toSorted(), ["EX01/Hub/RECV1.LOG", "EX01/RECV1.LOG"]);
  await app.expectClean();
});

test("a dropped folder is read, beside files", async (t) => {
  const app = await openApp(t, { today });
  const folder = await folderOfLogs();
  const { detail } = await app.loading(() => app.drop(folder, receive("interleaved")));
  assert.equal(detail.files, 3);
  await toSources(app);
  assert.deepEqual(Object.keys(await app.sources()).toSorted(), [
    "EX01/Hub/RECV1.LOG",
    "EX01/RECV1.LOG",
    "interleaved.log",
  ]);
  await app.expectClean();
});

test("a dropped folder that the browser keeps shut on file:// is named", async (t) => {
  const app = await openApp(t, { from: "file", today });
  const folder = await folderOfLogs();
  await app.loading(() => app.drop(folder, receive("interleaved")));
  assert.match(
    await app.text("main [role=status]"),
    /^1 file loaded The browser did not let the page open 1 item; try Add folder instead: EX01 See data sources/,
  );
  await app.expectClean();
});

test("a further drop waits its turn while one is being read", async (t) => {
  const app = await openApp(t, { today });
  await app.loading(
    () => app.loading(async () => {
      await app.upload(receive("interleaved"));
      await app.upload(receive("ipv6"));
      await app.upload(receive("bdat"));
    }),
  );
  await app.waitForText("[aria-labelledby=loaded-title]", " 3 Nov 2, 2026");
  await app.waitForText(".big-number", "5");
  await app.expectClean();
});

test("where workers cannot read files, as in WebKit from disk, the page reads for them", async (t) => {
  const app = await openApp(t, {
    today,
    prepare: (page) =>
      page.evaluateOnNewDocument(() => {
        globalThis.kept = { files: 0, ports: 0 };
        const post = Worker.prototype.postMessage;
        Worker.prototype.postMessage = function (message, transfer) {
          const isFile = Array.isArray(message) && message[1] instanceof Blob;
          if (isFile) kept.files++;
          if (Array.isArray(message) && message[1] instanceof MessagePort) kept.ports++;
          return post.call(this, isFile ? [message[0], "not for workers"] : message, transfer);
        };
      }),
  });
  const folder = await temporaryFolder();
  // Several pieces, whose last one is packed.
  const row = "2026-11-20,anna@contoso.com,anna@contoso.com,1\n";
  const header = "date,user,sender,messages\n";
  await writeFile(join(folder, "long.csv"), header + row.repeat(100_000));
  await writeFile(join(folder, "packed.log.gz"), gzipSync(await fixture("ipv6")));
  const { detail } = await app.load(join(folder, "long.csv"), join(folder, "packed.log.gz"), receive("interleaved"));
  assert.equal(detail.files, 3);
  const first = await app.page.evaluate(() => kept);
  assert.ok(first.files > 0 && first.ports === 3, JSON.stringify(first));
  await toSources(app);
  const sources = await app.sources();
  assert.deepEqual(Object.keys(sources), ["interleaved.log", "long.csv", "packed.log.gz"]);
  assert.match(JSON.stringify(sources["long.csv"]), /100,00[01]/);
  // From then on it does so at once.
  await app.load(receive("spans-two-files.1"));
  const then = await app.page.evaluate(() => kept);
  assert.deepEqual(then, { files: first.files, ports: first.ports + 1 });

  // Many at once: some are on their way to a worker when it turns out that it cannot read them.
  await app.page.reload();
  await app.mounted();
  const many = Array.from({ length: 60 }, (_, n) => join(folder, `${n}.csv`));
  await Promise.all(many.map((path, n) => writeFile(path, header + row.replaceAll("anna", `anna${n}`).repeat(n % 7 ? 5 : 20_000))));
  await app.load(...many);
  await app.waitForText("main [role=status]", "60 files loaded");
  await app.expectClean();
});
