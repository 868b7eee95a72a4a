// Comfort only: the public pages say all of this without it, once asked by their forms.
"use strict";

const language = document.documentElement.lang;

// As the server folds names: small letters and digits, without accents.
const plain = { "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss" };
const folded = (text) => text.toLowerCase().normalize("NFKD")
  .replace(/[łøđðþæœıß]/g, (letter) => plain[letter]).replace(/[^\p{L}\p{N}]/gu, "");

// The list of countries follows what is typed.
const query = document.getElementById("q");
if (query) {
  const shown = document.querySelector("[data-shown]");
  const likely = document.querySelector("[data-likely]");
  const none = document.querySelector("[data-none]");
  const sections = [...document.querySelectorAll("[data-section]")];
  query.addEventListener("input", () => {
    // A calling code is the server's to look up.
    const wanted = /^[+\d\s]*$/.test(query.value) ? "" : folded(query.value);
    let number = 0;
    for (const section of sections) {
      let inSection = 0;
      for (const entry of section.querySelectorAll("[data-spellings]")) {
        entry.hidden = !entry.dataset.spellings.split(" ").some((name) => name.includes(wanted));
        entry.classList.toggle("d-flex", !entry.hidden);
        inSection += entry.hidden ? 0 : 1;
      }
      section.hidden = inSection === 0;
      number += inSection;
    }
    none.hidden = number > 0;
    if (likely) { likely.hidden = wanted !== ""; }
    shown.textContent = shown.dataset.shown.replace("{}", number);
  });
}

// The browser's clock beside the country's, where the reader has not named one and theirs shows another time.
const yours = document.querySelector("[data-yours]");
const named = document.getElementById("zone");
if (yours && named && !named.value && !named.classList.contains("is-invalid")) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const day = new Intl.DateTimeFormat(language, { weekday: "short", day: "numeric" });
  const time = new Intl.DateTimeFormat(language, { timeStyle: "short" });
  const moment = new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "short" });
  const ahead = (text) => {
    const found = /([+-])(\d\d):(\d\d)$/.exec(text);
    return found ? (found[1] === "-" ? -1 : 1) * (60 * Number(found[2]) + Number(found[3])) : 0;
  };
  const differs = (text) => ahead(text) !== -new Date(text).getTimezoneOffset();
  if (differs(yours.dataset.now)) {
    yours.textContent = yours.dataset.yours.replace("{place}", zone.replace(/^.*\//, "").replaceAll("_", " "))
      .replace("{moment}", moment.format(new Date(yours.dataset.now)));
    yours.hidden = false;
  }
  for (const stretch of document.querySelectorAll(".window[data-from]")) {
    if (!stretch.querySelector("time") || !differs(stretch.dataset.from)) { continue; }
    const [from, until] = [new Date(stretch.dataset.from), new Date(stretch.dataset.until)];
    const otherDay = day.format(from) !== day.format(new Date(stretch.dataset.from.slice(0, 16)));
    const weekday = new Intl.DateTimeFormat(language, { weekday: "short" }).format(from);
    const times = `${otherDay ? `${weekday} ` : ""}${time.format(from)}–${time.format(until)}`;
    const beside = document.createElement("small");
    beside.className = "text-body-secondary";
    beside.textContent = ` (${yours.dataset.word.replace("{}", times)})`;
    stretch.append(beside);
  }
  if ([...named.options].some((option) => option.value === zone)) { named.value = zone; }
}
