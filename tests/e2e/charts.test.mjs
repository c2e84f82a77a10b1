// The charts: legend, zoom, axes, tooltips, and saving them as pictures.
import assert from "node:assert/strict";
import { test } from "node:test";
import { join } from "node:path";
import { writeFile } from "node:fs/promises";
import { openApp, temporaryFolder } from "./harness.mjs";

const today = "2026-11-22";
const HEADER = "date,user,sender,sender_domain,tls_version,auth_mechanism,client_ip,client_name,server,messages";
const DOMAINS = ["contoso.com", "fabrikam.com", "example.org"];

/// A log of ten days, 2026-11-12_2026-11-21; the first domain sends 1,000 a day and more, over TLS 1.2.
async function tenDays() {
  const rows = [];
  for (let day = 12; day <= 21; day += 1) {
    rows.push(`2026-11-${day},a@contoso.com,a@contoso.com,contoso.com,TLS 1.2,LOGIN,,,EX01,${1000 + day * 100}`);
    rows.push(`2026-11-${day},b@fabrikam.com,b@fabrikam.com,fabrikam.com,TLS 1.0,LOGIN,,,EX01,${day * 20}`);
    rows.push(`2026-11-${day},c@example.org,c@example.org,example.org,TLS 1.3,XOAUTH2,,,EX01,${day * 10}`);
  }
  const path = join(await temporaryFolder(), "ten-days.csv");
  await writeFile(path, `${[HEADER, ...rows].join("\n")}\n`);
  return path;
}

async function openReport(t, options = {}) {
  const app = await openApp(t, { today, hash: "#v=1&page=report&range=all", ...options });
  await app.load(await tenDays());
  await app.page.waitForSelector(".chart canvas");
  return app;
}

/// What ECharts holds of a chart.
const option = (app, at = 0) =>
  app.page.evaluate((n) => {
    const { series, xAxis, yAxis } = echarts.getInstanceByDom(document.querySelectorAll(".chart")[n]).getOption();
    return { names: series.map((each) => each.name), days: xAxis?.[0].data, max: yAxis?.[0].max };
  }, at);

/// Waits until the hash holds a text.
const waitForHash = (app, text) => app.page.waitForFunction((part) => location.hash.includes(part), {}, text);

/// Where a day lies in the window, by its position, half way up the chart.
const placeOfDay = (app, day) =>
  app.page.evaluate((n) => {
    const element = document.querySelector(".chart");
    element.scrollIntoView({ block: "center" });
    const box = element.getBoundingClientRect();
    return { x: box.left + echarts.getInstanceByDom(element).convertToPixel({ xAxisIndex: 0 }, n), y: box.top + box.height / 2 };
  }, day);

test("dragging over days makes them the report's days, and Reset zoom goes back", async (t) => {
  const app = await openReport(t);
  assert.equal((await option(app)).days.length, 10);
  const from = await placeOfDay(app, 2);
  const to = await placeOfDay(app, 5);
  await app.page.mouse.move(from.x, from.y);
  await app.page.mouse.down();
  await app.page.mouse.move((from.x + to.x) / 2, from.y, { steps: 4 });
  await app.page.mouse.move(to.x + 3, to.y, { steps: 4 });
  await app.waitForText(".chart-hint", "4 days: Nov 14, 2026 – Nov 17, 2026");
  await app.screenshot("chart-dragging");
  await app.page.mouse.up();
  await waitForHash(app, "range=2026-11-14..2026-11-17");
  await app.waitForText(".range-text", "Nov 14, 2026 – Nov 17, 2026 (UTC)");
  await app.page.waitForFunction(
    () => echarts.getInstanceByDom(document.querySelector(".chart")).getOption().xAxis[0].data.length === 4,
  );
  await app.showNumbers();
  assert.equal((await app.table(".numbers-details table"))[1][0], "Nov 14, 2026");
  await app.click("Reset zoom", "button");
  await waitForHash(app, "range=all");
  await app.waitForText(".range-text", "Nov 12, 2026 – Nov 21, 2026 (UTC)");
  await app.page.waitForFunction(() => document.activeElement.getAttribute("role") === "slider");
  assert.equal(await app.page.$("::-p-aria([name=\"Reset zoom\"])"), null);
  await app.expectClean();
});

test("a click on the chart, or a drag within a day, changes nothing", async (t) => {
  const app = await openReport(t);
  const at = await placeOfDay(app, 4);
  await app.page.mouse.click(at.x, at.y);
  await app.page.mouse.down();
  await app.page.mouse.move(at.x + 12, at.y, { steps: 4 });
  await app.page.mouse.up();
  assert.match(await app.page.evaluate(() => location.hash), /range=all/);
  assert.match(await app.text(".chart-hint"), /^Drag across the chart/);
});

