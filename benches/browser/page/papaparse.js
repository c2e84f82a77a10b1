// PapaParse, streaming, in a worker.
import { rowsOf } from "./rows.js";
import { serve } from "./serve.js";

serve(async (kind) => {
  // It is no module, but knows how to be handed to a loader of the old kind.
  let Papa;
  globalThis.define = (_, make) => (Papa = make());
  globalThis.define.amd = true;
  await import("/node_modules/papaparse/papaparse.min.js");
  return (file) => {
    const { row, totals } = rowsOf(kind);
    let isFirst = kind === "activity";
    return new Promise((resolve, reject) =>
      Papa.parse(file, {
        delimiter: ",",
        comments: kind === "receive" ? "#" : false,
        skipEmptyLines: true,
        chunk: ({ data }) => {
          for (let i = isFirst ? 1 : 0; i < data.length; i++) row(data[i]);
          isFirst = false;
        },
        complete: () => resolve(totals()),
        error: reject,
      }),
    );
  };
});
