// Starts the app: turns the page's wasm into a compiled module, runs it in the page, and lets it start workers.
//
// Two homes, one script. In the release (one file) the wasm is gzip + base64 text inside #wasm and the glue is the
// text of #glue; under `trunk serve` both are addresses. Everything else is the same, workers included.
//
// What the wasm side gets, as the global `boot`:
//   boot.spawnWorker(name) -> Worker
//       A worker made from a blob: URL (it inherits the page's Content-Security-Policy) that instantiates the same
//       module and runs the same main(). Messages may be posted at once: they reach the worker after main() has run
//       there, so main() must set its message handler before it returns.
//   boot.charts()
//       Makes sure that ECharts is there. In the release its script lies in the page as text, so that the page is ready
//       before it runs (20 to 40 ms); it does so when the browser has nothing else to do, or when this is called.
//   performance measures boot-decode (base64), boot-compile (unpacking too), boot-mount, and `boot` over all of it.
"use strict";

{
  const starting = document.getElementById("starting");
  const wasmElement = document.getElementById("wasm");
  const glueElement = document.getElementById("glue");
  const mark = (step) => performance.mark(`boot:${step}`);

  const decodeBase64 = (text) => {
    if (Uint8Array.fromBase64) {
      return Uint8Array.fromBase64(text);
    }
    const binary = atob(text);
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < binary.length; i++) {
      bytes[i] = binary.charCodeAt(i);
    }
    return bytes;
  };

  // A Response holding the wasm, so that the browser compiles while it still unpacks.
  const wasmResponse = () => {
    if (wasmElement.dataset.src) {
      return fetch(wasmElement.dataset.src);
    }
    const packed = new Blob([decodeBase64(wasmElement.textContent.trim())]);
    wasmElement.remove();
    const unpacked = packed.stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(unpacked, { headers: { "Content-Type": "application/wasm" } });
  };

  const glueText = async () => (glueElement.src ? (await fetch(glueElement.src)).text() : glueElement.textContent);

  // Runs in the worker, after the glue: the first message carries the module, all further ones are main()'s.
  const workerMain = () => {
    self.onmessage = ({ data }) => {
      self.onmessage = null;
      wasm_bindgen.initSync({ module: data.module });
    };
  };

  const missing = () => {
    if (typeof WebAssembly === "undefined" || !WebAssembly.compileStreaming) {
      return "WebAssembly";
    }
    if (typeof DecompressionStream === "undefined") {
      return "DecompressionStream";
    }
    if (typeof Worker === "undefined") {
      return "Worker";
    }
    return typeof wasm_bindgen === "undefined" ? "a script of this page" : null;
  };

  const fail = (headline, reason) => {
    const heading = document.createElement("h1");
    heading.textContent = headline;
    const advice = document.createElement("p");
    advice.textContent = bootText("boot-advice");
    const detail = document.createElement("p");
    detail.textContent = reason;
    starting.classList.add("failed");
    starting.setAttribute("role", "alert");
    starting.replaceChildren(heading, advice, detail);
    document.body.append(starting);
  };

  const charts = () => {
    const text = document.querySelector("script#charts[type='text/plain']");
    if (text) {
      const script = document.createElement("script");
      script.textContent = text.textContent;
      text.replaceWith(script);
    }
  };

  const start = async () => {
    mark("start");
    const response = wasmResponse();
    mark("decoded");
    const [module, glue] = await Promise.all([WebAssembly.compileStreaming(response), glueText()]);
    mark("compiled");

    // One URL for all workers; it lives as long as the page, since a worker may be started at any time.
    const workerUrl = URL.createObjectURL(
      new Blob([glue, "\n;(", workerMain.toString(), ")();\n"], { type: "text/javascript" }),
    );
    globalThis.boot = Object.freeze({
      charts,
      spawnWorker(name) {
        const worker = new Worker(workerUrl, { name });
        worker.postMessage({ module });
        return worker;
      },
    });

    await wasm_bindgen({ module_or_path: module });
    starting.remove();
    mark("mounted");
    performance.measure("boot-decode", "boot:start", "boot:decoded");
    performance.measure("boot-compile", "boot:decoded", "boot:compiled");
    performance.measure("boot-mount", "boot:compiled", "boot:mounted");
    performance.measure("boot", "boot:start", "boot:mounted");
    // Safari has no idle callbacks.
    (globalThis.requestIdleCallback ?? ((run) => setTimeout(run, 200)))(charts);
  };

  const lacking = missing();
  if (lacking) {
    fail(bootText("boot-cannot-run"), bootText("boot-lacks", lacking));
  } else {
    start().catch((error) => {
      console.error(error);
      fail(bootText("boot-cannot-start"), bootText("boot-browser-said", String(error)));
    });
  }
}
