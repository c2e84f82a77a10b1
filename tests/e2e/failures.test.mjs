// Failed sign-ins by name and by address: names that only failed are on no other screen.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { openApp, temporaryFolder } from "./harness.mjs";

const today = "2026-11-22";
/// Where the sample's spray comes from.
const SPRAY = ["203.0.113.140", "203.0.113.66", "203.0.113.9"];

/// Opens the page; what is copied lands in `window.copied`.
const open = (t, options = {}) =>
  openApp(t, {
    today,
    prepare: (page) =>
      page.evaluateOnNewDocument(() => {
        globalThis.copied = [];
        Object.defineProperty(navigator, "clipboard", {
          value: { writeText: async (text) => void globalThis.copied.push(text) },
        });
      }),
    ...options,
  });

/// The rows of one of the two tables, without the heading.
async function rows(app, by) {
  const selector = `#failures [aria-labelledby=failures-by-${by}] table`;
  return (await app.table(selector)).slice(1);
}

const focused = (page) => page.evaluate(() => document.activeElement.innerText);

test("the card opens the names and addresses of its number, by keyboard, and gets the focus back", async (t) => {
  const app = await open(t);
  const { page } = app;
  await app.loading(() => app.click("Try sample data", "button"));
  const number = Number(await app.text("[aria-labelledby=failed-title] .middle-number"));
  const days = await app.text(".widget .card-days");

  await page.evaluate(() => document.getElementById("main").focus());
  for (let n = 0; n < 20 && (await focused(page)) !== "See names and addresses"; n++) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#failures[open] table");
  await app.named("Failed sign-ins", "dialog").wait();
  assert.equal(await app.text("#failures .dialog-body > .hint"), days);

  const names = await rows(app, "name");
  const addresses = await rows(app, "address");
  const sum = (list) => list.reduce((all, [, failed]) => all + Number(failed), 0);
  assert.deepEqual([sum(names), sum(addresses)], [number, number]);
  // A script that asked for a mechanism which is not offered had told no name yet.
  const told = names.filter(([name]) => name !== "unknown").length;
  assert.equal(told, names.length - 1);
  await app.waitForText(
    "#failures",
    `Failed sign-ins: ${number}. Names tried: at least ${told}. Client addresses: ${addresses.length}.`,
  );

  // The copier with the old password is one name from one address; it never got in.
  const copier = names.find(([name]) => name.startsWith("copier3@"));
  assert.match(copier[0], /never signed in/);
  assert.equal(copier[2], "192.0.2.33");
  assert.match(addresses.find(([address]) => address.startsWith("192.0.2.33 "))[0], /COPIER-3 never signed in$/);
  // Of the names that were guessed one sends, by another login, and one was hers.
  assert.match(names.find(([name]) => name.startsWith("j.smith@"))[0], /also signed in/);
  assert.match(names.find(([name]) => name.startsWith("erp@"))[0], /a sender, but never signed in/);
  assert.match(names.find(([name]) => name.startsWith("admin@"))[0], /never signed in/);

  // Twenty names from three addresses; one of them tried but three, and is not marked.
  const spray = addresses.filter(([address]) => SPRAY.includes(address.split(" ")[0]));
  assert.equal(spray.length, 3);
  assert.equal(spray.reduce((all, [, , tried]) => all + Number(tried), 0), 20);
  const that = (words) => addresses.filter(([address]) => address.includes(words)).map(([address]) => address.split(" ")[0]).sort();
  assert.deepEqual(that("many names"), SPRAY.slice(1));
  assert.deepEqual(spray.filter(([, , tried]) => Number(tried) < 5).map(([address]) => address.split(" ")[0]), SPRAY.slice(0, 1));
  // From two of them somebody got in, to send as her; a script of the house did, too.
  assert.deepEqual(that("also signed in"), ["192.0.2.70", ...SPRAY.slice(0, 2)]);

  await page.keyboard.press("Escape");
  await app.closed();
  assert.equal(await focused(page), "See names and addresses");
  await app.expectClean();
});