test("days are read, chosen and zoomed to by keyboard", async (t) => {
  const app = await openReport(t);
  const slider = await app.page.waitForSelector("[role=slider]");
  const told = () => slider.evaluate((element) => element.getAttribute("aria-valuetext"));
  await slider.focus();
  assert.equal(await told(), "Nov 21, 2026: 3,730");
  await app.page.keyboard.press("ArrowLeft");
  assert.equal(await told(), "Nov 20, 2026: 3,600");
  await app.screenshot("chart-keyboard");
  await app.page.keyboard.down("Shift");
  await app.page.keyboard.press("ArrowLeft");
  await app.page.keyboard.press("ArrowLeft");
  await app.page.keyboard.up("Shift");
  assert.match(await told(), /^Nov 18, 2026 – Nov 20, 2026 chosen\./);
  await app.page.keyboard.press("Escape");
  assert.equal(await told(), "Nov 18, 2026: 3,340");
  await app.page.keyboard.press("Enter");
  await app.page.keyboard.down("Shift");
  await app.page.keyboard.press("Home");
  await app.page.keyboard.up("Shift");
  await app.page.keyboard.press("Enter");
  await waitForHash(app, "range=2026-11-12..2026-11-18");
  await app.waitForText(".chart-tools [role=status]", "The report now shows Nov 12, 2026 – Nov 18, 2026.");
  await app.expectClean();
});

test("a chart that has the focus may be taken away", async (t) => {
  const app = await openReport(t);
  await (await app.page.waitForSelector("[role=slider]")).focus();
  await app.page.keyboard.press("p");
  await app.page.waitForFunction(() => location.hash.includes("by=tls") && !document.querySelector("[role=slider]"));
  await app.page.keyboard.press("p");
  await (await app.page.waitForSelector("[role=slider]")).focus();
  await app.page.goBack();
  await app.page.waitForFunction(() => !document.querySelector("[role=slider]"));
  await app.expectClean();
});

test("series are switched by keyboard, and one stays", async (t) => {
  const app = await openReport(t);
  const pressed = () =>
    app.page.$$eval(".legend-button", (all) =>
      all.map((each) => [each.innerText.trim(), each.ariaPressed, each.ariaDisabled]),
    );
  assert.deepEqual(await pressed(), DOMAINS.map((name) => [name, "true", "false"]));
  assert.deepEqual((await option(app)).names, [...DOMAINS, "Total"]);
  assert.equal((await option(app)).max, 4000);
  await (await app.page.waitForSelector(".legend-button")).focus();
  await app.page.keyboard.press("Space");
  await app.page.waitForFunction(() => document.querySelector(".legend-button").ariaPressed === "false");
  assert.deepEqual((await option(app)).names, ["fabrikam.com", "example.org", "Total of what is shown"]);
  assert.equal((await option(app)).max, 500);
  await app.page.keyboard.press("Tab");
  await app.page.keyboard.press("Enter");
  await app.page.waitForFunction(() => document.querySelectorAll(".legend-button")[2].ariaDisabled === "true");
  await app.page.keyboard.press("Tab");
  await app.page.keyboard.press("Enter");
  assert.deepEqual((await option(app)).names, ["example.org"]);
  await app.screenshot("chart-legend");
  await app.choose("View data by", "TLS Usage");
  await app.page.waitForFunction(() => document.querySelectorAll(".chart canvas").length === 2);
  await (await app.named("TLS 1.0 10.49%", "button").waitHandle()).press("Enter");
  await app.page.waitForFunction(
    () => echarts.getInstanceByDom(document.querySelectorAll(".chart")[1]).getOption().series.length === 2,
  );
  assert.deepEqual((await option(app, 1)).names, ["TLS 1.2", "TLS 1.3"]);
  await app.expectClean();
});

test("numbers on the axis and in the tooltip are grouped as the language does", async (t) => {
  const app = await openReport(t);
  const at = await placeOfDay(app, 5);
  await app.page.mouse.move(at.x, at.y);
  const drawn = () =>
    app.page.evaluate(() =>
      echarts
        .getInstanceByDom(document.querySelector(".chart"))
        .getZr()
        .storage.getDisplayList(true)
        .map((each) => each.style?.text)
        .filter((text) => typeof text === "string" && text !== ""),
    );
  await app.page.waitForFunction(() =>
    echarts
      .getInstanceByDom(document.querySelector(".chart"))
      .getZr()
      .storage.getDisplayList(true)
      .some((each) => each.style?.text === "3,210"),
  );
  const texts = await drawn();
  for (const number of ["0", "1,000", "2,000", "3,000", "4,000"]) assert.ok(texts.includes(number), `${number} on the axis`);
  // The day's total, then its series from the largest.
  const tip = texts.filter((text) => ["Total", "3,210", "2,700", "340", "170", ...DOMAINS].includes(text));
  assert.deepEqual(tip, ["Total", "3,210", "contoso.com", "2,700", "fabrikam.com", "340", "example.org", "170"]);
  await app.screenshot("chart-tooltip");
});

