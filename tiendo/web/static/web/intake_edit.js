// What is typed into the form of a proposal stays in this browser until the server has it. A tab that was closed offers
// it again; leaving asks only while something is unsaved. Forms: <form data-keep="person-import-proposal">.
(() => {
  "use strict";
  const PREFIX = "tiendo:edit:";
  const SKIPPED = new Set(["csrfmiddlewaretoken", "xem"]);
  const unsaved = new Set();
  const review = document.getElementById("review");

  const typed = (form) => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !SKIPPED.has(name));
  // What the form was opened on ("seen") goes with a kept copy, but is nothing that a person typed.
  const words = (pairs) => JSON.stringify(pairs.filter(([n]) => n !== "seen").map(([n, v]) => [n, v.replace(/\r\n/g, "\n")]));
  const same = (one, other) => words(one) === words(other);
  function keep(form) {
    const name = form.closest(".proposal")?.querySelector("h3")?.textContent ?? document.title;
    try { localStorage.setItem(PREFIX + form.dataset.keep, JSON.stringify({ name, pairs: typed(form) })); } catch { /* full or refused: leaving still asks */ }
    unsaved.add(form.dataset.keep);
  }
  function copy(key) { try { return JSON.parse(localStorage.getItem(PREFIX + key)); } catch { return null; } }
  function forget(key) {
    unsaved.delete(key);
    try { localStorage.removeItem(PREFIX + key); } catch { /* nothing was kept */ }
  }
  function fill(form, pairs) {
    const given = new Map(pairs);
    for (const control of form.elements) {
      if (!control.name || SKIPPED.has(control.name) || control.type === "submit") continue;
      if (control.type === "checkbox") control.checked = given.has(control.name);
      else if (given.has(control.name)) control.value = given.get(control.name);
    }
  }

  function offer(form) {
    if ("theirs" in form.dataset) return keep(form); // somebody was quicker: what was typed stands here, still unsaved
    const found = copy(form.dataset.keep), bar = form.querySelector("[data-offer]");
    if (!found || !bar) return;
    if (same(found.pairs, typed(form))) return forget(form.dataset.keep);
    bar.hidden = false;
    bar.querySelector("[data-restore]").addEventListener("click", () => { fill(form, found.pairs); keep(form); bar.hidden = true; form.querySelector(".field :is(input, textarea, select)")?.focus(); });
    bar.querySelector("[data-forget]").addEventListener("click", () => { forget(form.dataset.keep); bar.hidden = true; });
  }

  // The review says which cards still have words that were never saved.
  function remind() {
    const bar = document.getElementById("kept"), start = review && `${PREFIX}${review.dataset.keep}-`;
    if (!bar) return;
    const saved = new URLSearchParams(location.search).get("luu");
    if (saved) forget(`${review.dataset.keep}-${saved}`);
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(start));
    bar.hidden = !keys.length;
    for (const key of keys) {
      const pk = key.slice(start.length), link = document.createElement("a");
      link.textContent = copy(key.slice(PREFIX.length))?.name ?? pk;
      link.href = document.querySelector(`#p${pk} [data-act=edit]`) ? `#p${pk}` : `?chon=${pk}#p${pk}`;
      link.addEventListener("click", () => setTimeout(() => document.querySelector(`#p${pk} [data-act=edit]`)?.click()));
      bar.querySelector("[data-list]").append(link);
    }
  }

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-keep]");
    if (form && !event.target.closest("[data-offer]")) keep(form);
  });
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-keep]");
    if (form) keep(form);
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-keep]:not([hx-post])")) unsaved.delete(event.target.dataset.keep);
  });
  document.addEventListener("proposal-saved", (event) => {
    if (review) forget(`${review.dataset.keep}-${event.detail.pk}`);
  });
  document.addEventListener("click", (event) => {
    const form = event.target.closest("[data-act=cancel]")?.closest("form[data-keep]");
    if (form) unsaved.delete(form.dataset.keep); // the copy stays and is offered when the form opens again
  });
  window.addEventListener("beforeunload", (event) => { if (unsaved.size) event.preventDefault(); });
  document.addEventListener("htmx:load", (event) => {
    const form = event.detail.elt.querySelector?.("form[data-keep]");
    if (form) offer(form);
  });
  document.querySelectorAll("form[data-keep]").forEach(offer);
  remind();
})();