test("both lists are copied for a spreadsheet, and nothing in them is a formula", async (t) => {
  const folder = await temporaryFolder();
  const csv = join(folder, "activity.csv");
  const names = ["=cmd|' /C calc'!A0", "b", "c", "d", "e"];
  await writeFile(
    csv,
    [
      "date,user,sender,client_ip,client_name,messages,sessions,failed_signins",
      ...names.map((name, i) => `2026-11-2${i % 2},${name},,203.0.113.7,${name},0,0,${9 - i}`),
      "2026-11-20,b,b@contoso.com,192.0.2.1,pc,1,1,0",
      "2026-11-20,<b>x</b>\u202e,,198.51.100.1,,0,0,1",
      "",
    ].join("\n"),
  );
  const app = await open(t);
  await app.load(csv);
  await app.click("See names and addresses", "button");
  assert.equal((await rows(app, "name")).length, 6);
  assert.match((await rows(app, "name"))[5][0], /^<b>x<\/b>⟨U\+202E⟩/);
  assert.equal(await app.page.$$eval("#failures b", (all) => all.length), 0);

  const copied = async (button) => {
    const before = await app.page.evaluate(() => globalThis.copied.length);
    await app.click(button, "button");
    await app.page.waitForFunction((before) => globalThis.copied.length > before, {}, before);
    return (await app.page.evaluate(() => globalThis.copied.at(-1))).split("\r\n").map((line) => line.split("\t"));
  };
  const byName = await copied("Copy names");
  assert.deepEqual(byName[0], ["Name", "Failed sign-ins", "Client addresses", "First seen", "Last seen", "Signed in"]);
  assert.deepEqual(byName[1], ["'=cmd|' /c calc'!a0", "9", "203.0.113.7", "2026-11-20", "2026-11-20", "never signed in"]);
  assert.deepEqual(byName[2], ["b", "8", "203.0.113.7", "2026-11-21", "2026-11-21", "also signed in"]);
  assert.deepEqual(byName[6][0], "<b>x</b>⟨U+202E⟩");
  await app.waitForText("#failures .table-said", "6 rows copied");
  const byAddress = await copied("Copy addresses");
  assert.deepEqual(byAddress.slice(1), [
    ["203.0.113.7", "35", "5", "2026-11-20", "2026-11-21", "never signed in", "yes", "5"],
    ["198.51.100.1", "1", "<b>x</b>⟨U+202E⟩", "2026-11-20", "2026-11-20", "never signed in", "no", "0"],
    [""],
  ]);
  await app.expectClean();
});

test("from the report the days are those of the report, whatever its domain", async (t) => {
  const app = await open(t, { hash: "#v=1&page=report&range=2026-11-02..2026-11-06&domain=fabrikam.com" });
  const { page } = app;
  await app.loading(() => app.click("Try sample data", "button"));
  await app.click("Sign-in failures", "button");
  await page.waitForSelector("#failures[open] table");
  assert.match(await app.text("#failures .dialog-body > .hint"), /Nov 2, 2026 – Nov 6, 2026/);
  await app.waitForText("#failures", "whatever sender domain or filter is chosen");
  const addresses = await rows(app, "address");
  assert.ok(addresses.every(([address]) => !address.includes("many names")), addresses.join("\n"));
  assert.ok(addresses.some(([address]) => address.startsWith("192.0.2.33 ")), addresses.join("\n"));
  await page.keyboard.press("Escape");
  await app.closed();

  // Days without any say so.
  await page.evaluate(() => void (location.hash = "#v=1&page=report&range=2026-11-07..2026-11-07"));
  await app.click("Sign-in failures", "button");
  await app.waitForText("#failures", "There are no failed sign-ins in these days.");
  await app.expectClean();
});
