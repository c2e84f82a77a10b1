// Before the program is there: the theme and the language that were chosen, or those of the system, so that nothing flashes
// and the first words are the reader's own. Which languages there are stands in #boot-texts, from locales/*/boot.ftl.
//
// What boot.js gets, as the global `bootText`: (key, what) -> the message, in that language, with a value in its place.
"use strict";

{
  const stored = (key) => {
    try {
      return localStorage.getItem(`smtp-auth-report.${key}`);
    } catch {
      return null;
    }
  };
  const theme = stored("theme");
  if (theme === "light" || theme === "dark") {
    document.documentElement.dataset.theme = theme;
  }

  // Empty under `trunk serve`: then only what the browser says is shown.
  const texts = JSON.parse(document.getElementById("boot-texts").textContent.trim() || "{}");
  const wanted = [stored("language"), ...navigator.languages, "en"];
  const tags = wanted.flatMap((tag) => (tag ? [tag, tag.split("-")[0]] : []));
  const tag = tags.find((each) => Object.hasOwn(texts, each)) ?? "en";
  globalThis.bootText = (key, what = "") => (texts[tag]?.[key] ?? what).replace("{ $what }", () => what);

  document.documentElement.lang = tag;
  document.querySelector("#starting p").textContent = bootText("boot-starting");
}
