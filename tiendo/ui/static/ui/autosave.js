// Autosave: <form data-autosave-url="…"> with {% autosave_status %} inside. Nothing typed is ever lost:
// a copy stays in this browser until the server has said that it holds the same words.
// What the server may answer stands in the cookbook. A page that does more with it listens on the form for
// "autosave:answer" (detail: {status, reply, sent}) and may ask with "autosave:now" and "autosave:resume".
(() => {
  "use strict";
  const WAIT = 1500, SLOW = 6000, MOST = 30000, RETRY_FIRST = 3000, RETRY_MOST = 60000;
  const SKIPPED = new Set(["csrfmiddlewaretoken"]);
  const MOVED = new Set(["version", "base"]); // moved by the server, not typed

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

  const words = (pairs) => JSON.stringify(pairs.filter(([name]) => !MOVED.has(name)).map(([name, value]) => [name, value.replace(/\r\n/g, "\n").trim()]));
  const said = (pairs, wanted) => (pairs.find(([name]) => name === wanted) || [])[1];

  function fill(form, pairs) {
    const left = new Map();
    for (const [name, value] of pairs) left.set(name, [...(left.get(name) || []), value]);
    for (const control of form.elements) {
      if (!control.name || MOVED.has(control.name) || SKIPPED.has(control.name) || control.type === "file") continue;
      const values = left.get(control.name) || [];
      if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
      else if (control.type === "select-multiple") [...control.options].forEach((option) => { option.selected = values.includes(option.value); });
      else if (values.length && control.type !== "submit") control.value = values.shift();
    }
    // Without a base the server cannot tell what is newer, and then the page's own version stands.
    if (said(pairs, "base") && form.elements.base) MOVED.forEach((name) => { form.elements[name].value = said(pairs, name); });
  }

  function watch(form) {
    const url = form.dataset.autosaveUrl, key = "tiendo:" + (form.dataset.autosaveKey || url);
    const status = form.querySelector("[data-autosave-status]"), offer = form.querySelector("[data-autosave-offer]");
    let timer = 0, sending = false, edited = false, stopped = false, signedOut = false, retry = RETRY_FIRST;
    let earlier = null; // a copy still on offer

    function say(state, detail) {
      if (!status) return;
      status.dataset.state = state;
      status.textContent = detail || (status.dataset[state] || "").replace("{time}", clock());
    }
    function signIn() {
      const link = document.createElement("a");
      link.href = form.dataset.signIn;
      link.textContent = status.dataset.signIn;
      status.append(" ", link);
    }
    function keep(extra) {
      try { localStorage.setItem(key, JSON.stringify({ pairs: typed(form), signedOut, ...extra })); } catch { /* storage full or refused: the server copy remains */ }
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
      const sent = typed(form), cut = new AbortController();
      const slow = setTimeout(() => say("slow"), SLOW), end = setTimeout(() => cut.abort(), MOST);
      sending = true; edited = false;
      say("saving");
      try {
        const token = form.elements.csrfmiddlewaretoken;
        const answer = await fetch(url, { method: "POST", body: body(form), credentials: "same-origin", headers: { "X-CSRFToken": token ? token.value : "", Accept: "application/json" }, signal: cut.signal, ...options });
        await settle(answer, sent);
        retry = RETRY_FIRST;
      } catch {
        edited = true;
        wait = retry;
        retry = Math.min(retry * 2, RETRY_MOST);
        say("failed");
      }
      clearTimeout(slow); clearTimeout(end);
      sending = false;
      if (edited && !stopped) later(wait);
    }

    async function settle(answer, sent) {
      const json = (answer.headers.get("Content-Type") || "").includes("json");
      const reply = json ? await answer.json() : {};
      if (answer.redirected || answer.status === 401 || answer.status === 403) {
        edited = stopped = signedOut = true;
        keep();
        say("signedOut");
        if (status && form.dataset.signIn) signIn();
        return;
      }
      if (answer.status === 409) { stopped = true; say("failed", reply.message); return tell(answer, reply, sent); }
      if (answer.status === 400 || answer.status === 422) return say("failed", reply.message); // wrong words: wait for the next edit
      if (!answer.ok || !json) throw new Error("not saved");
      if (tell(answer, reply, sent)) hold(reply);
      const wrong = Object.keys(reply.fields || {}).length;
      if (edited || wrong) keep(); else forget();
      say(wrong ? "partly" : "saved");
    }
    // False when the page does not take the answer's new version, because more was typed over what it brings.
    const tell = (answer, reply, sent) => form.dispatchEvent(new CustomEvent("autosave:answer", { cancelable: true, detail: { status: answer.status, reply, sent } }));
    function hold(reply) {
      if (reply.version !== undefined && form.elements.version) form.elements.version.value = reply.version;
      for (const [name, value] of Object.entries(reply.hold || {})) if (form.elements[name]) form.elements[name].value = value;
    }

    function touched(event) {
      if (event && event.target.closest("[data-autosave-offer]")) return;
      edited = true;
      keep();
      later(WAIT);
    }
    function leave() { // a request under way dies with the page: send again
      edited = edited || sending;
      sending = false;
      save({ keepalive: true });
    }

    function offerKept() {
      const copy = kept(), now = typed(form);
      if (!copy || !copy.pairs) return;
      const accepted = copy.submitted && said(copy.pairs, "version") !== said(now, "version");
      if (accepted || words(copy.pairs) === words(now) || !offer) return forget();
      const decide = () => { earlier = null; offer.hidden = true; };
      const restore = () => { decide(); fill(form, copy.pairs); form.dispatchEvent(new Event("autosave:filled")); touched(); };
      earlier = copy;
      if (copy.signedOut && form.dataset.signIn) return restore(); // signed in again: the words come back by themselves
      offer.hidden = false;
      offer.querySelector("[data-restore]").addEventListener("click", restore);
      offer.querySelector("[data-discard]").addEventListener("click", () => { decide(); if (!edited) forget(); });
    }

    form.addEventListener("input", touched);
    form.addEventListener("change", touched);
    form.addEventListener("submit", () => { keep({ submitted: true }); stopped = true; clearTimeout(timer); });
    form.addEventListener("autosave:now", () => { if (!stopped) edited = true; save(); });
    form.addEventListener("autosave:resume", () => { stopped = false; touched(); });
    window.addEventListener("online", () => { retry = RETRY_FIRST; save(); });
    window.addEventListener("pagehide", leave);
    document.addEventListener("visibilitychange", () => document.hidden && save({ keepalive: true }));
    offerKept();
  }

  document.querySelectorAll("form[data-autosave-url]").forEach(watch);
})();
