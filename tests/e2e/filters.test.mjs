// Filters: what they leave of the report, how they are put together, saved and linked to, and Back and Forward.
import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { openApp, temporaryFolder } from "./harness.mjs";

const today = "2026-11-22";
const report = "#v=1&page=report";

/// Four senders of two domains.
async function activity() {
  const csv = join(await temporaryFolder(), "activity.csv");
  await writeFile(
    csv,
    [
      "date,user,sender,tls_version,auth_mechanism,client_ip,client_name,server,messages,recipients,sessions,failed_signins",
      "2026-11-20,anna@contoso.com,anna@contoso.com,TLS 1.2,XOAUTH2,192.0.2.1,pc,EX01,7,7,3,0",
      "2026-11-20,scan@fabrikam.com,scan@fabrikam.com,TLS 1.0,LOGIN,192.0.2.7,mfp,EX02,10,10,4,0",
      "2026-11-19,copy@fabrikam.com,copy@fabrikam.com,TLS 1.1,PLAIN,192.0.2.8,mfp-2,EX02,1,1,1,0",
      "2026-11-20,bob@contoso.com,bob@contoso.com,TLS 1.3,LOGIN,192.0.2.9,laptop,EX01,4,4,2,0",
      "",
    ].join("\n"),
  );
  return csv;
}

async function openReport(t, options = {}) {
  const app = await openApp(t, { hash: report, today, ...options });
  await app.load(await activity());
  await app.waitForText("h1", "SMTP Auth Clients Report");
  return app;
}

async function openFilters(app) {
  // From below the bar that stays on top, where a click would reach the bar.
  await app.page.evaluate(() => scrollTo(0, 0));
  await app.click("Filters", "button");
  await app.page.waitForSelector("dialog[open] .custom-filter");
}

/// Fills the last clause of the open flyout.
async function fillClause(app, field, operator, value) {
  const clause = ".clauses > .clause:last-child";
  await app.page.select(`${clause} > select:nth-of-type(1)`, field);
  await app.page.waitForSelector(`${clause} > select:nth-of-type(2) > option[value=${operator}]`);
  await app.page.select(`${clause} > select:nth-of-type(2)`, operator);
  if (value === undefined) return;
  const element = await app.page.waitForSelector(`${clause} > [id$="-value"]`);
  const kind = await element.evaluate((e) => (e.localName === "select" ? "select" : e.type));
  if (kind === "select") await element.select(value);
  // Which part of a day is typed first is the business of the browser's own language.
  else if (kind === "date") await element.evaluate((e, day) => ((e.value = day), e.dispatchEvent(new Event("input", { bubbles: true }))), value);
  else await element.type(value);
}

async function addClause(app, ...clause) {
  const count = () => app.page.$$eval(".clause", (all) => all.length);
  const before = await count();
  await app.click("Add clause", "button");
  await app.page.waitForFunction((n) => document.querySelectorAll(".clause").length === n, {}, before + 1);
  await fillClause(app, ...clause);
}

async function applyFilters(app) {
  await app.page.click("#filters button[type=submit]");
  await app.closed();
}

const chips = (app) => app.page.$$eval(".chip", (all) => all.map((e) => e.innerText.replace(/\s+/g, " ").trim()));

async function chipsAre(app, expected) {
  await app.page.waitForFunction(
    (wanted) => [...document.querySelectorAll(".chip")].map((e) => e.innerText.replace(/\s+/g, " ").trim()).join("|") === wanted,
    { timeout: 10_000 },
    expected.join("|"),
  ).catch(async () => assert.deepEqual(await chips(app), expected));
}

/// Waits until the numbers behind the chart have these columns and totals.
async function volumeIs(app, columns, totals) {
  await app.showNumbers();
  const shown = () => app.table(".numbers-details table");
  await app.page
    .waitForFunction(
      (wanted) => {
        const cells = (row) => [...(row?.children ?? [])].slice(1).map((e) => e.innerText.trim()).join("|");
        const table = document.querySelector(".numbers-details table");
        return `${cells(table?.querySelector("thead tr"))}/${cells(table?.querySelector("tfoot tr"))}` === wanted;
      },
      { timeout: 10_000 },
      `${columns.join("|")}/${totals.join("|")}`,
    )
    .catch(async () => assert.fail(JSON.stringify(await shown())));
}

