// The main job from end to end: logs in, every screen's numbers, the report out, and the report in again.
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { openApp, root, temporaryFolder } from "./harness.mjs";

const receive = (name) => `tests/fixtures/receive/${name}.log`;
const LOGS = [
  ...["interleaved", "spans-two-files.1", "spans-two-files.2", "quoted-commas", "proxied-pair.1", "proxied-pair.2"],
  ...["several-messages", "failure-several", "real-failure"],
].map(receive);

/// What the logs above and `formulaLog` come to: the rows of their `.expected.csv` files, in order.
const EXPECTED = [
  "date,user,sender,sender_domain,tls_version,auth_mechanism,client_ip,client_name,server,messages,recipients,sessions,failed_signins",
  "2023-01-11,username@domain.com,,,TLS 1.2,LOGIN,95.10.20.33,[95.10.20.33],SERVER-HOSTNAME,0,0,0,1",
  "2026-11-02,,,,TLS 1.0,LOGIN,192.0.2.21,mfp,EX01,0,0,0,2",
  "2026-11-02,CONTOSO\\frank,frank@contoso.com,contoso.com,TLS 1.3,LOGIN,198.51.100.70,thunderbird,EX01,1,2,1,0",
  "2026-11-02,CONTOSO\\frank,office@contoso.com,contoso.com,TLS 1.3,LOGIN,198.51.100.70,thunderbird,EX01,1,1,0,0",
  "2026-11-02,CONTOSO\\guest,,,TLS 1.0,NTLM,192.0.2.21,mfp,EX01,0,0,0,1",
  "2026-11-02,CONTOSO\\one,anna@contoso.com,contoso.com,TLS 1.0,LOGIN,192.0.2.21,one,EX01,1,1,1,0",
  "2026-11-02,CONTOSO\\svc,anna@contoso.com,contoso.com,No TLS,LOGIN,192.0.2.21,erp,EX01,1,2,0,0",
  "2026-11-02,CONTOSO\\svc,bob@fabrikam.com,fabrikam.com,No TLS,LOGIN,192.0.2.21,erp,EX01,2,4,1,0",
  "2026-11-02,CONTOSO\\three,c@example.org,example.org,TLS 1.1,GSSAPI,192.0.2.23,three,EX02,1,1,1,0",
  "2026-11-02,CONTOSO\\two,bob@fabrikam.com,fabrikam.com,TLS 1.2,NTLM,192.0.2.22,two,EX01,1,2,1,0",
  "2026-11-02,admin@contoso.com,,,TLS 1.0,LOGIN,192.0.2.21,mfp,EX01,0,0,0,1",
  "2026-11-02,anna@contoso.com,anna@contoso.com,contoso.com,TLS 1.0,LOGIN,192.0.2.21,mfp,EX01,1,1,1,0",
  "2026-11-02,anna@contoso.com,anna@contoso.com,contoso.com,TLS 1.2,LOGIN,192.0.2.21,erp,EX01,1,1,1,0",
  '2026-11-02,anna@contoso.com,anna@contoso.com,contoso.com,TLS 1.2,LOGIN,192.0.2.21,"mfp, ""2nd floor""",EX01,1,2,1,0',
  "2026-11-03,'+svc,erp@fabrikam.com,fabrikam.com,TLS 1.3,LOGIN,192.0.2.30,'=cmd|' /C calc'!A0,EX01,1,1,1,0",
  "2026-11-03,anna@contoso.com,anna@contoso.com,contoso.com,TLS 1.2,LOGIN,192.0.2.21,erp,EX01,1,2,0,0",
];
const csv = (rows) => rows.map((row) => `${row}\r\n`).join("");

/// A session whose user and HELO a spreadsheet would run.
async function formulaLog() {
  const say = (n, event, data, context = "") =>
    `2026-11-03T09:00:0${n % 10}.000Z,EX01\\Client Frontend EX01,08DE0B5C1A400FFF,${n},192.0.2.10:587,192.0.2.30:50100,${event},${data},${context}`;
  const lines = [
    "#Software: Microsoft Exchange Server",
    "#Version: 15.0.0.0",
    "#Log-type: SMTP Receive Protocol Log",
    "#Date: 2026-11-03T09:00:00.000Z",
    "#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context",
    say(0, "+", ""),
    say(1, "<", "EHLO =cmd|' /C calc'!A0"),
    say(2, "*", "", '"TLS protocol SP_PROT_TLS1_3_SERVER negotiation succeeded using bulk encryption algorithm CALG_AES_256"'),
    say(3, "<", "AUTH LOGIN"),
    say(4, "*", "+svc", "authenticated"),
    say(5, ">", "235 2.7.0 Authentication successful"),
    say(6, "<", "MAIL FROM:<erp@fabrikam.com>"),
    say(7, ">", "250 2.1.0 Sender OK"),
    say(8, "<", "RCPT TO:<anna@contoso.com>"),
    say(9, ">", "250 2.1.5 Recipient OK"),
    say(10, "<", "DATA"),
    say(11, ">", "354 Start mail input; end with <CRLF>.<CRLF>"),
    say(12, ">", "250 2.6.0 <1@contoso.com> Queued mail for delivery"),
    say(13, "<", "QUIT"),
    say(14, "-", "", "Local"),
  ];
  const path = join(await temporaryFolder(), "formula.log");
  // Seconds repeat after ten lines; the sequence numbers tell the order.
  await writeFile(path, `${lines.join("\r\n")}\r\n`);
  return path;
}

