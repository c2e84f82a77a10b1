# Before the program runs: one line each, with at most the one value. Folded into the page by `cargo xtask build`.

boot-starting = Starting…
boot-no-script = This page reads your log files with JavaScript and WebAssembly, inside this tab. Please allow scripts for it; it sends nothing anywhere.
boot-cannot-run = This browser cannot run the report
boot-cannot-start = The report could not start
boot-lacks = Missing in this browser: { $what }
boot-advice = Any Chrome, Edge, Firefox or Safari since 2024 runs this page. Some hardened set-ups switch WebAssembly off (Edge’s enhanced security mode, Firefox’s javascript.options.wasm, Lockdown Mode on Apple devices); allow it for this page, then reload.
boot-browser-said = What the browser said: { $what }
