# Before the program runs: one line each, with at most the one value. Folded into the page by `cargo xtask build`.

boot-starting = Starten…
boot-no-script = Deze pagina leest uw logbestanden met JavaScript en WebAssembly, binnen dit tabblad. Sta scripts toe voor deze pagina; er wordt nergens iets naartoe verzonden.
boot-cannot-run = Deze browser kan het rapport niet uitvoeren
boot-cannot-start = Het rapport kan niet worden gestart
boot-lacks = Ontbreekt in deze browser: { $what }
boot-advice = Deze pagina werkt in elke versie van Chrome, Edge, Firefox en Safari sinds 2024. In sommige extra beveiligde omgevingen is WebAssembly uitgeschakeld (de verbeterde beveiligingsmodus van Edge, javascript.options.wasm in Firefox, de isolatiemodus op Apple-apparaten); sta het toe voor deze pagina en laad de pagina opnieuw.
boot-browser-said = Melding van de browser: { $what }
