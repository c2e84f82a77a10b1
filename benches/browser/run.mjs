// Reads the same big logs with the app, with other ways to read them in a browser, and with nothing but the reading
// itself; in turn, in fresh profiles, each result held against what the generator wrote.
//
//   cargo xtask bench [--mb 1000] [--runs 3] [--only app,handjs,floors,start-up,interactions] [--corpus receive,activity]
//                     [--quick] [--senders 10000] [--page path/to/index.html] [--out path/to/RESULTS.md]
//
// --quick is 100 MB, once, and writes no file. `--corpus spray --names 1000000` is a log of sign-ins refused under so
// many names.
import { execFileSync } from "node:child_process";
import { createReadStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { openBrowser, serve } from "./chromium.mjs";
import { cellsCsv, interact } from "./interactions.mjs";
import { readers } from "./readers.mjs";
import { median, report, warnOfLoad } from "./results.mjs";
import { startUp } from "./startup.mjs";
import { differences } from "./truth.mjs";

const { values: options } = parseArgs({
  options: {
    mb: { type: "string" },
    runs: { type: "string" },
    senders: { type: "string", default: "10000" },
    only: { type: "string" },
    corpus: { type: "string", default: "receive,activity" },
    names: { type: "string", default: "1000000" },
    quick: { type: "boolean", default: false },
    out: { type: "string" },
    // Of xtask.
    page: { type: "string" },
    "corpus-tool": { type: "string" },
    corpora: { type: "string" },
    "count-wasm": { type: "string" },
  },
});
const megabytes = Number(options.mb ?? (options.quick ? 100 : 1000));
const runs = Number(options.runs ?? (options.quick ? 1 : 3));
const wanted = options.only?.split(",");
const isWanted = (...names) => !wanted || names.some((name) => wanted.includes(name));
const chosen = readers.filter(({ id, floor }) => isWanted(id, ...(floor ? ["floors"] : [])));
const names = [...readers.map(({ id }) => id), "floors", "start-up", "interactions"];
const unknown = wanted?.filter((name) => !names.includes(name)) ?? [];
if (unknown.length) throw new Error(`--only takes ${names.join(", ")}; not ${unknown.join(", ")}`);
const out = options.out ?? (options.quick ? undefined : fileURLToPath(new URL("../RESULTS.md", import.meta.url)));

function corpus(kind) {
  const size = kind === "spray" ? ["--names", options.names] : ["--mb", String(megabytes), "--senders", options.senders];
  console.log(`corpus: ${[kind, ...size].join(" ")}`);
  const tool = [kind, options.corpora, ...size];
  return { kind, ...JSON.parse(execFileSync(options["corpus-tool"], tool, { encoding: "utf8" })) };
}

/// Brings a file into the system's cache, for all readers alike.
async function warm({ path }) {
  for await (const _ of createReadStream(path, { highWaterMark: 4 << 20 }));
}

/// All readers in turn, so many times.
async function measure(corpus, site) {
  const outcomes = new Map(chosen.map((reader) => [reader, []]));
  for (let run = 1; run <= runs; run++) {
    for (const [reader, list] of outcomes) {
      let outcome;
      // What the system has let go in the meantime would be read from the disk, by one reader and not by the next.
      await warm(corpus);
      try {
        outcome = await reader.run(corpus, site, reader);
        const wrong = outcome.result ? differences(outcome.result, corpus.truth) : [];
        if (outcome.bytes !== undefined && outcome.bytes !== corpus.truth.bytes) wrong.push(`${outcome.bytes} bytes`);
        outcome.wrong = wrong;
      } catch (error) {
        outcome = { wrong: [error.message] };
      }
      list.push(outcome);
      const { ms, added, longest, wrong } = outcome;
      const speed = ms ? `${(corpus.truth.bytes / 1e3 / ms).toFixed(0)} MB/s` : "–";
      const memory = added === undefined ? "" : `+${(added / 2 ** 20).toFixed(0)} MiB`;
      const task = longest ? `longest task ${longest.toFixed(0)} ms` : "";
      console.log(`  run ${run}  ${reader.id.padEnd(14)} ${speed.padStart(9)}  ${memory.padStart(9)}  ${task}${wrong.length ? `  WRONG: ${wrong.join("; ")}` : ""}`);
    }
  }
  return [...outcomes].map(([reader, list]) => ({
    reader,
    speed: median(list.map(({ ms }) => ms && corpus.truth.bytes / 1e3 / ms)),
    added: median(list.map(({ added }) => added)),
    longest: Math.max(...list.map(({ longest }) => longest ?? 0)),
    wrong: [...new Set(list.flatMap(({ wrong }) => wrong))],
  }));
}

warnOfLoad();
const site = await serve({ app: options.page, countWasm: options["count-wasm"] });
const browser = await openBrowser();
const version = await browser.browser.version();
await browser.close();
let started;
if (isWanted("start-up")) {
  console.log("start-up");
  started = await startUp(site, options.quick ? 3 : 7);
}
let interactions;
if (isWanted("interactions")) {
  const cells = options.quick ? 100_000 : 1_000_000;
  console.log(`interactions on ${cells} counts`);
  await mkdir(options.corpora, { recursive: true });
  interactions = { cells, ...(await interact(site, await cellsCsv(options.corpora, cells), options.quick ? 5 : 15)) };
}
const tables = [];
for (const kind of chosen.length ? options.corpus.split(",") : []) {
  const about = corpus(kind);
  tables.push({ corpus: about, rows: await measure(about, site) });
}
site.close();
await report({ tables, startUp: started, interactions, runs, version, out, isWhole: chosen.length === readers.length });
process.exitCode = tables.some(({ rows }) => rows.some(({ wrong }) => wrong.length)) ? 1 : 0;
