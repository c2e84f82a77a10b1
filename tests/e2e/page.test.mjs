// What the page is like to use: private, safe from what stands in logs, linkable, and usable by keyboard.
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { openApp, root, startServer, temporaryFolder } from "./harness.mjs";

const receive = (name) => `tests/fixtures/receive/${name}.log`;
const today = "2026-11-22";

for (const from of ["http", "file"]) {
  test(`the app's own workers reach nothing either, from ${from}`, async (t) => {
    const outside = await startServer(() => "reached");
    t.after(() => outside.close());
    const app = await openApp(t, { from, today });
    // Reading starts the parsers beside the engine.
    await app.load(receive("interleaved"), receive("proxied-pair.1"), receive("proxied-pair.2"));
    const workers = app.page.workers();
    assert.ok(workers.length >= 2, `an engine and parsers: ${workers.length}`);
    for (const worker of workers) {
      const results = await worker.evaluate(
        (target) =>
          Promise.all([
            fetch(`${target}/fetch`).then(() => "sent", () => "blocked"),
            new Promise((settle) => {
              const request = new XMLHttpRequest();
              request.onload = () => settle("sent");
              request.onerror = () => settle("blocked");
              request.open("GET", `${target}/xhr`);
              request.send();
            }),
            new Promise((settle) => {
              try {
                const socket = new WebSocket(`${target}/socket`.replace("http", "ws"));
                socket.onopen = () => settle("sent");
                socket.onerror = () => settle("blocked");
              } catch {
                settle("blocked");
              }
            }),
            (() => {
              try {
                importScripts(`${target}/script`);
                return "sent";
              } catch {
                return "blocked";
              }
            })(),
          ]),
        outside.origin,
      );
      assert.deepEqual(results, ["blocked", "blocked", "blocked", "blocked"]);
    }
    await sleep(200);
    assert.deepEqual(outside.requests, []);
    // And they still work.
    await app.load(receive("ipv6"));
    await app.waitForText(".big-number", "5");
  });
}