test("a chart is saved as SVG and as PNG with title, days and legend", async (t) => {
  const app = await openReport(t, { dark: true });
  const save = (kind) =>
    app.download(async () => {
      await app.click("Save chart", "button");
      await app.click(kind, "button");
    });
  const svg = await save("SVG drawing");
  assert.equal(svg.name, "Sending Volume 2026-11-12_2026-11-21.svg");
  const parsed = await app.page.evaluate((text) => {
    const document = new DOMParser().parseFromString(text, "image/svg+xml");
    return {
      root: document.documentElement.nodeName,
      error: document.querySelector("parsererror")?.textContent,
      texts: [...document.querySelectorAll("text")].map((each) => each.textContent),
    };
  }, svg.text);
  assert.equal(parsed.error, undefined);
  assert.equal(parsed.root, "svg");
  for (const text of ["SMTP Auth Clients Report: Sending Volume", "Nov 12, 2026 – Nov 21, 2026 (UTC)", "4,000", ...DOMAINS]) {
    assert.ok(parsed.texts.includes(text), `${text} in ${parsed.texts}`);
  }

  const png = await save("PNG picture");
  assert.equal(png.name, "Sending Volume 2026-11-12_2026-11-21.png");
  assert.deepEqual([...png.bytes.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  // Twice the drawing's size.
  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg.text);
  assert.deepEqual([png.bytes.readUInt32BE(16), png.bytes.readUInt32BE(20)], [width * 2, height * 2]);
  assert.ok(png.bytes.length > 20_000, `${png.bytes.length} bytes`);

  await app.choose("View data by", "TLS Usage");
  await app.page.waitForFunction(() => document.querySelectorAll(".chart canvas").length === 2);
  const tls = await save("SVG drawing");
  assert.equal(tls.name, "TLS Usage 2026-11-12_2026-11-21.svg");
  for (const text of ["SMTP Auth Clients Report: TLS Usage", "TLS 1.2 ", "TLS 1.0 10.49% (3,300)", ...DOMAINS]) {
    assert.ok(tls.text.includes(text), text);
  }
  await app.expectClean();
});

test("the menu of kinds closes by Escape and gives the focus back", async (t) => {
  const app = await openReport(t);
  await app.click("Save chart", "button");
  await app.page.waitForSelector(".chart-save-kinds:not([hidden])");
  await app.page.keyboard.press("Tab");
  await app.page.keyboard.press("Escape");
  await app.page.waitForSelector(".chart-save-kinds[hidden]");
  assert.equal(await app.page.evaluate(() => document.activeElement.innerText.trim()), "Save chart");
});

test("each chart has a summary, and its numbers are a table", async (t) => {
  const app = await openReport(t);
  const described = () =>
    app.page.$$eval(".chart", (charts) =>
      charts.map((chart) => ({
        role: chart.getAttribute("role"),
        name: chart.getAttribute("aria-label").length > 20,
        table: document.getElementById(chart.getAttribute("aria-details")).querySelector("table") !== null,
        hint: document.getElementById(chart.getAttribute("aria-describedby")).textContent.length > 0,
      })),
    );
  const good = { role: "img", name: true, table: true, hint: true };
  assert.deepEqual(await described(), [good]);
  await app.choose("View data by", "TLS Usage");
  await app.page.waitForFunction(() => document.querySelectorAll(".chart canvas").length === 2);
  assert.deepEqual(await described(), [good, good]);
});

test("donut and bars stand side by side where there is room", async (t) => {
  const app = await openReport(t, { hash: "#v=1&page=report&range=all&by=tls" });
  const tops = () => app.page.$$eval(".chart-part", (parts) => parts.map((part) => part.getBoundingClientRect().top));
  await app.page.waitForFunction(() => document.querySelectorAll(".chart canvas").length === 2);
  const [donut, bars] = await tops();
  assert.equal(donut, bars);
  await app.screenshot("chart-tls-1280");
  await app.page.setViewport({ width: 390, height: 844 });
  const [above, below] = await tops();
  assert.ok(above < below);
});
