// The editor of one task: fields that do not apply fold away, what is wrong or unusual is said beside its field,
// a colleague's newer words come in, and what both changed is chosen field by field. Ctrl+S saves, Ctrl+Enter goes on.
(() => {
  "use strict";
  const form = document.querySelector("form.entry-form");
  if (!form) return;
  const rows = [...form.querySelectorAll("[data-row]")], panel = form.querySelector("[data-panel]");
  const taken = form.querySelector("[data-taken]"), state = form.elements.state;
  const ask = (name) => form.dispatchEvent(new Event(name));

  // Fields for another state, as long as they are empty
  function fold() {
    if (state.value === "completed") document.querySelector("[data-fold=completed]").open = true;
    for (const row of rows) {
      const control = form.elements[row.dataset.row];
      if (row.dataset.when) row.hidden = row.dataset.when !== state.value && !control.value;
    }
  }

  // What is said beside a field
  function sentences(list, words) {
    list.replaceChildren(...words.map((sentence) => {
      const item = document.createElement("li");
      item.textContent = sentence;
      return item;
    }));
    list.hidden = !words.length;
  }
  function mark(row, words) {
    const field = row.querySelector(".field"), control = form.elements[row.dataset.row];
    let list = field.querySelector("ul.errorlist");
    if (!list && !words.length) return;
    if (!list) {
      list = document.createElement("ul");
      list.className = "errorlist";
      list.id = `${control.id}_error`;
      control.before(list);
    }
    sentences(list, words);
    field.classList.toggle("field-error", words.length > 0);
    if (words.length) control.setAttribute("aria-invalid", "true"); else control.removeAttribute("aria-invalid");
    const others = (control.getAttribute("aria-describedby") || "").split(" ").filter((id) => id && id !== list.id);
    const described = words.length ? [...others, list.id] : others;
    if (described.length) control.setAttribute("aria-describedby", described.join(" ")); else control.removeAttribute("aria-describedby");
  }
  function say(reply) {
    const wrong = reply.fields || {}, hints = reply.hints || {};
    for (const row of rows) {
      mark(row, wrong[row.dataset.row] || []);
      sentences(row.querySelector("[data-hints]"), wrong[row.dataset.row] ? [] : hints[row.dataset.row] || []);
    }
    const evidence = document.querySelector("[data-hints=evidence]");
    if (evidence) sentences(evidence, hints.evidence || []);
  }

  // A colleague's newer values; false when this person has typed over one of them meanwhile
  function take(reply, sent) {
    const before = new Map(sent), newer = Object.entries(reply.taken || {});
    const bare = (text) => (text ?? "").replace(/\r\n/g, "\n").trim();
    if (newer.some(([name]) => bare(form.elements[name].value) !== bare(before.get(name)))) return false;
    for (const [name, value] of newer) form.elements[name].value = value;
    taken.textContent = reply.message || "";
    fold();
    return true;
  }

  // What both have changed
  function settle() {
    const groups = [...panel.querySelectorAll("fieldset")];
    if (groups.some((group) => !group.querySelector("input:checked"))) return;
    panel.replaceChildren();
    fold();
    ask("autosave:resume");
    form.elements[groups[0].dataset.field].focus();
  }
  function choose(reply) {
    const { theirs, mine, version, hold } = reply;
    panel.innerHTML = reply.panel; // made by our own template, every value escaped
    form.elements.version.value = version;
    form.elements.base.value = hold.base;
    for (const group of panel.querySelectorAll("fieldset")) {
      const name = group.querySelector("input").name.replace("choose-", "");
      group.dataset.field = name;
      group.addEventListener("change", (event) => {
        event.stopPropagation();
        form.elements[name].value = event.target.value === "theirs" ? theirs[name] : mine[name];
        settle();
      });
      form.elements[name].addEventListener("input", () => { mine[name] = form.elements[name].value; });
    }
    panel.firstElementChild.focus();
  }

  form.addEventListener("autosave:answer", (event) => {
    const { status, reply, sent } = event.detail;
    if (status === 409) {
      if (!reply.panel) return;
      if (take({ ...reply, message: "" }, sent)) choose(reply); else ask("autosave:resume");
      return;
    }
    say(reply);
    if (!take(reply, sent)) event.preventDefault();
  });
  form.addEventListener("autosave:filled", fold);
  state.addEventListener("change", fold);

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (event.key.toLowerCase() === "s") {
      event.preventDefault();
      ask("autosave:now");
    } else if (event.key === "Enter" && !event.target.closest(".evidence")) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[data-next]"));
    }
  });
  form.querySelector("[data-keys]").hidden = false;
  fold();
})();