test("what stands in a log is shown as text, and nothing of it acts", async (t) => {
  const folder = await temporaryFolder();
  const attack = `<img src=x onerror="globalThis.attacked=1;alert(1)">`;
  const script = "<script>globalThis.attacked=1</script>";
  const quoted = (text) => `"${text.replaceAll('"', '""')}"`;
  const csv = join(folder, "<svg onload=globalThis.attacked=1>.csv");
  await writeFile(
    csv,
    [
      "date,user,sender,tls_version,auth_mechanism,client_ip,client_name,server,messages,recipients,sessions,failed_signins",
      ["2026-11-02", attack, `${attack}@contoso.com`, "TLS 1.0", script, "<b>192.0.2.1</b>", script, attack, 5, 5, 5, 0].map(String).map(quoted).join(","),
      `2026-11-02,bidi,invoice\u202efdp.exe@contoso.com,TLS 1.2,LOGIN,192.0.2.2,a\u0007\u200bb,EX01,4,4,4,0`,
      `2026-11-02,domain,x@${quoted(script).slice(1, -1)}\u2066.example,TLS 1.2,LOGIN,192.0.2.2,c,EX01,3,3,3,0`,
      `not a date,"${script}",x@contoso.com,TLS 1.2,LOGIN,,,,1,1,1,0`,
      "",
    ].join("\n"),
  );
  const log = join(folder, "hostile.log");
  const session = await readFile(join(root, receive("tls-last-before-auth")), "utf8");
  await writeFile(
    log,
    session
      .replaceAll("EHLO mfp", `EHLO <svg/onload=alert(2)>`)
      .replace("*,anna@contoso.com,authenticated", "*,<iframe/src=//x>\u202eanna,authenticated")
      .replaceAll("MAIL FROM:<anna@contoso.com>", "MAIL FROM:<<u>anna@contoso.com>"),
  );

  const app = await openApp(t, { today });
  const foreign = () =>
    app.page.evaluate(() => ({
      elements: document.querySelectorAll("body img, body iframe, body script, main b, main u, dialog b, dialog u, [onerror], [onload], object, embed").length,
      attacked: globalThis.attacked ?? null,
    }));
  const before = await foreign();
  await app.load(csv, log);
  await app.waitForText(".big-number", "4");
  assert.deepEqual(await foreign(), before);

  await app.click("SMTP Auth clients", "button");
  await app.click("SMTP Auth Clients Report", "link");
  await app.waitForText("h1", "SMTP Auth Clients Report");
  await app.showNumbers();
  const domains = (await app.table(".numbers-details table"))[0];
  assert.ok(domains.includes(`${script.toLowerCase()}⟨U+2066⟩.example`), domains.join(" | "));
  const options = await app.named("Show data for", "combobox").waitHandle();
  assert.ok((await options.evaluate((e) => [...e.options].map((o) => o.text))).includes(`${script.toLowerCase()}⟨U+2066⟩.example`));
  assert.deepEqual(await foreign(), before);

  await app.click("View details table", "button");
  const senders = (await app.details()).slice(1).map(([sender]) => sender);
  assert.equal(senders[0], `${attack.toLowerCase()}@contoso.com`);
  assert.equal(senders[1], "invoice⟨U+202E⟩fdp.exe@contoso.com");
  assert.equal(senders.length, 4);
  for (const [i, part] of [[1, attack.toLowerCase()], [2, "a⟨U+0007⟩⟨U+200B⟩b"], [4, "<svg/onload=alert(2)>"]]) {
    await (await app.page.waitForSelector(`[role=grid] .data:nth-child(${i})`)).click();
    await app.waitForText("dialog[open]", part);
    if (i === 4) await app.waitForText("dialog[open]", "<iframe/src=//x>⟨U+202E⟩anna");
    assert.deepEqual(await foreign(), before);
    await app.page.keyboard.press("Escape");
    await app.closed();
  }
  // Each is kept apart from the text around it, whatever direction it has.
  assert.equal(await app.page.$eval("[role=grid] .data .log-text", (e) => e.localName), "bdi");

  await app.click("Data sources", "link");
  const sources = await app.sources();
  assert.equal(sources["<svg onload=globalThis.attacked=1>.csv"].bad, "1");
  await (await app.page.waitForSelector(".expander")).click();
  await app.waitForText(".excerpt", script);
  assert.deepEqual(await foreign(), before);
  await app.screenshot("hostile");
  await app.expectClean();
});