const WEEK = "Oct 28, 2026 – Nov 3, 2026";
const NO_LOGS = ["no logs", "no logs", "no logs"];

/// Every figure of the dashboard, the flyout and the report, as they must be for the files above.
async function checkFigures(app) {
  assert.equal(await app.text(".big-number"), "7");
  await app.named(`7 users with SMTP AUTH, ${WEEK}`, "button").wait();
  assert.equal(await app.text(".widget .card-days"), `${WEEK} (UTC)`);
  // No TLS 3, TLS 1.0 2, TLS 1.1 1 of 13 messages.
  assert.match(await app.text("[aria-labelledby=old-tls-title]"), / 6 46\.15% of messages/);
  assert.match(await app.text("[aria-labelledby=failed-title]"), / 4 Successful sessions: 9 See names and addresses$/);

  await app.click("SMTP Auth clients", "button");
  assert.deepEqual(await app.table("dialog[open] .tls-rows"), [
    ["TLS version", "Messages", "Share"],
    ["No TLS", "3", "23.08%"],
    ["TLS 1.0", "2", "15.38%"],
    ["TLS 1.1", "1", "7.69%"],
    ["TLS 1.2", "4", "30.77%"],
    ["TLS 1.3", "3", "23.08%"],
  ]);
  assert.deepEqual(await app.facts("dialog[open] dl.facts"), {
    Users: "7", Messages: "13", Recipients: "20", Sessions: "9", "Failed sign-ins": "4",
  });
  await app.click("SMTP Auth Clients Report", "link");

  await app.waitForText("h1", "SMTP Auth Clients Report");
  assert.equal(await app.text(".range-text"), `${WEEK} (UTC)`);
  await app.showNumbers();
  assert.deepEqual(await app.table(".numbers-details table"), [
    ["Day", "contoso.com", "fabrikam.com", "example.org"],
    ...["Oct 28", "Oct 29", "Oct 30", "Oct 31", "Nov 1"].map((day) => [`${day}, 2026`, ...NO_LOGS]),
    ["Nov 2, 2026", "7", "3", "1"],
    ["Nov 3, 2026", "1", "1", "0"],
    ["Total", "8", "4", "1"],
  ]);
  const summary = await app.page.$eval(".chart", (chart) => chart.getAttribute("aria-label"));
  assert.match(summary, /13 messages in all, in 3 series.*The most on one day: 11 on Nov 2, 2026\./);

  await app.click("View details table", "button");
  assert.deepEqual(await app.details(), [
    ["Sender address", "Authentication", "Message count"],
    ["anna@contoso.com", "Basic", "6"],
    ["bob@fabrikam.com", "Basic, Integrated", "3"],
    ["c@example.org", "Integrated", "1"],
    ["erp@fabrikam.com", "Basic", "1"],
    ["frank@contoso.com", "Basic", "1"],
    ["office@contoso.com", "Basic", "1"],
  ]);
  assert.equal(await app.text(".table-count"), "6 senders");

  await app.choose("View data by", "TLS Usage");
  await app.waitForText("[role=grid]", "TLS 1.3");
  assert.deepEqual(await app.details(), [
    ["Sender address", "Authentication", "No TLS", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3", "Message count"],
    ["anna@contoso.com", "Basic", "1 16.67%", "2 33.33%", "0", "3 50.00%", "0", "6"],
    ["bob@fabrikam.com", "Basic, Integrated", "2 66.67%", "0", "0", "1 33.33%", "0", "3"],
    ["c@example.org", "Integrated", "0", "0", "1 100.00%", "0", "0", "1"],
    ["erp@fabrikam.com", "Basic", "0", "0", "0", "0", "1 100.00%", "1"],
    ["frank@contoso.com", "Basic", "0", "0", "0", "0", "1 100.00%", "1"],
    ["office@contoso.com", "Basic", "0", "0", "0", "0", "1 100.00%", "1"],
  ]);
}

/// Asks for the report of what the dialog is set to after `change`.
async function requestReport(app, change) {
  await app.click("Request report", "button");
  await app.page.waitForSelector("dialog[open] form");
  await change?.();
  const file = await app.download(() => app.click("Download", "button"));
  await app.closed();
  return file;
}

const choosePreset = async (app, name) => {
  const radio = await app.named(name, "radio").waitHandle();
  await radio.click();
};

const setDate = async (app, name, value) => {
  const input = await app.page.waitForSelector(`dialog[open] ::-p-aria([name="${name}"])`);
  await input.evaluate((element, text) => {
    element.value = text;
    element.dispatchEvent(new Event("input", { bubbles: true }));
  }, value);
};

// Days are UTC wherever the reader is.
for (const [from, zone] of [["http", "Pacific/Kiritimati"], ["file", "America/Los_Angeles"]]) {
  test(`the tour, from ${from}`, async (t) => {
    const prepare = (page) => page.emulateTimezone(zone);
    const app = await openApp(t, { from, today: "2026-11-22", prepare });
    await app.waitForText("h1", "Who still sends mail with SMTP AUTH?");
    await app.load(...LOGS, await formulaLog());
    await app.waitForText("h1", "Mail flow insights");
    await checkFigures(app);

    await t.test("a sender's details", async () => {
      const [row] = await app.page.$$("[role=grid] .data");
      await row.click();
      const facts = await app.facts("dialog[open] dl.facts");
      assert.deepEqual(facts, {
        "Sender Address": "anna@contoso.com",
        "First seen": "Nov 2, 2026",
        "Last seen": "Nov 3, 2026",
        "Message count": "6",
        Recipients: "9",
        Sessions: "4",
        "Failed sign-ins": "0",
      });
      assert.match(await app.text("dialog[open] .old-tls-warning"), /^Warning: TLS below 1\.2 is in use \(No TLS, TLS 1\.0\)\./);
      const tables = await app.page.$$eval("dialog[open] table", (all) =>
        all.map((table) => [...table.rows].map((tr) => [...tr.cells].map((c) => c.innerText.replace(/\s+/g, " ").trim()))),
      );
      const [tls, mechanisms, clients, logins, servers, days] = tables;
      assert.deepEqual(tls.slice(1), [
        ["No TLS", "1", "16.67%"],
        ["TLS 1.0", "2", "33.33%"],
        ["TLS 1.1", "0", "0.00%"],
        ["TLS 1.2", "3", "50.00%"],
        ["TLS 1.3", "0", "0.00%"],
      ]);
      assert.deepEqual(mechanisms, [["Mechanism", "Messages", "Sessions", "Failed"], ["LOGIN Basic", "6", "4", "0"]]);
      const client = (name) => clients.find(([cell]) => cell.startsWith(`192.0.2.21 ${name}`));
      // The ERP signed in for somebody else once (No TLS), and for Anna once with two messages (TLS 1.2).
      assert.deepEqual(client("erp").slice(1), ["3", "1", "0"]);
      assert.match(client("erp")[0], /No TLS.*TLS 1\.2/);
      assert.deepEqual(client('mfp, "2nd floor"').slice(1), ["1", "1", "0"]);
      assert.equal(clients.length, 1 + 4);
      assert.deepEqual(logins.slice(1), [
        ["anna@contoso.com", "4", "3", "0"],
        ["CONTOSO\\one", "1", "1", "0"],
        ["CONTOSO\\svc", "1", "0", "0"],
      ]);
      assert.deepEqual(servers.slice(1), [["EX01", "6", "4", "0"]]);
      assert.deepEqual(days.slice(1), [["Nov 3, 2026", "1", "0", "0"], ["Nov 2, 2026", "5", "4", "0"]]);
      await app.page.keyboard.press("Escape");
      await app.closed();

      // One who uses nothing old is not warned of.
      await (await app.page.waitForSelector("[role=grid] .data:nth-child(4)")).click();
      await app.waitForText("dialog[open] dl.facts", "erp@fabrikam.com");
      assert.equal(await app.page.$("dialog[open] .old-tls-warning"), null);
      await app.page.keyboard.press("Escape");
      await app.closed();
    });

    await t.test("the TLS shares, of all and by domain", async () => {
      await app.click("View report", "button");
      await app.showNumbers();
      const total = await app.table(".numbers-details .tls-rows");
      assert.deepEqual(total[4], ["TLS 1.2", "4", "30.77%"]);
      assert.deepEqual(await app.table(".numbers-details .numbers-scroll table"), [
        ["Sender domain", "No TLS", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"],
        ["contoso.com", "1 (12.50%)", "2 (25.00%)", "0 (0.00%)", "3 (37.50%)", "2 (25.00%)"],
        ["fabrikam.com", "2 (50.00%)", "0 (0.00%)", "0 (0.00%)", "1 (25.00%)", "1 (25.00%)"],
        ["example.org", "0 (0.00%)", "0 (0.00%)", "1 (100.00%)", "0 (0.00%)", "0 (0.00%)"],
      ]);
      // Of six senders, Anna used three versions and Bob two.
      await app.choose("Share of", "Senders");
      await app.waitForText(".numbers-details .tls-rows thead", "Senders");
      assert.deepEqual((await app.table(".numbers-details .tls-rows")).map((row) => row[1]), [
        "Senders", "2", "1", "1", "2", "3",
      ]);
      await app.choose("Share of", "Messages");
      await app.waitForText(".numbers-details .tls-rows thead", "Messages");
    });

    await t.test("one domain", async () => {
      await app.choose("Show data for", "fabrikam.com");
      await app.waitForText(".numbers-details .tls-rows", "50.00%");
      assert.deepEqual((await app.table(".numbers-details .tls-rows")).slice(1), [
        ["No TLS", "2", "50.00%"],
        ["TLS 1.0", "0", "0.00%"],
        ["TLS 1.1", "0", "0.00%"],
        ["TLS 1.2", "1", "25.00%"],
        ["TLS 1.3", "1", "25.00%"],
      ]);
      const file = await requestReport(app);
      assert.equal(file.name, "SMTP Auth clients 2026-10-28_2026-11-03.csv");
      assert.equal(file.text, csv(EXPECTED.filter((row, i) => i === 0 || row.includes(",fabrikam.com,"))));
    });

    await t.test("other days", async () => {
      await app.click("Filters", "button");
      await setDate(app, "Start date", "2026-11-03");
      await setDate(app, "End date", "2026-11-02");
      await app.waitForText("dialog[open]", "The end date lies before the start date.");
      await setDate(app, "End date", "2026-11-03");
      await app.click("Apply", "button");
      await app.waitForText(".range-text", "Nov 3, 2026 (UTC)");
      await app.click("View details table", "button");
      assert.deepEqual((await app.details()).map((row) => [row[0], row.at(-1)]).slice(1), [["erp@fabrikam.com", "1"]]);
      await app.choose("Show data for", "All sender domains");
      await app.waitForText("[role=grid]", "anna@contoso.com");
      assert.deepEqual((await app.details()).map((row) => [row[0], row.at(-1)]).slice(1), [
        ["anna@contoso.com", "1"],
        ["erp@fabrikam.com", "1"],
      ]);

      await app.click("Filters", "button");
      await choosePreset(app, "All loaded");
      await app.click("Apply", "button");
      await app.waitForText(".range-text", "Jan 11, 2023 – Nov 3, 2026 (UTC)");
      await app.waitForText(".table-count", "6 senders");
    });

    await t.test("the report, out and in again", async (t) => {
      const file = await requestReport(app, async () => {
        const name = await app.page.waitForSelector('dialog[open] ::-p-aria([name="Name"])');
        await name.click({ count: 3 });
        await name.type("Tour: all");
      });
      assert.equal(file.name, "Tour- all 2023-01-11_2026-11-03.csv");
      assert.equal(file.text, csv(EXPECTED));

      const fresh = await openApp(t, { from, today: "2026-11-22", prepare });
      await fresh.loading(() => fresh.drop(file.path));
      await checkFigures(fresh);
      const again = await requestReport(fresh, () => choosePreset(fresh, "All loaded"));
      assert.ok(again.bytes.equals(file.bytes), "what was written reads back to the identical report");
      await fresh.expectClean();
    });

    await app.screenshot(`tour-${from}`);
    await app.expectClean();
  });
}

test("the rows above are those of the fixtures", async () => {
  const rows = [EXPECTED[0], EXPECTED.find((row) => row.includes("'+svc"))];
  for (const name of ["interleaved", "spans-two-files", "quoted-commas", "proxied-pair", "several-messages", "failure-several", "real-failure"]) {
    const text = await readFile(join(root, `tests/fixtures/receive/${name}.expected.csv`), "utf8");
    rows.push(...text.split(/\r?\n/).slice(1).filter(Boolean));
  }
  assert.deepEqual(rows.toSorted(), EXPECTED.toSorted());
});