/// Waits until the details table lists these senders, in this order.
async function sendersAre(app, expected) {
  const shown = () => app.page.$$eval("[role=grid] .data .grid-sender", (all) => all.map((e) => e.innerText.trim()));
  await app.page
    .waitForFunction(
      (wanted) => [...document.querySelectorAll("[role=grid][aria-busy=false] .data .grid-sender")].map((e) => e.innerText.trim()).join("|") === wanted,
      { timeout: 10_000 },
      expected.join("|"),
    )
    .catch(async () => assert.deepEqual(await shown(), expected));
}

const focused = (app, selector) => app.page.waitForFunction((s) => document.activeElement?.matches(s), { timeout: 10_000 }, selector);
const hash = (app) => app.page.evaluate(() => location.hash);

test("clauses hold for the chart, the table and the flyout, and chips take them away again", async (t) => {
  const app = await openReport(t);
  await volumeIs(app, ["contoso.com", "fabrikam.com"], ["11", "11"]);
  await openFilters(app);
  await addClause(app, "tls", "below", "TLS 1.2");
  await addClause(app, "client", "starts", "MFP");
  await addClause(app, "messages", "min", "5");
  await app.screenshot("filters-flyout");
  await applyFilters(app);
  await chipsAre(app, ["TLS version is below TLS 1.2", "Client name starts with MFP", "Message count is at least 5"]);
  await volumeIs(app, ["fabrikam.com"], ["10"]);
  assert.equal(await hash(app), `${report}&f=tls.below.TLS%201.2&f=client.starts.MFP&f=messages.min.5`);
  await app.screenshot("filters-chips");

  // How many there are is said, and the button is still called Filters.
  const button = await app.named("Filters", "button").waitHandle();
  assert.equal(await button.evaluate((e) => e.title), "3 filters are active");
  assert.equal(await app.text(".count-badge"), "3");

  await app.click("View details table", "button");
  await sendersAre(app, ["scan@fabrikam.com"]);
  await (await app.page.waitForSelector("[role=grid] .data")).click();
  assert.equal((await app.facts("dialog[open] .facts"))["Message count"], "10");
  await app.page.keyboard.press("Escape");
  await app.closed();

  await app.click("Remove filter Message count is at least 5", "button");
  await sendersAre(app, ["scan@fabrikam.com", "copy@fabrikam.com"]);
  // What took the place of the removed chip has the focus.
  await focused(app, "#chip-1");
  await app.click("Remove filter TLS version is below TLS 1.2", "button");
  await app.click("Remove filter Client name starts with MFP", "button");
  await sendersAre(app, ["scan@fabrikam.com", "anna@contoso.com", "bob@contoso.com", "copy@fabrikam.com"]);
  await focused(app, "#filters-button");
  assert.equal(await hash(app), `${report}&view=table`);
  await app.expectClean();
});

test("a clause on a day: what is missing is said, and it stands in chip, address and language", async (t) => {
  const app = await openReport(t);
  await app.click("View details table", "button");
  await openFilters(app);
  await addClause(app, "last-seen", "max", "");
  await app.page.click("#filters button[type=submit]");
  await app.waitForText(".clause .field-error", "Enter a date.");
  await focused(app, "#clause-0-value");
  await fillClause(app, "last-seen", "max", "2026-11-19");
  await app.page.waitForFunction(() => document.querySelector(".clause .field-error").textContent === "");
  await app.screenshot("filters-day");
  await addClause(app, "clients", "is", "1");
  await applyFilters(app);
  await chipsAre(app, ["Last seen is on or before Nov 19, 2026", "Number of clients equals 1"]);
  await sendersAre(app, ["copy@fabrikam.com"]);
  const link = await hash(app);
  assert.equal(link, `${report}&f=last-seen.max.2026-11-19&f=clients.is.1&view=table`);
  await app.expectClean();

  const korean = await openApp(t, { hash: link, language: "ko", today });
  await korean.load(await activity());
  await chipsAre(korean, ["최근 확인일 당일 또는 이전 2026년 11월 19일", "클라이언트 수 같음 1"]);
  await sendersAre(korean, ["copy@fabrikam.com"]);
  await korean.expectClean();
});

test("a filter that leaves nothing says so, and how to get out", async (t) => {
  const app = await openReport(t);
  await openFilters(app);
  await addClause(app, "sender", "has", "nobody");
  await applyFilters(app);
  await app.waitForText(".empty-title", "No activity matches the filters");
  await app.screenshot("filters-empty");
  await (await app.page.waitForSelector(".empty .button")).click();
  await chipsAre(app, []);
  await volumeIs(app, ["contoso.com", "fabrikam.com"], ["11", "11"]);
  await app.expectClean();
});

