# Before the program runs: one line each, with at most the one value. Folded into the page by `cargo xtask build`.

boot-starting = 시작하는 중…
boot-no-script = 이 페이지는 JavaScript와 WebAssembly를 사용하여 이 탭 안에서 로그 파일을 읽습니다. 이 페이지에 스크립트를 허용하세요. 데이터는 어디에도 전송되지 않습니다.
boot-cannot-run = 이 브라우저에서는 보고서를 실행할 수 없습니다
boot-cannot-start = 보고서를 시작할 수 없습니다
boot-lacks = 이 브라우저에 없는 기능: { $what }
boot-advice = 이 페이지는 2024년 이후의 Chrome, Edge, Firefox, Safari에서 동작합니다. 보안이 강화된 환경에서는 WebAssembly가 꺼져 있을 수 있습니다(Edge의 향상된 보안 모드, Firefox의 javascript.options.wasm, Apple 장치의 차단 모드). 이 페이지에 대해 허용한 다음 새로 고치세요.
boot-browser-said = 브라우저 메시지: { $what }
