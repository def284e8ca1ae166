// Autosave: <form data-autosave-url="…"> with {% autosave_status %} inside. Nothing typed is ever lost:
// a copy stays in this browser until the server has said that it holds the same words.
// The server answers 2xx with JSON {"version": n} (optional), 409 with {"message": "…"} when somebody else was first.
(() => {
  "use strict";
  const WAIT = 1500, RETRY = 10000;
  const SKIPPED = new Set(["csrfmiddlewaretoken"]);

  const clock = () => new Intl.DateTimeFormat("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" }).format(new Date());

  function typed(form) {
    const pairs = [];
    for (const [name, value] of new FormData(form)) if (typeof value === "string" && !SKIPPED.has(name)) pairs.push([name, value]);
    return pairs;
  }

  function body(form) {
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (typeof value !== "string") data.delete(name); // files go with the real submit
    return data;
  }

  // Everything but the version field, which the server moves by itself.
  const words = (pairs) => JSON.stringify(pairs.filter(([name]) => name !== "version").map(([name, value]) => [name, value.replace(/\r\n/g, "\n").trim()]));
  const version = (pairs) => (pairs.find(([name]) => name === "version") || [])[1];

  function fill(form, pairs) {
    const left = new Map();
    for (const [name, value] of pairs) left.set(name, [...(left.get(name) || []), value]);
    for (const control of form.elements) {
      if (!control.name || control.name === "version" || SKIPPED.has(control.name) || control.type === "file") continue;
      const values = left.get(control.name) || [];
      if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
      else if (control.type === "select-multiple") [...control.options].forEach((option) => { option.selected = values.includes(option.value); });
      else if (values.length && control.type !== "submit") control.value = values.shift();
    }
  }

  function watch(form) {
    const url = form.dataset.autosaveUrl, key = "tiendo:" + (form.dataset.autosaveKey || url);
    const status = form.querySelector("[data-autosave-status]"), offer = form.querySelector("[data-autosave-offer]");
    let timer = 0, sending = false, edited = false, stopped = false, earlier = null; // earlier: a copy still on offer

    function say(state, detail) {
      if (!status) return;
      status.dataset.state = state;
      status.textContent = detail || (status.dataset[state] || "").replace("{time}", clock());
    }
    function keep(extra) {
      try { localStorage.setItem(key, JSON.stringify({ pairs: typed(form), ...extra })); } catch { /* storage full or refused: the server copy remains */ }
    }
    function forget() {
      try { if (earlier) localStorage.setItem(key, JSON.stringify(earlier)); else localStorage.removeItem(key); } catch { /* nothing was kept */ }
    }
    function kept() { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } }
    function later(wait) { clearTimeout(timer); timer = setTimeout(() => save(), wait); }

    async function save(options) {
      clearTimeout(timer);
      if (sending || !edited || stopped) return;
      let wait = WAIT;
      sending = true; edited = false;
      say("saving");
      try {
        const token = form.elements.csrfmiddlewaretoken;
        const answer = await fetch(url, { method: "POST", body: body(form), credentials: "same-origin", headers: { "X-CSRFToken": token ? token.value : "", Accept: "application/json" }, ...options });
        await settle(answer);
      } catch {
        edited = true;
        wait = RETRY;
        say("failed");
      }
      sending = false;
      if (edited && !stopped) later(wait);
    }

    async function settle(answer) {
      const json = (answer.headers.get("Content-Type") || "").includes("json");
      const reply = json ? await answer.json() : {};
      if (answer.redirected || answer.status === 401 || answer.status === 403) { edited = true; stopped = true; return say("signedOut"); }
      if (answer.status === 409) { stopped = true; return say("failed", reply.message); }
      if (answer.status === 400 || answer.status === 422) return say("failed", reply.message); // wrong words: wait for the next edit
      if (!answer.ok || !json) throw new Error("not saved");
      if (reply.version !== undefined && form.elements.version) form.elements.version.value = reply.version;
      if (edited) keep(); else forget();
      say("saved");
    }

    function touched(event) {
      if (event && event.target.closest("[data-autosave-offer]")) return;
      edited = true;
      keep();
      later(WAIT);
    }
    function leave() { sending = false; save({ keepalive: true }); } // a request under way dies with the page: send again

    function offerKept() {
      const copy = kept(), now = typed(form);
      if (!copy || !copy.pairs) return;
      const accepted = copy.submitted && version(copy.pairs) !== version(now);
      if (accepted || words(copy.pairs) === words(now) || !offer) return forget();
      const decide = () => { earlier = null; offer.hidden = true; };
      earlier = copy;
      offer.hidden = false;
      offer.querySelector("[data-restore]").addEventListener("click", () => { decide(); fill(form, copy.pairs); touched(); });
      offer.querySelector("[data-discard]").addEventListener("click", () => { decide(); if (!edited) forget(); });
    }

    form.addEventListener("input", touched);
    form.addEventListener("change", touched);
    form.addEventListener("submit", () => { keep({ submitted: true }); stopped = true; clearTimeout(timer); });
    window.addEventListener("online", () => save());
    window.addEventListener("pagehide", leave);
    document.addEventListener("visibilitychange", () => document.hidden && save({ keepalive: true }));
    offerKept();
  }

  document.querySelectorAll("form[data-autosave-url]").forEach(watch);
})();