test("the widget is of all that is loaded, whatever the filter", async (t) => {
  const app = await openApp(t, { hash: "#v=1&f=domain.is.fabrikam.com", today });
  await app.load(await activity());
  await app.waitForText(".big-number", "4");
  await app.expectClean();
});

test("clauses by keyboard: the focus is where the next key is wanted, and what is missing is said", async (t) => {
  const app = await openReport(t);
  await openFilters(app);
  const press = async (key) => app.page.keyboard.press(key);
  const add = await app.named("Add clause", "button").waitHandle();
  await add.focus();
  await press("Enter");
  await focused(app, "#clause-0-field");
  await add.focus();
  await press("Enter");
  await focused(app, "#clause-1-field");
  await press("Tab");
  await press("Tab");
  await focused(app, "#clause-1-value");
  await app.page.keyboard.type("anna");
  await press("Tab");
  await focused(app, "#clause-1-remove");
  // The first has no value yet.
  await app.page.focus("#clause-1-value");
  await press("Enter");
  await app.waitForText("#clause-0-error", "Enter a value.");
  await focused(app, "#clause-0-value");
  await press("Tab");
  await focused(app, "#clause-0-remove");
  await press("Enter");
  await focused(app, "#clause-1-remove");
  await app.page.focus("#clause-1-value");
  await press("Enter");
  await app.closed();
  await chipsAre(app, ["Sender address contains anna"]);
  await openFilters(app);
  await app.click("Remove clause", "button");
  await focused(app, "#clause-add");
  await app.expectClean();
});

test("a saved filter survives a reload, is applied and removed", async (t) => {
  const app = await openReport(t);
  await openFilters(app);
  await addClause(app, "auth", "is", "OAuth");
  await app.click("Save filter", "button");
  await app.waitForText("#saved-filter-outcome", "Enter a name for the filter.");
  await app.page.type("#saved-filter-name", "Tokens & <b>more</b>");
  await app.click("Save filter", "button");
  await app.waitForText("#saved-filter-outcome", "Saved.");
  await app.page.keyboard.press("Escape");
  await app.closed();
  // Saving is not applying.
  assert.deepEqual(await chips(app), []);

  await app.page.reload();
  await app.mounted();
  await app.load(await activity());
  await openFilters(app);
  assert.equal(await app.text(".saved-filter-list"), "Tokens & <b>more</b> Use");
  await app.screenshot("filters-saved");
  await app.click("Use filter Tokens & <b>more</b>", "button");
  await app.closed();
  await chipsAre(app, ["Authentication equals OAuth"]);
  await volumeIs(app, ["contoso.com"], ["7"]);

  await openFilters(app);
  await app.click("Remove saved filter Tokens & <b>more</b>", "button");
  await focused(app, "#saved-filter-name");
  assert.deepEqual(await app.page.evaluate(() => Object.entries(localStorage)), [["smtp-auth-report.filters", "filters 1"]]);
  await app.page.keyboard.press("Escape");
  await app.closed();
  // What is spoilt is ignored.
  await app.page.evaluate(() => localStorage.setItem("smtp-auth-report.filters", "filters 1\n\u0000&&%&user.is.a\ngood&user.is.a"));
  await openFilters(app);
  assert.equal(await app.text(".saved-filter-list"), "good Use");
  await app.expectClean();
});

