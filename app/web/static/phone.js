// The browser phone: keys, the present state each second, and a voice. Without this file the page works by forms.
"use strict";

(() => {
  const EVERY = 800; // milliseconds: what changed is seen within a second
  const part = document.getElementById("phone-part");
  const spoken = document.getElementById("phone-spoken");
  const switched = document.getElementById("voice");
  const voice = "speechSynthesis" in window && window.speechSynthesis ? window.speechSynthesis : null;
  const saying = () => Boolean(voice) && switched.checked;
  const entries = () => [...document.querySelectorAll("#phone-story li")];
  let last = Math.max(0, ...entries().map((one) => one.value));
  let etag = "";
  let acts = Promise.resolve();
  let acting = 0;

  const say = (words) => {
    if (!saying()) {
      spoken.lang = words.lang;
      spoken.textContent = words.textContent;
      return;
    }
    const speech = new SpeechSynthesisUtterance(words.textContent);
    speech.lang = words.lang;
    voice.speak(speech);
  };

  // What is new is spoken in order; whatever the caller does ends what was being said, as in the call.
  const speaks = () => {
    for (const one of entries().filter((entry) => entry.value > last)) {
      last = one.value;
      const words = one.querySelector("[data-words]");
      if (words) { say(words); } else if (voice) { voice.cancel(); }
    }
  };

  // Where the picture is wider than the page, the lit state is brought into sight.
  const shows = () => {
    const lit = document.querySelector(".phone-box.lit");
    const frame = lit?.closest(".table-responsive");
    if (frame) { frame.scrollLeft = lit.x.baseVal.value + lit.width.baseVal.value / 2 - frame.clientWidth / 2; }
  };

  // Only a section that changed is put anew, so that nothing loses its focus or its place without need.
  const puts = (fresh) => {
    for (const section of fresh.querySelectorAll("[data-part]")) {
      const old = document.getElementById(section.id);
      if (!old || old.innerHTML === section.innerHTML) { continue; }
      const buttons = [...old.querySelectorAll("button, a, [tabindex]")];
      const place = buttons.indexOf(document.activeElement);
      old.innerHTML = section.innerHTML;
      if (place >= 0) { ([...old.querySelectorAll("button, a, [tabindex]")][place] || old.querySelector("h2"))?.focus(); }
      for (const story of old.querySelectorAll(".phone-story")) { story.scrollTop = story.scrollHeight; }
      if (old.id === "phone-script") { shows(); }
    }
    speaks();
  };

  const parsed = (text) => new DOMParser().parseFromString(text, "text/html");

  // Who signs in or out in another tab has another token from then on: no press is lost by that.
  const renewed = async () => {
    const page = parsed(await (await fetch("/phone", { cache: "no-store" })).text());
    const token = page.querySelector("[name=csrf_token]")?.value || "";
    for (const one of document.querySelectorAll("[name=csrf_token]")) { one.value = token; }
    return token;
  };

  const sends = async (form, action, body, first = true) => {
    const answer = await fetch(action, { method: "POST", body, cache: "no-store" });
    const page = parsed(await answer.text());
    if (!page.getElementById("phone-part")) {
      if (!first) { location.reload(); return; }
      body.set("csrf_token", await renewed());
      await sends(form, action, body, false);
      return;
    }
    const wrong = [...page.querySelectorAll("[data-told], .invalid-feedback")].map((one) => one.textContent.trim());
    const told = document.getElementById("phone-told");
    told.textContent = wrong.join(" ");
    told.className = wrong.length ? "alert alert-warning" : "";
    etag = "";
    puts(page);
    if (form.id === "phone-keys") { form.reset(); }
  };

  // One act after the other, in the order of the keys.
  const acted = (form, action, body) => {
    acting += 1;
    acts = acts.then(() => sends(form, action, body)).catch(() => part.classList.add("stale")).then(() => { acting -= 1; });
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-phone]")) { return; }
    event.preventDefault();
    event.stopPropagation();
    const body = new FormData(form, event.submitter);
    const action = event.submitter?.getAttribute("formaction") || form.action;
    acted(form, action, new URLSearchParams(body));
  }, true);

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), select, textarea");
    if (typing || event.ctrlKey || event.altKey || event.metaKey || !/^[0-9*#]$/.test(event.key)) { return; }
    event.preventDefault();
    document.querySelector(`.phone-keypad button[value="${event.key}"]`).click();
  });

  const news = async () => {
    const answer = await fetch(part.dataset.poll, { headers: etag ? { "If-None-Match": etag } : {}, cache: "no-store" });
    part.classList.remove("stale");
    if (answer.status !== 200 || acting) { return; }
    etag = answer.headers.get("ETag");
    puts(parsed(await answer.text()));
  };

  const again = async () => {
    if (!acting) { try { await news(); } catch { part.classList.add("stale"); } }
    setTimeout(again, EVERY);
  };

  document.getElementById(voice ? "phone-voice" : "phone-no-voice").hidden = false;
  switched.addEventListener("change", () => { if (voice && !switched.checked) { voice.cancel(); } });
  shows();
  setTimeout(again, EVERY);
})();
