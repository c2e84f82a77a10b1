// The reader's own choices: theme, shortcuts, what is remembered, and what can be taken back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openApp } from "./harness.mjs";

const receive = (name) => `tests/fixtures/receive/${name}.log`;
const today = "2026-11-22";
const background = (app) => app.page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
const stored = (app) => app.page.evaluate(() => ({ ...localStorage }));

test("a theme goes before the system's, and is remembered until it is forgotten", async (t) => {
  const app = await openApp(t, { dark: true });
  const dark = await background(app);
  await app.click("Settings", "button");
  await app.click("Light", "radio");
  const light = await background(app);
  assert.notEqual(light, dark);
  await app.page.reload();
  await app.mounted();
  assert.equal(await background(app), light);
  await app.click("Settings", "button");
  await app.click("As the system has it", "radio");
  assert.equal(await background(app), dark);
  await app.click("Light", "radio");
  await app.click("Forget all of it", "button");
  await app.waitForText("#settings [role=status]", "Forgotten.");
  assert.deepEqual(await stored(app), {});
  assert.equal(await background(app), dark);
  await app.expectClean();
});

test("nothing of a log is ever stored", async (t) => {
  const app = await openApp(t, { today });
  await app.load(receive("several-messages"), receive("interleaved"));
  await app.click("Settings", "button");
  await app.click("Dark", "radio");
  assert.deepEqual(await stored(app), { "smtp-auth-report.theme": "dark" });
  assert.deepEqual(await app.page.evaluate(async () => [(await indexedDB.databases()).length, document.cookie]), [0, ""]);
});

test("single keys go where they say, not from fields, and not once they are switched off", async (t) => {
  const app = await openApp(t, { today });
  const { keyboard } = app.page;
  await app.load(receive("several-messages"), receive("interleaved"));
  await keyboard.press("r");
  await app.waitForText("h1", "SMTP Auth Clients Report");
  await keyboard.press("p");
  await app.page.waitForFunction(() => location.hash.includes("by=tls"));
  await keyboard.press("t");
  await app.page.waitForSelector("[role=grid]");
  await keyboard.press("/");
  await app.page.waitForFunction(() => document.activeElement.type === "search");
  await keyboard.type("ds?");
  assert.equal(await app.page.evaluate(() => document.activeElement.value), "ds?");
  await app.text("h1");
  assert.match(await app.text("h1"), /Report/);
  await app.page.evaluate(() => document.activeElement.blur());
  await keyboard.press("?");
  await app.page.waitForSelector("#shortcuts kbd");
  // While something is open, keys are its own.
  await keyboard.press("d");
  assert.ok(await app.page.$("#shortcuts kbd"));
  await keyboard.press("Escape");
  await app.closed();
  await keyboard.press("f");
  await app.page.waitForFunction(() => document.querySelector("#filters form")?.closest("dialog").contains(document.activeElement));
  await keyboard.press("Escape");
  await app.closed();
  await keyboard.press("s");
  await app.waitForText("h1", "Data sources");
  await keyboard.press(",");
  await app.click("Use single-key shortcuts", "checkbox");
  await keyboard.press("Escape");
  await app.closed();
  await keyboard.press("d");
  await keyboard.press("?");
  assert.equal(await app.text("h1"), "Data sources");
  assert.equal(await app.page.$("dialog[open]"), null);
  await app.expectClean();
});

test("removed files come back, by button and by key, until others come in", async (t) => {
  const app = await openApp(t, { today, hash: "#v=1&page=sources" });
  await app.load(receive("several-messages"), receive("interleaved"));
  const files = async () => Object.keys(await app.sources());
  const both = await files();
  assert.equal(both.length, 2);
  const remove = async (n) => {
    const buttons = await app.page.$$("tbody.source .source-actions button");
    await buttons[n].click();
  };
  const until = (count) => app.page.waitForFunction((n) => document.querySelectorAll("tbody.source").length === n, {}, count);

  await remove(0);
  await until(1);
  await app.waitForText(".toast", `File removed: ${both[0]}`);
  await app.click("Undo", "button");
  await until(2);
  assert.deepEqual(await files(), both);
  await app.page.waitForFunction(() => !document.querySelector(".toast"));

  // Where the reader was goes and comes back with the files.
  const place = "#v=1&page=sources&range=30d&f=messages.min.1";
  await app.page.evaluate((hash) => void (location.hash = hash), place);
  await app.click("Start over", "button");
  await app.click("Forget all files", "button");
  await app.page.waitForSelector(".landing");
  await app.waitForText(".toast", "All files removed.");
  assert.equal(await app.page.evaluate(() => location.hash), "#v=1");
  await app.page.keyboard.down("Control");
  await app.page.keyboard.press("z");
  await app.page.keyboard.up("Control");
  await until(2);
  assert.deepEqual(await files(), both);
  assert.equal(await app.page.evaluate(() => location.hash), place);

  await remove(1);
  await until(1);
  await app.load(receive("ipv6"));
  await until(2);
  assert.equal(await app.page.$(".toast"), null);

  // However they come in.
  await app.click("Start over", "button");
  await app.click("Forget all files", "button");
  await app.waitForText(".toast", "All files removed.");
  await app.loading(() => app.click("Try sample data", "button"));
  await app.page.waitForFunction(() => !document.querySelector(".toast"));
  await app.expectClean();
});