test("Back and Forward go through every change, and a copied link opens the same view", async (t) => {
  const app = await openReport(t);
  await app.click("View details table", "button");
  await openFilters(app);
  await addClause(app, "domain", "is", "fabrikam.com");
  await applyFilters(app);
  await sendersAre(app, ["scan@fabrikam.com", "copy@fabrikam.com"]);
  await app.click("Message count", "button");
  await sendersAre(app, ["copy@fabrikam.com", "scan@fabrikam.com"]);
  const link = await hash(app);
  assert.equal(link, `${report}&f=domain.is.fabrikam.com&view=table&sort=messages.asc`);
  await app.choose("Show data for", "contoso.com");
  await app.waitForText(".empty-title", "No activity matches the filters");

  await app.page.goBack();
  await sendersAre(app, ["copy@fabrikam.com", "scan@fabrikam.com"]);
  await app.page.goBack();
  await sendersAre(app, ["scan@fabrikam.com", "copy@fabrikam.com"]);
  // Typing in the search is no change of place.
  await app.page.type("input[type=search]", "copy");
  await sendersAre(app, ["copy@fabrikam.com"]);
  await app.page.goBack();
  await chipsAre(app, []);
  await app.page.goForward();
  await app.page.goForward();
  await chipsAre(app, ["Sender domain equals fabrikam.com"]);
  assert.equal(await hash(app), link);
  await app.expectClean();

  const fresh = await openApp(t, { hash: link, today });
  await fresh.load(await activity());
  await sendersAre(fresh, ["copy@fabrikam.com", "scan@fabrikam.com"]);
  await chipsAre(fresh, ["Sender domain equals fabrikam.com"]);
  assert.equal(await fresh.page.$(".message-bar.warning"), null);
  await fresh.expectClean();
});

test("a domain that is not loaded stays chosen and is said to be missing", async (t) => {
  const app = await openReport(t, { hash: `${report}&domain=nowhere.example` });
  await app.waitForText(".empty-title", "None of the loaded logs has this sender domain: nowhere.example");
  const select = await app.named("Show data for", "combobox").waitHandle();
  assert.equal(await select.evaluate((e) => e.selectedOptions[0].text.trim()), "nowhere.example");
  await app.expectClean();
});

const notice = "This link was made by another version of the page";

for (const odd of [
  `#v=2&page=report&colour=blue&f=user.is.a&f=user.sounds.a`,
  `${report}&f=<img src=x onerror=alert(1)>&f=user.is.%E2%80%AE${"x".repeat(9)}`,
  `${report}${"&f=user.is.a".repeat(2000)}`,
]) {
  test(`of an odd link holds what is understood, and the page says so: ${odd.slice(0, 40)}`, async (t) => {
    const app = await openReport(t, { hash: odd });
    await app.waitForText(".message-bar.warning", notice);
    assert.ok((await chips(app))[0].startsWith("User equals"));
    assert.ok((await chips(app)).length <= 16);
    await app.screenshot("filters-odd-link");
    // Below what tells of the files.
    const dismiss = await app.page.waitForSelector(".message-bar.warning .message-dismiss");
    await dismiss.click();
    await app.page.waitForFunction((text) => !document.body.innerText.includes(text), {}, notice);
    await app.expectClean();
  });
}

test("a requested report follows the filters unless told otherwise", async (t) => {
  const app = await openReport(t, { hash: `${report}&f=server.is.ex02&f=messages.min.5` });
  const rows = async (change) => {
    await app.click("Request report", "button");
    await app.page.waitForSelector("#request input[type=checkbox]");
    await change();
    const { text, path } = await app.download(() => app.page.click("#request button[type=submit]"));
    // The next one has the same name.
    await rm(path);
    await app.closed();
    return text.trim().split("\r\n").slice(1).map((row) => row.split(",")[2]);
  };
  assert.deepEqual(await rows(() => app.screenshot("filters-request")), ["scan@fabrikam.com"]);
  assert.equal((await rows(() => app.click("Apply the filters of the report (2 clauses)", "checkbox"))).filter(Boolean).length, 4);
  await app.expectClean();
});

for (const dark of [false, true]) {
  test(`filters in a narrow window, ${dark ? "dark" : "light"}`, async (t) => {
    const clauses = "&f=tls.below.TLS%201.2&f=sender.lacks.a-rather-long-name-of-somebody@subsidiary.contoso.example";
    const app = await openReport(t, { hash: report + clauses, dark, viewport: { width: 390, height: 844 } });
    await chipsAre(app, ["TLS version is below TLS 1.2", "Sender address does not contain a-rather-long-name-of-somebody@subsidiary.contoso.example"]);
    await app.screenshot(`filters-narrow-${dark ? "dark" : "light"}`);
    await openFilters(app);
    await app.screenshot(`filters-narrow-flyout-${dark ? "dark" : "light"}`);
    const wide = await app.page.evaluate(() => {
      const body = document.querySelector("#filters .dialog-body");
      return [body.scrollWidth - body.clientWidth, document.documentElement.scrollWidth - innerWidth];
    });
    assert.ok(wide.every((pixels) => pixels <= 0), `too wide by ${wide}`);
    await app.expectClean();
  });
}
