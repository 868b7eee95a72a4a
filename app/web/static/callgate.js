// Comfort only: every page works without this file.
"use strict";

// A form that was sent is not sent twice by an impatient second click.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) { event.preventDefault(); return; }
  if (form.method === "post") { form.dataset.sent = "1"; }
  if (form.getAttribute("action") === "/ops/sign-out") { sessionStorage.clear(); } // what was being written
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) { delete form.dataset.sent; }
});
