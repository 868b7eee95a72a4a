// Keeps the changing parts of a desk's page fresh, and its clocks running. Without this file one loads it again.
"use strict";

(() => {
  const EVERY = 800; // milliseconds: what changed is seen within a second
  const FIELDS = "input:not([type=hidden]), select, textarea";
  const script = document.getElementById("desk-script");
  const ahead = Number(script.dataset.now) * 1000 - Date.now();

  const two = (number) => String(number).padStart(2, "0");
  const tick = () => {
    const now = Date.now() + ahead;
    for (const time of document.querySelectorAll("[data-since]")) {
      const seconds = Math.max(0, Math.floor((now - Number(time.dataset.since) * 1000) / 1000));
      const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
      time.textContent = `${hours ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}`;
    }
  };

  // A press of a button or key that has begun in a part ends in it: until then the part stays as it is.
  let pressed = null;
  const begins = (event) => { pressed = event.target.closest?.("[data-part]"); };
  const ends = () => { setTimeout(() => { pressed = null; }); }; // after the click it makes
  for (const kind of ["pointerdown", "keydown"]) { document.addEventListener(kind, begins, true); }
  for (const kind of ["pointerup", "pointercancel", "keyup"]) { document.addEventListener(kind, ends, true); }
  window.addEventListener("blur", ends);

  // So does one that somebody types into or chooses from.
  const busy = (part) => {
    const at = document.activeElement;
    return part === pressed || (part.contains(at) && at.matches(`${FIELDS}`) && !["radio", "checkbox"].includes(at.type));
  };

  // What a link, button or field is, however the part around it changes: never merely which place it has.
  const nameOf = (one) => one.id || [
    one.tagName, one.getAttribute("href") ?? one.form?.getAttribute("action") ?? one.getAttribute("aria-label"), one.value,
  ].join(" ");
  const stops = (part) => [...part.querySelectorAll("a, button, summary, [tabindex], " + FIELDS)];

  const kept = (part) => {
    const filled = [...part.querySelectorAll(FIELDS)].map((one) => [one.id, one.value, one.checked]);
    const scrolled = [...part.querySelectorAll(".table-responsive")].map((one) => [nameOf(one), one.scrollLeft]);
    const focus = part.contains(document.activeElement) ? nameOf(document.activeElement) : "";
    return { filled, scrolled, focus };
  };

  const restore = (part, { filled, scrolled, focus }) => {
    for (const [id, value, checked] of filled) {
      const field = id && document.getElementById(id);
      if (!field) { continue; }
      if (field.type === "radio" || field.type === "checkbox") { field.checked = checked; continue; }
      if (field.tagName !== "SELECT" || [...field.options].some((one) => one.value === value)) { field.value = value; }
    }
    for (const [name, left] of scrolled) {
      const box = stops(part).find((one) => nameOf(one) === name);
      if (box) { box.scrollLeft = left; }
    }
    if (!focus) { return; }
    part.tabIndex = -1; // what had the focus may be gone: then one goes on from here
    (stops(part).find((one) => nameOf(one) === focus) ?? part).focus({ preventScroll: true });
  };

  // A part without what differs each time: the forms' tokens, and how long something has lasted.
  const content = (part) => part.innerHTML.replace(/(name="csrf_token" value=")[^"]*|(data-since="\d+">)[^<]*/g, "$1$2");
  const shown = new Map([...document.querySelectorAll("[data-part]")].map((part) => [part.id, content(part)]));

  const swap = (fresh) => {
    const part = document.getElementById(fresh.id);
    const told = content(fresh);
    if (!part || shown.get(part.id) === told) { return true; }
    if (busy(part)) { return false; }
    const before = kept(part);
    shown.set(part.id, told);
    if (fresh.dataset.title) { document.title = fresh.dataset.title; }
    if (part.id.startsWith("board")) { // what was told of the board as it was is not so any more
      for (const old of document.querySelectorAll(".alert-info[data-told]")) { old.remove(); }
    }
    part.replaceChildren(...document.importNode(fresh, true).childNodes);
    restore(part, before);
    return true;
  };

  // What is being written or chosen outlives the press of another form, which loads the page again: it is kept
  // for this tab alone, and without what is typed into a line, a code among it.
  const WRITTEN = "textarea[id], input[type=radio][id]";
  const drafts = `drafts ${document.querySelector("[data-poll]")?.dataset.poll.split("?")[0]}`;
  let sent = null;
  document.addEventListener("submit", (event) => { sent = event.target; });
  window.addEventListener("pagehide", () => {
    if (sent?.getAttribute("action") === "/ops/sign-out") { return; }
    const kept = [...document.querySelectorAll(WRITTEN)].filter((one) => one.type === "radio" || one.form !== sent);
    sessionStorage.setItem(drafts, JSON.stringify(kept.map((one) => [one.id, one.value, one.checked])));
  });
  for (const [id, value, checked] of JSON.parse(sessionStorage.getItem(drafts) ?? "[]")) {
    const field = document.getElementById(id);
    if (field?.matches("textarea")) { field.value ||= value; }
    if (field?.matches("input[type=radio]") && field.value === value && checked) { field.checked = true; }
  }

  const refresh = async (place, state) => {
    const headers = state.etag ? { "If-None-Match": state.etag } : {};
    const answer = await fetch(place.dataset.poll, { headers, cache: "no-store", redirect: "manual" });
    if (answer.type === "opaqueredirect" || answer.status === 403) { location.reload(); return; }
    place.classList.toggle("stale", answer.status >= 400);
    if (answer.status !== 200) { return; }
    const read = new DOMParser().parseFromString(await answer.text(), "text/html");
    const call = (page) => page.querySelector("[data-call]")?.dataset.call;
    if (call(read) !== call(place)) { location.reload(); return; } // who was called back answered: another call
    const done = [...read.querySelectorAll("[data-part]")].map(swap);
    state.etag = done.every(Boolean) ? answer.headers.get("ETag") : "";
    tick();
  };

  for (const place of document.querySelectorAll("[data-poll]")) {
    const state = { etag: "" };
    const again = async () => {
      try { await refresh(place, state); } catch { place.classList.add("stale"); }
      setTimeout(again, EVERY);
    };
    setTimeout(again, EVERY);
  }
  setInterval(tick, 1000);
  tick();
})();
