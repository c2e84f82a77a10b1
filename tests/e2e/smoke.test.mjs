// The one file starts anywhere, needs nothing else, and can reach nothing.
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { dirname } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { builtPage, openApp, startServer } from "./harness.mjs";

/// Each way out of a page; every one settles, whether it got through or not.
const waysOut = {
  fetch: (target) => fetch(target).then(() => "sent", () => "blocked"),
  xhr: (target) =>
    new Promise((settle) => {
      const request = new XMLHttpRequest();
      request.onload = () => settle("sent");
      request.onerror = () => settle("blocked");
      request.open("GET", target);
      request.send();
    }),
  webSocket: (target) =>
    new Promise((settle) => {
      try {
        const socket = new WebSocket(target.replace("http", "ws"));
        socket.onerror = socket.onopen = () => settle("settled");
      } catch {
        settle("blocked");
      }
    }),
  eventSource: (target) =>
    new Promise((settle) => {
      const source = new EventSource(target);
      source.onerror = () => (source.close(), settle("settled"));
    }),
  beacon: (target) => navigator.sendBeacon(target, "x"),
  image: (target) =>
    new Promise((settle) => {
      const image = new Image();
      image.onload = image.onerror = () => settle("settled");
      image.src = target;
    }),
  script: (target) =>
    new Promise((settle) => {
      const script = document.createElement("script");
      script.onload = script.onerror = () => settle("settled");
      script.src = target;
      document.head.append(script);
    }),
  form: (target) => {
    const form = document.createElement("form");
    form.action = target;
    form.target = "elsewhere";
    document.body.append(form);
    form.submit();
  },
};

/// The same from a worker made of a blob, as the app's own are.
const fromWorker = (target) =>
  new Promise((settle) => {
    const code = `fetch(${JSON.stringify(target)}).then(() => postMessage("sent"), () => postMessage("blocked"))`;
    const worker = new Worker(URL.createObjectURL(new Blob([code])));
    worker.onmessage = ({ data }) => settle(data);
    worker.onerror = () => settle("no worker");
  });

test("the release is one file, with its policy before anything that could act", async () => {
  assert.deepEqual(await readdir(dirname(builtPage)), ["index.html"]);
  const page = await readFile(builtPage, "utf8");
  const policy = /^<!doctype html>\s*<html[^>]*>\s*<head>\s*<meta charset="utf-8">\s*<meta http-equiv="Content-Security-Policy" content="([^"]*)">/i.exec(page);
  assert.ok(policy, "the policy follows the charset");
  const directives = policy[1].split("; ");
  assert.ok(directives.includes("default-src 'none'"));
  assert.ok(directives.includes("connect-src 'none'"));
  assert.doesNotMatch(policy[1], /unsafe-inline|'unsafe-eval'|https?:|\*/);
});

for (const from of ["http", "file"]) {
  test(`starts from ${from}`, async (t) => {
    const app = await openApp(t, { from });
    assert.ok(await app.page.evaluate(() => document.body.innerText.trim().length > 0), "something is shown");
    assert.ok(app.page.workers().length > 0, "workers run");
    const marks = await app.page.evaluate(() =>
      performance.getEntriesByType("mark").filter((m) => m.name.startsWith("boot:")).map((m) => m.name),
    );
    assert.deepEqual(marks, ["boot:start", "boot:decoded", "boot:compiled", "boot:mounted"]);
    const measures = await app.page.evaluate(() => performance.getEntriesByType("measure").map((m) => m.name).sort());
    assert.deepEqual(measures, ["boot", "boot-compile", "boot-decode", "boot-mount"]);
    await app.screenshot(`smoke-${from}`);
    await app.expectClean();
  });

  test(`nothing gets out, from ${from}`, async (t) => {
    const outside = await startServer(() => "reached");
    t.after(() => outside.close());
    const app = await openApp(t, { from });
    for (const [name, way] of Object.entries(waysOut)) {
      const result = await app.page.evaluate(way, `${outside.origin}/${name}`);
      assert.notEqual(result, "sent", name);
    }
    assert.equal(await app.page.evaluate(fromWorker, `${outside.origin}/worker`), "blocked");
    // Time for what was only queued, such as the beacon and the form.
    await sleep(300);
    assert.deepEqual(outside.requests, []);
    const violations = await app.page.evaluate(() => globalThis.violations);
    assert.ok(violations.length >= Object.keys(waysOut).length, `each way is a violation: ${violations}`);
  });
}

test("without the policy all of it would get out", async (t) => {
  const outside = await startServer(() => "reached");
  t.after(() => outside.close());
  const app = await openApp(t, { prepare: (page) => page.setBypassCSP(true) });
  for (const [name, way] of Object.entries(waysOut)) {
    await app.page.evaluate(way, `${outside.origin}/${name}`);
  }
  assert.equal(await app.page.evaluate(fromWorker, `${outside.origin}/worker`), "sent");
  await sleep(300);
  const reached = new Set(outside.requests.map((request) => request.split("/")[1].split("?")[0]));
  assert.deepEqual([...Object.keys(waysOut), "worker"].filter((name) => !reached.has(name)), []);
});

test("scripts that are not the page's own do not run", async (t) => {
  const app = await openApp(t);
  const ran = await app.page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "globalThis.planted = true";
    document.body.append(script);
    document.body.insertAdjacentHTML("beforeend", "<img src='data:,' onerror='globalThis.planted = true'>");
    return new Promise((settle) => setTimeout(() => settle(globalThis.planted === true), 200));
  });
  assert.equal(ran, false);
});

test("charts and their tooltips draw under the policy", async (t) => {
  const app = await openApp(t);
  const drawn = await app.page.evaluate(async () => {
    const box = document.createElement("div");
    box.style.width = box.style.height = "300px";
    document.body.append(box);
    boot.charts();
    const chart = echarts.init(box, null, { renderer: "canvas" });
    chart.setOption({
      animation: false,
      aria: { enabled: true },
      legend: {},
      tooltip: { trigger: "axis", renderMode: "richText" },
      xAxis: { data: ["a", "b"] },
      yAxis: {},
      series: [{ type: "line", areaStyle: {}, data: [1, 2] }, { type: "bar", data: [2, 1] }, { type: "pie", data: [1, 2] }],
    });
    chart.dispatchAction({ type: "showTip", seriesIndex: 0, dataIndex: 1 });
    await new Promise((settle) => setTimeout(settle, 300));
    const { data } = box.querySelector("canvas").getContext("2d").getImageData(0, 0, 300, 300);
    return data.some((value) => value !== 0);
  });
  assert.ok(drawn);
  await app.screenshot("smoke-chart");
  await app.expectClean();
});

test("a browser without WebAssembly gets a sentence, not a blank page", async (t) => {
  await assert.rejects(
    openApp(t, { prepare: (page) => page.evaluateOnNewDocument(() => delete globalThis.WebAssembly) }),
    /cannot run the report.*Missing in this browser: WebAssembly/s,
  );
});
