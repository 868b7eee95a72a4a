// Hours follow each other while somebody types. What a notation means is asked of the server, never decided here.
"use strict";

for (const form of document.querySelectorAll("[data-hours]")) {
  const notation = form.querySelector("#hours");
  let asked = 0;
  let waiting = 0;

  const later = (ask) => { clearTimeout(waiting); waiting = setTimeout(ask, 300); };

  const answer = async (query) => {
    const number = ++asked;
    const response = await fetch(`${form.dataset.hours}?${query}`, { headers: { Accept: "application/json" } });
    if (!response.ok || number !== asked) { return null; }
    return response.json();
  };

  const daysQuery = () => {
    const query = new URLSearchParams();
    for (const input of form.querySelectorAll("[data-slot] input")) { query.set(input.name, input.value); }
    return query;
  };

  // A faulty answer says so and leaves the other side as it was.
  const followNotation = async () => {
    const found = await answer(new URLSearchParams({ notation: notation.value }));
    if (!found) { return; }
    sayError(found.error);
    if (!found.error) { found.days.forEach((day, number) => { refill(number, day); }); }
  };

  const followDays = async () => {
    const found = await answer(daysQuery());
    if (!found) { return; }
    const faulty = found.days.some((day) => day.slots.some((slot) => slot.error));
    if (!faulty) { notation.value = found.notation; sayError(""); }
    found.days.forEach((day, number) => { say(number, day, faulty); });
  };

  const sayError = (sentence) => {
    form.querySelector("[data-error]").textContent = sentence;
    notation.classList.toggle("is-invalid", Boolean(sentence));
  };

  const row = (number) => form.querySelector(`[data-day="${number}"]`);

  const draw = (number, day) => {
    row(number).querySelector("[data-words]").textContent = day.words;
    const bar = row(number).querySelector("[data-bar]");
    for (const old of bar.querySelectorAll(".day-bar-open")) { old.remove(); }
    for (const [start, width] of day.bar) {
      const open = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      open.setAttribute("class", "day-bar-open");
      open.setAttribute("x", start);
      open.setAttribute("width", width);
      open.setAttribute("height", 100);
      bar.append(open);
    }
  };

  const slotAt = (number, place) => {
    const slots = row(number).querySelector("[data-slots]");
    while (slots.children.length <= place) {
      const next = slots.children.length;
      const copy = slots.lastElementChild.cloneNode(true);
      for (const part of copy.querySelectorAll("[id], [for], [name]")) { renumber(part, `${number}-${next}`); }
      for (const label of copy.querySelectorAll("label")) {
        label.textContent = label.textContent.replace(/\d+/, String(next + 1));
      }
      slots.append(copy);
      fill(copy, { from: "", to: "", ends: "", error: "" });
    }
    return slots.children[place];
  };

  const renumber = (part, place) => {
    for (const name of ["id", "for", "name", "aria-describedby"]) {
      const text = part.getAttribute(name);
      if (text) { part.setAttribute(name, text.replace(/\d+-\d+$/, place)); }
    }
  };

  const fill = (slot, given) => {
    const [from, to] = slot.querySelectorAll("input");
    from.value = given.from;
    to.value = given.to;
    sayAt(slot, given);
  };

  const sayAt = (slot, given) => {
    const said = slot.querySelector("[data-said]");
    said.textContent = given.error || given.ends;
    said.classList.toggle("invalid-feedback", Boolean(given.error));
    said.classList.toggle("d-block", Boolean(given.error));
    for (const input of slot.querySelectorAll("input")) {
      input.classList.toggle("is-invalid", Boolean(given.error));
      if (given.error) { input.setAttribute("aria-invalid", "true"); } else { input.removeAttribute("aria-invalid"); }
    }
  };

  // The notation was typed: the days are written anew, one empty line after the last.
  const refill = (number, day) => {
    draw(number, day);
    day.slots.forEach((slot, place) => { fill(slotAt(number, place), slot); });
    const slots = row(number).querySelector("[data-slots]");
    while (slots.children.length > day.slots.length) { slots.lastElementChild.remove(); }
  };

  // Times were typed: what somebody is typing stays as it is, only words, bars and a new empty line come.
  const say = (number, day, faulty) => {
    if (!faulty) { draw(number, day); }
    const filled = [...row(number).querySelectorAll("[data-slot]")].filter((slot) =>
      [...slot.querySelectorAll("input")].some((input) => input.value.trim()));
    const told = byTimes(day);
    filled.forEach((slot, place) => { sayAt(slot, told(slot, place)); });
    if (filled.length === row(number).querySelectorAll("[data-slot]").length) { slotAt(number, filled.length); }
  };

  // The server gives windows in order of time; a faulty answer gives them as they were typed.
  const byTimes = (day) => (slot, place) => {
    const [from, to] = [...slot.querySelectorAll("input")].map((input) => input.value.trim().padStart(5, "0"));
    return day.slots.find((one) => one.from === from && one.to === to)
      || (day.slots[place] && day.slots[place].error ? day.slots[place] : { ends: "", error: "" });
  };

  form.addEventListener("input", (event) => {
    later(event.target === notation ? followNotation : followDays);
  });
}

// Only the chosen kind of hours is shown.
const kinds = document.querySelectorAll("[name=by]");
const choose = () => {
  const chosen = document.querySelector("[name=by]:checked");
  for (const part of document.querySelectorAll("[data-by]")) { part.hidden = Boolean(chosen) && part.dataset.by !== chosen.value; }
};
for (const kind of kinds) { kind.addEventListener("change", choose); }
choose();
