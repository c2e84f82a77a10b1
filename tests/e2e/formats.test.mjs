// Logs of Microsoft 365 and of other systems: what each tells, alone and together.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { openApp, temporaryFolder } from "./harness.mjs";

const fixture = (name) => `tests/fixtures/${name}`;
const today = "2026-11-22";

test("sign-ins of Entra and a message trace tell together who sent how much", async (t) => {
  const app = await openApp(t, { today });
  await app.load(fixture("entra/portal.csv"));
  await app.click("SMTP Auth clients", "button");
  const alone = await app.facts("dialog[open] dl.facts");
  assert.deepEqual([alone.Users, alone.Messages, alone["Sessions"]], ["1", "unknown", "1"]);
  await app.page.keyboard.press("Escape");

  await app.load(fixture("trace/enhanced.csv"));
  await app.click("Report", "link");
  await app.waitForText(".origins", /Messages: Exchange Online message trace\. Sign-ins: Entra sign-in log\./);
  await app.screenshot("entra-and-trace", { fullPage: true });
  await app.click("Data sources", "link");
  const sources = await app.sources();
  assert.equal(sources["portal.csv"].format, "Entra sign-in log");
  assert.deepEqual([sources["portal.csv"].read, sources["portal.csv"].counted, sources["portal.csv"].bad], ["9", "6", "0"]);
  assert.equal(sources["enhanced.csv"].format, "Exchange Online message trace");
  // Of four messages those two of the one user who signed in.
  assert.equal(sources["enhanced.csv"].counted, "2");
  await app.screenshot("sources-365", { fullPage: true });
  await app.expectClean();
});

test("Microsoft's report is asked for its period, and tells Basic from OAuth", async (t) => {
  const app = await openApp(t, { today });
  await app.load(fixture("microsoft-report/percentages.csv"));
  await app.click("Report", "link");
  await app.waitForText(".notices", /does not say which days it is of.*Some counts are estimates/);
  await app.click("Data sources", "link");
  const form = await app.page.waitForSelector("form.period-form");
  const [first, last] = await form.$$("input[type=date]");
  const fill = (input, value) =>
    input.evaluate((e, value) => ((e.value = value), e.dispatchEvent(new Event("input", { bubbles: true }))), value);
  await fill(first, "2026-11-09");
  await fill(last, "2026-11-08");
  await app.click("Apply", "button");
  await app.waitForText(".period-form [role=alert]", /.+/);
  await fill(last, "2026-11-15");
  await app.click("Apply", "button");
  await app.waitForText(".sources", /Nov 9, 2026.* – .*Nov 15/);
  await app.screenshot("period", { fullPage: true });
  await app.click("Dashboard", "link");
  await app.waitForText(".big-number", /^\d+$/);
  await app.click("Report", "link");
  await app.waitForText(".notices", /stand on the last day of its period/);
  await app.expectClean();
});

test("the log of another mail server is read by the names of its columns", async (t) => {
  const app = await openApp(t, { today });
  await app.load(fixture("other/splunk-postfix.csv"), fixture("other/graylog-dovecot.csv"));
  await app.click("Data sources", "link");
  const sources = await app.sources();
  assert.equal(sources["splunk-postfix.csv"].format, "Other CSV");
  assert.equal(sources["graylog-dovecot.csv"].format, "Other CSV");
  assert.equal(sources["splunk-postfix.csv"].bad, "1");
  await app.expectClean();
});

test("the account of a protocol log says what the server refused, and what to do", async (t) => {
  const app = await openApp(t, { today });
  await app.load(fixture("receive/failure-several.log"));
  await app.click("Data sources", "link");
  const expander = await app.page.waitForSelector("button.expander");
  await expander.click();
  await app.waitForText(".account", /What the server refused, and why.*The user name or the password was wrong/);
  await app.waitForText(".account", /Recognised by its “#Log-type” line/);
  await app.expectClean();
});

test("overlapping exports count once, and the page says so", async (t) => {
  const folder = await temporaryFolder();
  const header = "date,user,sender,tls_version,messages";
  const row = (day, n) => `2026-11-${day},anna@contoso.com,anna@contoso.com,TLS 1.2,${n}`;
  const [one, two] = ["one.csv", "two.csv"].map((name) => join(folder, name));
  await writeFile(one, [header, row("16", 1), row("17", 2), row("18", 3)].join("\r\n"));
  await writeFile(two, [header, row("17", 2), row("18", 3), row("19", 4)].join("\r\n"));
  const app = await openApp(t, { today });
  await app.load(one, two);
  await app.click("SMTP Auth clients", "button");
  assert.equal((await app.facts("dialog[open] dl.facts")).Messages, "10");
  await app.page.keyboard.press("Escape");
  await app.click("Data sources", "link");
  await app.waitForText(".sources", /Rows of the same day, names and client are in another file too, and count once: one\.csv/);
  await app.expectClean();
});
