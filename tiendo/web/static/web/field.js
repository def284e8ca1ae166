// Findings written where the link is poor. Words and photos are kept in this browser (IndexedDB) from the first letter
// and forgotten only when the server has answered that it has them. Each finding and each photo carries a key made
// here: sent twice, it is one. Drafts are shown to the person who wrote them alone. Without scripts the form sends itself.
(() => {
  "use strict";
  const area = document.querySelector("[data-field-drafts]");
  if (!area || !window.indexedDB) return;
  const form = document.querySelector("[data-field-form]"), say = area.dataset, user = say.user;
  const said = area.querySelector("[data-said]"), list = area.querySelector("[data-list]"), again = area.querySelector("[data-again]");
  const RETRY = 20000;
  let busy = false, sentSome = false;

  // The store
  const opened = new Promise((good, bad) => {
    const request = indexedDB.open("tiendo-field", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("drafts", { keyPath: "key" });
    request.onsuccess = () => good(request.result);
    request.onerror = () => bad(request.error);
  });
  async function store(mode, act) {
    const base = await opened;
    return new Promise((good, bad) => {
      const change = base.transaction("drafts", mode), request = act(change.objectStore("drafts"));
      change.oncomplete = () => good(request.result);
      change.onerror = change.onabort = () => bad(change.error);
    });
  }
  const put = (draft) => store("readwrite", (drafts) => drafts.put(draft));
  const drop = (key) => store("readwrite", (drafts) => drafts.delete(key));
  const all = async () => (await store("readonly", (drafts) => drafts.getAll())).filter((each) => each.user === user).sort((a, b) => a.at - b.at);

  function uuid() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  // What is kept, shown
  async function show() {
    const drafts = (await all()).filter((each) => each.state !== "writing");
    list.replaceChildren(...drafts.map(row));
    area.hidden = !drafts.length && !sentSome;
    if (!drafts.length && sentSome) { said.textContent = say.sent; again.hidden = true; }
    return drafts;
  }
  function row(draft) {
    const item = document.createElement("li"), words = document.createElement("p"), state = document.createElement("p");
    words.textContent = draft.fields.text.slice(0, 160);
    const photos = draft.photos.length ? ` · ${draft.photos.length} ${say.photos}` : "";
    state.className = "small muted";
    state.textContent = (draft.state === "refused" ? `${say.refused} ${draft.said}` : say.waiting) + photos;
    item.append(words, state);
    if (draft.state === "refused") {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "quiet small";
      button.textContent = say.drop;
      button.addEventListener("click", async () => {
        if (!window.confirm(say.really)) return;
        await drop(draft.key);
        await show();
      });
      item.append(button);
    }
    return item;
  }

  // Sending
  const token = () => document.querySelector("[data-field-token] input").value;
  async function post(url, values) {
    const data = new FormData();
    data.append("csrfmiddlewaretoken", token());
    for (const [name, value, file] of values) if (file) data.append(name, value, file); else data.append(name, value);
    let answer;
    try { answer = await fetch(url, { method: "POST", body: data, headers: { Accept: "application/json" }, redirect: "manual", credentials: "same-origin" }); } catch { return { met: "offline" }; }
    if (answer.type === "opaqueredirect") return { met: "signedOut" };
    let reply = null;
    try { reply = await answer.json(); } catch { /* a page, not an answer */ }
    if (answer.ok && reply) return { met: "done", reply };
    if (reply && reply.message && [403, 422].includes(answer.status)) return { met: "refused", said: reply.message };
    return { met: answer.status === 403 ? "stale" : "offline" };
  }
  async function sendWords(draft) {
    const fields = Object.entries(draft.fields).filter(([, value]) => value !== "");
    const answer = await post(draft.url, [["draft_key", draft.key], ...fields]);
    if (answer.met === "done") {
      draft.photosUrl = answer.reply.photos;
      await put(draft);
    }
    return answer;
  }
  async function sendPhotos(draft) {
    while (draft.photos.length) {
      const photo = draft.photos[0];
      const answer = await post(draft.photosUrl, [["draft_key", photo.key], ["file", photo.blob, photo.name]]);
      if (answer.met === "refused") answer.said = `${photo.name}: ${answer.said}`;
      if (answer.met !== "done") return answer;
      draft.photos.shift();
      await put(draft);
    }
    return { met: "done" };
  }
  async function send(draft) {
    const words = draft.photosUrl ? { met: "done" } : await sendWords(draft);
    return words.met === "done" ? sendPhotos(draft) : words;
  }
  async function flush() {
    if (busy) return;
    busy = true;
    try {
      for (const draft of await all()) {
        if (draft.state !== "waiting") continue;
        said.textContent = say.sending;
        const answer = await send(draft);
        if (answer.met === "done") {
          await drop(draft.key);
          sentSome = true;
        } else if (answer.met === "refused") {
          await put({ ...draft, state: "refused", said: answer.said });
        } else {
          tell(answer.met);
          break;
        }
      }
    } finally {
      busy = false;
      await show();
    }
  }
  function tell(met) {
    said.textContent = say[met];
    again.hidden = met !== "signedOut";
    if (again.hidden) return;
    const link = document.createElement("a");
    link.href = say.signIn;
    link.textContent = say.signInWords;
    again.replaceChildren(link);
  }
  window.addEventListener("online", flush);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) flush(); });
  setInterval(async () => { if (!document.hidden && (await all()).some((each) => each.state === "waiting")) flush(); }, RETRY);

  // Writing
  async function write() {
    const inputs = form.elements, photos = form.querySelector("[data-photos]"), note = form.querySelector("[data-writing]");
    const NAMES = ["text", "about"];
    let draft = fresh(), timer = null;
    function fresh() { return { key: uuid(), user, url: form.action || location.pathname, inspection: form.dataset.inspection, at: Date.now(), state: "writing", fields: {}, photos: [] }; }
    function read() {
      const fields = Object.fromEntries(NAMES.map((name) => [name, inputs[name].value]));
      fields.weight = inputs.weight.value;
      fields.contradicts = inputs.contradicts.checked ? "on" : "";
      fields.seen_at = draft.fields.seen_at || new Date().toISOString();
      draft.fields = fields;
    }
    function fill() {
      for (const name of NAMES) inputs[name].value = draft.fields[name] ?? "";
      for (const choice of inputs.weight) choice.checked = choice.value === draft.fields.weight;
      inputs.contradicts.checked = draft.fields.contradicts === "on";
    }
    function showPhotos() {
      photos.replaceChildren(...draft.photos.map((photo) => {
        const item = document.createElement("li"), name = document.createElement("span"), button = document.createElement("button");
        name.textContent = photo.name;
        button.type = "button";
        button.className = "quiet";
        button.textContent = form.dataset.remove;
        button.setAttribute("aria-label", `${form.dataset.remove} ${photo.name}`);
        button.addEventListener("click", () => { draft.photos = draft.photos.filter((each) => each !== photo); showPhotos(); keep(); });
        item.append(name, button);
        return item;
      }));
    }
    async function keep() {
      read();
      try {
        await put(draft);
        note.textContent = form.dataset.kept;
      } catch { note.textContent = say.full; }
    }
    function add(input) {
      for (const file of input.files) {
        if (file.size > Number(form.dataset.most)) note.textContent = `${file.name}: ${form.dataset.large}`;
        else draft.photos.push({ key: uuid(), name: file.name, blob: file });
      }
      input.value = "";
      showPhotos();
      keep();
    }
    const before = (await all()).find((each) => each.state === "writing" && each.inspection === draft.inspection);
    if (before) {
      draft = before;
      fill();
      showPhotos();
    }
    form.addEventListener("input", (event) => {
      if (event.target.type === "file") return;
      clearTimeout(timer);
      timer = setTimeout(keep, 200);
    });
    form.querySelector("[data-capture]").hidden = false;
    for (const input of form.querySelectorAll("input[type=file]")) input.addEventListener("change", () => add(input));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      clearTimeout(timer);
      read();
      const whole = draft;
      try { await put({ ...whole, state: "waiting" }); } catch { note.textContent = say.full; return; }
      draft = fresh();
      fill();
      showPhotos();
      note.textContent = "";
      window.navigator.storage?.persist?.();
      await show();
      if (!navigator.onLine) said.textContent = say.offline;
      area.scrollIntoView({ block: "nearest" });
      await flush();
    });
  }

  opened.then(async () => {
    if (form) await write();
    await show();
    await flush();
  }, () => { /* a browser that keeps nothing: the form sends itself */ });
})();
