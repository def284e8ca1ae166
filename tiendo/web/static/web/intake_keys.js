// The review by keyboard: move between cards, accept, leave out, mend. Every key does what a button on the card does;
// single letters can be switched off. A decision is sent in the background and the card alone is drawn anew.
(() => {
  "use strict";
  const review = document.getElementById("review"), help = document.getElementById("keys");
  const letters = document.getElementById("letters");
  if (!review || !window.htmx) return;
  const decide = document.getElementById("decide");
  const AT = `tiendo:at:${review.dataset.keep}:${new URLSearchParams(location.search).get("loai") ?? ""}`;
  const LETTERS = "tiendo:letters";
  const kept = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
  const keep = (name, value) => { try { localStorage.setItem(name, value); } catch { /* not kept: nothing else depends on it */ } };
  let now = null;

  const cards = () => [...document.querySelectorAll("#list .proposal")].filter((card) => !card.closest("details:not([open])"));
  const here = () => document.activeElement?.closest("#list .proposal") ?? (now && document.getElementById(now));
  function say(words) {
    const line = document.getElementById("said");
    line.textContent = "";
    setTimeout(() => { line.textContent = words; }, 50); // the same words twice are said twice
  }
  function trouble(words) {
    const box = document.getElementById("trouble");
    box.hidden = !words;
    box.querySelector("p").textContent = words;
  }

  function go(card) {
    now = card.id;
    keep(AT, card.dataset.pk);
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  }
  function move(step) {
    const all = cards(), at = all.indexOf(here());
    const next = at < 0 ? all[0] : all[at + step];
    if (next) return go(next);
    const page = document.querySelector(`#list .pager a[rel=${step > 0 ? "next" : "prev"}]`);
    if (page && at >= 0) page.click();
    else say(step > 0 ? review.dataset.last : review.dataset.first);
  }

  async function put(card, verb, url, values) {
    card.classList.add("htmx-request");
    await window.htmx.ajax(verb, url, { source: card, target: card, swap: "outerHTML", values });
    return document.getElementById(card.id);
  }
  async function send(button) {
    const card = button.closest(".proposal"), name = card.querySelector("h3, p[id]")?.textContent.slice(0, 60) ?? "";
    const decision = button.value.split("-")[0];
    await put(card, "POST", decide.action, { mot: button.value, xem: decide.elements.xem.value });
    if (!card.isConnected) say(`${review.dataset[decision]}: ${name}`);
  }
  function choose(card, act) {
    const button = card.querySelector(`[data-act=${act}]`);
    if (button && button.getAttribute("aria-pressed") !== "true") button.click();
    if (button) move(1);
  }
  function edit(link) {
    const card = link.closest(".proposal");
    now = card.id;
    put(card, "GET", link.getAttribute("href"), { xem: decide.elements.xem.value });
  }
  document.addEventListener("htmx:load", (event) => {
    const card = event.detail.elt;
    if (!card.matches?.(".is-editing")) return;
    card.scrollIntoView({ block: card.querySelector(".message-error") ? "nearest" : "start" });
    card.querySelector("[aria-invalid=true], .field :is(input, textarea, select)")?.focus({ preventScroll: true });
  });

  const press = (act) => (card) => card.querySelector(`[data-act=${act}]`)?.click();
  const LETTER = {
    j: () => move(1),
    k: () => move(-1),
    x: (card) => choose(card, "reject"),
    u: (card) => card.querySelector("[data-act][aria-pressed=true]")?.click(),
    e: press("edit"), s: press("split"), m: press("merge"), l: press("link"),
    "/": () => { const field = document.getElementById("tim"); field.closest("details").open = true; field.focus(); },
    "?": () => help.showModal(),
  };
  const ALONE = new Set(["j", "k", "/", "?"]); // these need no card

  function inForm(event, card) {
    if (event.key === "Escape") press("cancel")(card);
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) card.querySelector("form").requestSubmit();
    else return;
    event.preventDefault();
  }
  document.addEventListener("keydown", (event) => {
    const target = event.target, card = here();
    if (event.isComposing || help.open) return;
    const editing = target.closest(".is-editing");
    if (editing) return inForm(event, editing);
    if (event.ctrlKey || event.metaKey || event.altKey || target.matches("input, textarea, select, [contenteditable]")) return;
    const onCard = target.closest("#list .proposal");
    const act = LETTER[event.key];
    if (onCard && event.key === "ArrowDown") move(1);
    else if (onCard && event.key === "ArrowUp") move(-1);
    else if (event.key === "Enter" && target === onCard) choose(card, "accept");
    else if (act && letters.checked && (card || ALONE.has(event.key))) act(card);
    else return;
    event.preventDefault();
  });

  document.addEventListener("submit", (event) => {
    if (event.target !== decide || event.submitter?.name !== "mot") return;
    event.preventDefault();
    send(event.submitter);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("#list [data-act=edit], #list [data-act=cancel]");
    if (!link || !decide || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link.dataset.act === "edit") edit(link);
    else put(link.closest(".proposal"), "GET", link.getAttribute("href"), {}).then((card) => card && go(card));
  });
  document.addEventListener("focusin", (event) => {
    const card = event.target.closest("#list .proposal");
    if (!card) return;
    now = card.id;
    keep(AT, card.dataset.pk);
  });
  document.addEventListener("proposal-saved", (event) => {
    const { pk, others } = event.detail, others_words = others ? `. ${review.dataset.others.replace("{n}", others)}` : "";
    if (others === undefined) return;
    say(review.dataset.saved + others_words);
    now = `p${pk}`;
    document.addEventListener("htmx:afterSettle", () => {
      if (!others) return move(1);
      window.htmx.ajax("GET", location.href, { source: review, target: "#list", select: "#list", swap: "outerHTML" }).then(() => move(1));
    }, { once: true });
  });

  // An answer from another address is the sign-in page or an error page: it does not belong into a card.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const asked = new URL(event.detail.pathInfo.requestPath, location.href).pathname;
    const given = new URL(event.detail.xhr.responseURL || location.href, location.href).pathname;
    if (asked === given && event.detail.xhr.status < 400) return trouble("");
    event.detail.shouldSwap = false;
    trouble(review.dataset.failed);
  });
  for (const name of ["htmx:sendError", "htmx:timeout"]) document.addEventListener(name, () => trouble(review.dataset.failed));

  letters.checked = kept(LETTERS) !== "off";
  letters.addEventListener("change", () => keep(LETTERS, letters.checked ? "on" : "off"));
  document.querySelectorAll("[data-open-keys]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => help.showModal());
  });
  const before = document.getElementById(`p${kept(AT)}`);
  if (before && !location.hash) go(before);
  else cards()[0]?.setAttribute("tabindex", "0");
})();