test("the address holds the report's state, and no data", async (t) => {
  const hash = "#v=1&page=report&range=2026-11-02..2026-11-03&domain=fabrikam.com&by=tls&view=table&basis=senders";
  const app = await openApp(t, { today });
  await app.load(receive("interleaved"), receive("several-messages"));
  await app.click("Report", "link");
  await app.choose("Show data for", "fabrikam.com");
  await app.choose("View data by", "TLS Usage");
  await app.choose("Share of", "Senders");
  await app.click("Filters", "button");
  for (const [name, value] of [["Start date", "2026-11-02"], ["End date", "2026-11-03"]]) {
    const input = await app.page.waitForSelector(`dialog[open] ::-p-aria([name="${name}"])`);
    await input.evaluate((e, text) => {
      e.value = text;
      e.dispatchEvent(new Event("input", { bubbles: true }));
    }, value);
  }
  await app.click("Apply", "button");
  await app.click("View details table", "button");
  await app.waitForText(".range-text", "Nov 2, 2026 – Nov 3, 2026");
  assert.equal(await app.page.evaluate(() => location.hash), hash);

  const check = async () => {
    await app.waitForText("h1", "SMTP Auth Clients Report");
    await app.waitForText(".range-text", "Nov 2, 2026 – Nov 3, 2026");
    assert.deepEqual(await app.details(), [
      ["Sender address", "Authentication", "No TLS", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3", "Message count"],
      ["bob@fabrikam.com", "Basic, Integrated", "2 66.67%", "0", "0", "1 33.33%", "0", "3"],
    ]);
    const chosen = await app.page.$$eval("select", (all) => all.map((e) => e.selectedOptions[0].text.trim()));
    assert.deepEqual(chosen.slice(0, 2), ["fabrikam.com", "TLS Usage"]);
  };
  await check();
  await app.page.reload();
  await app.mounted();
  await app.waitForText("h1", "Who still sends mail with SMTP AUTH?");
  await app.load(receive("interleaved"), receive("several-messages"));
  await check();

  // Nothing outlives the tab.
  const kept = await app.page.evaluate(() => {
    const tryLength = (of) => { try { return of().length; } catch { return 0; } };
    return [tryLength(() => localStorage), tryLength(() => sessionStorage), document.cookie.length];
  });
  assert.deepEqual(kept, [0, 0, 0]);

  // Back and forth, as with any page.
  await app.click("Dashboard", "link");
  await app.waitForText("h1", "Mail flow insights");
  await app.page.goBack();
  await check();
  await app.expectClean();
});

for (const hash of [
  "#garbage",
  "#v=2&page=nowhere",
  "#v=1&page=nowhere&range=2026-13-45..x&by=%FF&view=&basis=1&domain=%zz&__proto__=1",
  "#v=1&range=99999999999999999999d",
  `#v=1&domain=${"a".repeat(5000)}`,
  "#v=1&page=<img src=x onerror=alert(1)>",
]) {
  test(`an address that makes no sense falls back: ${hash.slice(0, 40)}`, async (t) => {
    const app = await openApp(t, { hash, today });
    await app.load(receive("interleaved"));
    await app.waitForText("h1", "Mail flow insights");
    await app.waitForText(".big-number", "3");
    await app.expectClean();
  });
}

for (const from of ["http", "file"]) {
  test(`sample data, from ${from}`, async (t) => {
    const app = await openApp(t, { from });
    await app.loading(() => app.click("Try sample data", "button"));
    await app.waitForText("h1", "Mail flow insights");
    assert.ok(Number(await app.text(".big-number")) > 0);
    // It ends today and spans 90 days.
    const [, first, last] = /(\w{3} \d+, \d{4}) – (\w{3} \d+, \d{4}), \d+ days with logs/.exec(await app.text("[aria-labelledby=loaded-title]"));
    const days = (Date.parse(last) - Date.parse(first)) / 86_400_000 + 1;
    assert.ok(days >= 85 && days <= 90, `${first} to ${last}`);
    assert.ok(Math.abs(Date.now() - Date.parse(`${last} UTC`)) < 2.5 * 86_400_000, last);
    await app.click("Data sources", "link");
    for (const [name, { format, read, counted, skipped, bad }] of Object.entries(await app.sources())) {
      const [r, c, s, b] = [read, counted, skipped, bad].map((text) => Number(text.replaceAll(",", "")));
      assert.ok(c > 0 && b === 0 && r === c + s, `${name}: ${format} ${r} = ${c} + ${s} + ${b}`);
    }
    await app.expectClean();
  });
}

test("by keyboard alone: to the widget, into its flyout, back, and through the report", async (t) => {
  const app = await openApp(t, { today });
  await app.load(receive("interleaved"), receive("spans-two-files.1"));
  await app.waitForText("h1", "Mail flow insights");
  const { keyboard } = app.page;
  const active = () => app.page.evaluate(() => (document.activeElement.getAttribute("aria-label") ?? document.activeElement.innerText ?? "").replace(/\s+/g, " ").trim());
  const tabTo = async (name) => {
    const passed = [];
    for (let i = 0; i < 40; i += 1) {
      await keyboard.press("Tab");
      const now = await active();
      if (now === name) return;
      passed.push(now);
    }
    assert.fail(`Tab never reached ${name}: ${passed.join(" | ")}`);
  };
  const dialog = (open) => (open ? app.page.waitForSelector("dialog[open]") : app.closed());
  const inDialog = () => app.page.evaluate(() => document.activeElement.closest("dialog[open]") !== null);

  await tabTo("Skip to content");
  await tabTo("SMTP Auth clients");
  await keyboard.press("Enter");
  await dialog(true);
  await app.page.waitForFunction(() => document.activeElement.closest("dialog[open]"));
  await keyboard.press("Escape");
  await dialog(false);
  assert.equal(await active(), "SMTP Auth clients");

  await keyboard.press("Enter");
  await dialog(true);
  await app.page.waitForFunction(() => document.activeElement.closest("dialog[open]"));
  // What is behind the flyout takes no focus.
  for (let i = 0; i < 6; i += 1) {
    await keyboard.press("Tab");
    assert.ok((await inDialog()) || (await app.page.evaluate(() => document.activeElement === document.body)));
  }
  await tabTo("SMTP Auth Clients Report");
  await keyboard.press("Enter");
  await app.waitForText("h1", "SMTP Auth Clients Report");

  await tabTo("View details table");
  await keyboard.press("Enter");
  await app.details();
  await tabTo("Message count");
  await keyboard.press("Tab");
  assert.equal(await app.page.evaluate(() => document.activeElement.id), "sender-row-0");
  await keyboard.press("End");
  await app.page.waitForFunction(() => document.activeElement.id === "sender-row-2");
  await keyboard.press("ArrowUp");
  await app.page.waitForFunction(() => document.activeElement.id === "sender-row-1");
  const sender = await app.page.evaluate(() => document.activeElement.firstElementChild.innerText.trim());
  await keyboard.press("Enter");
  await dialog(true);
  await app.waitForText("dialog[open] dl.facts", sender);
  await keyboard.press("Escape");
  await dialog(false);
  assert.equal(await app.page.evaluate(() => document.activeElement.id), "sender-row-1");
  await app.expectClean();
});

for (const width of [360, 3840]) {
  test(`no page is wider than a window of ${width} px`, async (t) => {
    const app = await openApp(t, { today, viewport: { width, height: 720 } });
    const fits = async (state) => {
      const [wide, sight] = await app.page.evaluate(() => [document.scrollingElement.scrollWidth, innerWidth]);
      assert.ok(wide <= sight, `${state}: ${wide} of ${sight} px`);
      await app.screenshot(`${width}-${state}`);
    };
    await fits("landing");
    await app.load(receive("interleaved"), receive("several-messages"), receive("send-log"));
    await fits("dashboard");
    for (const [state, rest] of [
      ["volume", "page=report"],
      ["tls", "page=report&by=tls"],
      ["table", "page=report&view=table"],
      ["tls-table", "page=report&by=tls&view=table"],
      ["sources", "page=sources"],
    ]) {
      await app.page.goto(`${app.url}#v=1&${rest}`);
      await app.page.waitForSelector(state.endsWith("table") ? "[role=grid][aria-busy=false] .data" : ".chart, table.sources");
      await fits(state);
    }
    await app.expectClean();
  });
}

test("sample data say so, and go when the reader's own files come", async (t) => {
  const app = await openApp(t, { today: "2026-11-22" });
  const said = () => app.page.$$eval(".message-bar", (bars) => bars.some((bar) => bar.innerText.includes("sample data")));
  await app.loading(() => app.click("Try sample data", "button"));
  assert.ok(await said());
  await app.load("tests/fixtures/receive/interleaved.log");
  assert.equal(await said(), false);
  await app.click("Data sources", "link");
  assert.deepEqual(Object.keys(await app.sources()), ["interleaved.log"]);

  await app.click("Start over", "button");
  await app.click("Forget all files", "button");
  await app.loading(() => app.click("Try sample data", "button"));
  await app.click("Remove the sample data", "button");
  await app.page.waitForSelector(".landing");
  assert.equal(await said(), false);
  await app.expectClean();
});
