// The review by keyboard: j and k move between items, a accepts, r opens the return. Every key does what a button does.
(() => {
  "use strict";
  const list = document.querySelector("[data-review]");
  if (!list) return;
  document.querySelectorAll(".review-keys").forEach((line) => { line.hidden = false; });
  const items = () => [...list.querySelectorAll(".review-item")];
  const here = () => document.activeElement?.closest(".review-item");

  function move(step) {
    const all = items(), at = all.indexOf(here());
    const next = at < 0 ? all[0] : all[at + step];
    if (!next) return;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "start" });
  }
  function back(item) {
    const details = item.querySelector("details[data-act=return]");
    if (!details) return;
    details.open = true;
    details.querySelector("input[type=checkbox], textarea")?.focus();
  }
  const KEYS = {
    j: () => move(1),
    k: () => move(-1),
    a: (item) => item?.querySelector("button[data-act=accept]")?.click(),
    r: (item) => item && back(item),
  };
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    const act = KEYS[event.key];
    if (!act) return;
    event.preventDefault();
    act(here());
  });
})();
