// The source stands in a box of its own. The passage of the card under the pointer or the focus is lit in it, its words
// marked, and brought into view, without asking the server. On a narrow screen one of the two is shown at a time.
(() => {
  "use strict";
  const WAIT = 60; // the pointer rests so long on a card before its passage is lit
  const review = document.getElementById("review");
  const box = document.getElementById("source");
  if (!review || !box) return;
  let lit = [...box.querySelectorAll(".cited")], shown = null, timer = 0;

  function unmark(line) {
    line.classList.remove("cited");
    for (const mark of line.querySelectorAll("mark")) {
      const parent = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      parent.normalize();
    }
  }

  function markWords(line, quote) {
    const walker = document.createTreeWalker(line.querySelector(".line-text"), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.parentNode.closest("mark, .raw") ? -1 : node.data.indexOf(quote);
      if (at < 0) continue;
      const words = node.splitText(at);
      words.splitText(quote.length);
      const mark = document.createElement("mark");
      words.replaceWith(mark);
      mark.append(words);
      return;
    }
  }

  function passage(card) {
    const [first, last] = (card.dataset.lines || "").split("-").map(Number);
    const lines = [];
    for (let n = first; n <= last; n += 1) lines.push(document.getElementById(`l${n}`));
    return lines.filter(Boolean);
  }

  function bring(line) {
    if (!line) return;
    const place = line.getBoundingClientRect(), frame = box.getBoundingClientRect();
    const isInside = place.top >= frame.top + 16 && place.bottom <= frame.bottom - 16;
    if (!isInside) box.scrollTop += place.top - frame.top - frame.height / 4;
  }

  function light(card) {
    if (shown === card) return;
    shown = card;
    lit.forEach(unmark);
    lit = passage(card);
    const quotes = (card.dataset.quotes || "").split("\n").filter(Boolean).sort((a, b) => b.length - a.length);
    for (const line of lit) {
      line.classList.add("cited");
      quotes.forEach((quote) => markWords(line, quote));
    }
    bring(lit[0]);
    review.querySelectorAll(".is-shown").forEach((other) => other.classList.remove("is-shown"));
    card.classList.add("is-shown");
  }

  function view(name) {
    review.dataset.view = name;
    document.querySelectorAll(".view-switch button").forEach((b) => b.setAttribute("aria-pressed", String(b.dataset.view === name)));
    if (name === "source") bring(lit[0]);
    else shown?.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("focusin", (event) => {
    const card = event.target.closest("#list .proposal");
    if (card) light(card);
  });
  document.addEventListener("mousemove", (event) => {
    if (!event.movementX && !event.movementY) return; // the page moved under a resting pointer
    clearTimeout(timer);
    const card = event.target.closest("#list .proposal");
    if (!card || document.activeElement?.closest(".is-editing")) return;
    timer = setTimeout(() => light(card), WAIT);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-act=show]"), button = event.target.closest(".view-switch button");
    if (button) view(button.dataset.view);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const card = link.closest(".proposal");
    if (!passage(card).length) return; // the line is not among those on this page: let the server bring it
    event.preventDefault();
    light(card);
    view("source");
  });

  document.querySelectorAll(".view-switch").forEach((bar) => { bar.hidden = false; });
  review.classList.add("switched");
  const first = lit[0] ?? passage(document.querySelector("#list .proposal[data-lines]:not([data-lines=''])") ?? review)[0];
  if (first) box.scrollTop += first.getBoundingClientRect().top - box.getBoundingClientRect().top - 24;
})();
