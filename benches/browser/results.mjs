// The tables, on the terminal and in RESULTS.md. A run replaces the sections it has measured and leaves the others.
import { readFile, writeFile } from "node:fs/promises";
import { availableParallelism, loadavg } from "node:os";

const titles = { receive: "SMTP Receive protocol log", activity: "CSV with a row for each message", spray: "Password spray", memory: "Memory by size", startUp: "Start-up", interactions: "Choices" };

const intro = `# Results

Written by \`cargo xtask bench\`. The same machine moves by a quarter from one hour to the next: only ratios within one
table count. All readers of a table took turns, each time in a fresh browser profile, and picked the file through an
\`input\`; numbers are medians. *Best peer* is the fastest of the others that run in a browser, *floor* the fastest of the
three that only read. *Memory added* is the peak of what the tab's process holds (without the browser's own code) above
what it held just before the pick. *Longest task* is the worst of all runs on the page's main thread. *Correct* means
that messages, sessions and failed sign-ins, and messages by day and by TLS version, are those that the generator wrote.
`;

const [load] = loadavg();

/// Warns of a machine that has something else to do.
export function warnOfLoad() {
  if (load > availableParallelism() / 4) console.log(`This machine is busy (load ${load.toFixed(1)}): the figures will not tell much.`);
}

export const median = (numbers) => {
  const sorted = numbers.filter((n) => Number.isFinite(n)).sort((a, b) => a - b);
  return sorted.length ? (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2 : undefined;
};

const fixed = (n, digits = 0) => (n === undefined ? "–" : n.toFixed(digits));
const grouped = (n) => n.toLocaleString("en-US");
const mebibytes = (bytes) => (bytes === undefined ? undefined : bytes / 2 ** 20);
const line = (cells) => `| ${cells.join(" | ")} |`;

/// The text of one corpus: `rows` as `run.mjs` measured them.
function table({ corpus, rows }, about) {
  const best = (wanted) => {
    const speeds = rows.filter(wanted).flatMap(({ speed, wrong }) => (speed && !wrong.length ? [speed] : []));
    return speeds.length ? Math.max(...speeds) : undefined;
  };
  const floor = best(({ reader }) => reader.floor);
  const peer = best(({ reader }) => reader.id !== "app" && !reader.floor && !reader.native);
  const lines = rows.map(({ reader, speed, added, longest, wrong }) => {
    const ratio = (to) => (to && speed ? fixed(speed / to, 2) : "–");
    const correct = reader.floor ? "–" : wrong.length ? "**no**" : "yes";
    const task = reader.native || !speed ? "–" : longest ? fixed(longest) : "under 50";
    return line([reader.name, fixed(speed), ratio(peer), ratio(floor), fixed(mebibytes(added)), task, correct]);
  });
  const { bytes, users } = corpus.truth;
  return [
    `${about}, ${grouped(Math.round(bytes / 1e6))} MB, ${grouped(users)} users.`,
    "",
    "| | MB/s | to best peer | to floor | memory added, MiB | longest task, ms | correct |",
    "|---|--:|--:|--:|--:|--:|---|",
    ...lines,
  ].join("\n");
}

/// The memory section: rows of before, those of this run replaced.
function memory(before, tables, about) {
  const rows = new Map();
  for (const [, name, megabytes, added, when] of before.matchAll(/^\| ([^|]+) \| ([\d,]+) \| (\d+) \| ([^|]+) \|$/gm)) {
    rows.set(`${name} ${megabytes}`, { name, megabytes: Number(megabytes.replaceAll(",", "")), added, when });
  }
  for (const { corpus, rows: measured } of tables) {
    const app = measured.find(({ reader }) => reader.id === "app");
    if (app?.added === undefined || app.wrong.length) continue;
    const megabytes = Math.round(corpus.truth.bytes / 1e6);
    const name = titles[corpus.kind];
    rows.set(`${name} ${grouped(megabytes)}`, { name, megabytes, added: fixed(mebibytes(app.added)), when: about });
  }
  const sorted = [...rows.values()].sort((a, b) => (a.name === b.name ? a.megabytes - b.megabytes : a.name < b.name ? -1 : 1));
  return [
    "What this app adds to the tab, with the same senders in every size.",
    "",
    "| corpus | MB | memory added, MiB | measured |",
    "|---|--:|--:|---|",
    ...sorted.map(({ name, megabytes, added, when }) => line([name, grouped(megabytes), added, when])),
  ].join("\n");
}

function startUpTable({ app, empty, parts }, about) {
  const part = (name) => fixed(median(parts.map((each) => each[name])));
  return [
    `${about}; medians in milliseconds, from the address to the frame in which the page is ready for a drop.`,
    "",
    "| base64 to bytes | unpack and compile | instantiate and mount | the three | ready | an empty page | above it |",
    "|--:|--:|--:|--:|--:|--:|--:|",
    line([
      part("boot-decode"), part("boot-compile"), part("boot-mount"), part("boot"), fixed(median(app)), fixed(median(empty)),
      fixed(median(app) - median(empty)),
    ]),
  ].join("\n");
}

function interactionsTable({ cells, measured, loading, after }, about) {
  const task = (ms) => (ms ? `${fixed(ms)} ms` : "under 50 ms");
  return [
    `${about} and back each; ${grouped(cells)} counts loaded. Milliseconds from the choice to the frame that shows its answer.`,
    "",
    "| choice | median | slowest |",
    "|---|--:|--:|",
    ...measured.map(({ name, list }) => line([name, fixed(median(list)), fixed(Math.max(...list))])),
    "",
    `Longest task of the main thread: ${task(loading)} while loading, ${task(after)} after.`,
  ].join("\n");
}

/// Prints what was measured. `out` is where it also goes; the tables of readers only if all readers ran.
export async function report({ tables, startUp, interactions, runs, version, out, isWhole }) {
  const today = new Date().toISOString().slice(0, 10);
  const about = (times) => `${today}, ${version}, ${availableParallelism()} cores, load before ${load.toFixed(1)}, ${times} ${times === 1 ? "run" : "runs"}`;
  const text = out ? await readFile(out, "utf8").catch(() => "") : "";
  const sections = new Map(text.split(/^## /m).slice(1).map((section) => [section.split("\n")[0], section.slice(section.indexOf("\n")).trim()]));
  const put = (title, body, lasts = true) => {
    console.log(`\n## ${title}\n\n${body}`);
    if (lasts) sections.set(title, body);
  };
  for (const each of tables) put(titles[each.corpus.kind], table(each, about(runs)), isWhole);
  if (tables.some(({ rows }) => rows.some(({ reader }) => reader.id === "app"))) {
    put(titles.memory, memory(sections.get(titles.memory) ?? "", tables, about(runs)));
  }
  if (startUp) put(titles.startUp, startUpTable(startUp, about(startUp.app.length)));
  if (interactions) put(titles.interactions, interactionsTable(interactions, about(interactions.measured[0].list.length / 2)));
  if (!out) return;
  const ordered = Object.values(titles).filter((title) => sections.has(title));
  await writeFile(out, [intro, ...ordered.map((title) => `## ${title}\n\n${sections.get(title)}\n`)].join("\n"));
  console.log(`\nwritten to ${out}`);
}
