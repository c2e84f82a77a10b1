// Tables.

const fixed = (n, digits = 0) => (n === undefined ? "–" : n.toFixed(digits));

/// A table of one corpus: `rows` as `run.mjs` measured them.
function table(rows) {
  const best = (wanted) => {
    const speeds = rows.filter(wanted).flatMap(({ speed, wrong }) => (speed && !wrong.length ? [speed] : []));
    return speeds.length ? Math.max(...speeds) : undefined;
  };
  const floor = best(({ reader }) => reader.floor);
  const peer = best(({ reader }) => reader.id !== "app" && !reader.floor && !reader.native);
  const lines = rows.map(({ reader, speed, added, longest, wrong }) => {
    const ratio = (to) => (to && speed ? fixed(speed / to, 2) : "–");
    const correct = reader.floor ? "–" : wrong.length ? "**no**" : "yes";
    const task = reader.native ? "–" : longest ? fixed(longest) : "< 50";
    return `| ${[reader.name, fixed(speed), ratio(peer), ratio(floor), fixed(added === undefined ? added : added / 2 ** 20), task, correct].join(" | ")} |`;
  });
  return [
    "| | MB/s | to best peer | to floor | memory added, MiB | longest task, ms | correct |",
    "|---|--:|--:|--:|--:|--:|---|",
    ...lines,
  ].join("\n");
}

export async function report({ tables }) {
  for (const { corpus, rows } of tables) console.log(`\n${corpus.kind}\n\n${table(rows)}`);
}
