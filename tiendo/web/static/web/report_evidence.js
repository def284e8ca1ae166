// Evidence: files dropped anywhere on the page, chosen or photographed are sent one after the other, each with its
// progress. A refused file says why beside its name; one that a broken link stopped can be sent again.
(() => {
  "use strict";
  const part = document.querySelector("[data-evidence]");
  if (!part) return;
  const form = part.querySelector("form[enctype]"), items = part.querySelector("[data-items]");
  const uploads = part.querySelector("[data-uploads]"), said = part.querySelector("[data-said]"), say = part.dataset;
  const queue = [];
  let busy = false;

  function line(file) {
    const item = document.createElement("li"), name = document.createElement("b"), words = document.createElement("span");
    const bar = document.createElement("progress");
    name.textContent = file.name;
    bar.max = 100;
    bar.setAttribute("aria-label", file.name);
    item.append(name, " ", bar, " ", words);
    uploads.append(item);
    uploads.hidden = false;
    return { file, item, bar, words };
  }

  function refuse(row, sentence, again) {
    row.bar.hidden = true;
    row.words.textContent = sentence.startsWith(`${row.file.name}: `) ? sentence.slice(row.file.name.length + 2) : sentence;
    said.textContent = `${row.file.name}: ${row.words.textContent}`;
    row.item.classList.add("refused");
    if (!again) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.textContent = say.again;
    button.addEventListener("click", () => {
      button.remove();
      row.item.classList.remove("refused");
      queue.push(row);
      next();
    });
    row.item.append(" ", button);
  }

  function take(row, reply) {
    items.innerHTML = reply.items; // made by our own template, every value escaped
    part.querySelector("[data-none]").hidden = reply.count > 0;
    said.textContent = `${row.file.name}: ${say.sent}`;
    row.item.remove();
    uploads.hidden = !uploads.children.length;
    const hints = part.querySelector("[data-hints=evidence]");
    hints.hidden = true;
  }

  function send(row) {
    const request = new XMLHttpRequest(), data = new FormData();
    data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.append("file", row.file, row.file.name);
    row.bar.hidden = false;
    row.bar.removeAttribute("value");
    row.words.textContent = say.sending;
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) row.bar.value = Math.floor(100 * event.loaded / event.total); });
    request.addEventListener("load", () => {
      let reply = null;
      try { reply = JSON.parse(request.responseText); } catch { /* the sign-in page, or a fault of the server */ }
      if (reply && request.status === 200) take(row, reply);
      else if (reply && request.status === 422) refuse(row, reply.message, false);
      else if (request.status < 500) refuse(row, say.signedOut, true);
      else refuse(row, say.broken, true);
      done();
    });
    for (const name of ["error", "timeout", "abort"]) request.addEventListener(name, () => { refuse(row, say.broken, true); done(); });
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.timeout = 300000;
    request.send(data);
  }
  function done() { busy = false; next(); }
  function next() {
    if (busy || !queue.length) return;
    busy = true;
    send(queue.shift());
  }

  function add(files) {
    for (const file of files) {
      const row = line(file);
      if (file.size > Number(say.most)) refuse(row, say.large, false); else queue.push(row);
    }
    next();
  }

  const carries = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    document.body.classList.add("is-dragging");
  });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) document.body.classList.remove("is-dragging"); });
  document.addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    document.body.classList.remove("is-dragging");
    part.scrollIntoView({ block: "nearest" });
    form.closest("details").open = true;
    add(event.dataTransfer.files);
  });
  for (const input of form.querySelectorAll("input[type=file]")) {
    input.addEventListener("change", () => {
      add([...input.files]);
      input.value = "";
    });
  }
  // Files are on their way already; the button is for what is written out.
  form.addEventListener("submit", (event) => { if (busy || !form.elements.document_number.value.trim()) event.preventDefault(); });
  window.addEventListener("beforeunload", (event) => { if (busy) event.preventDefault(); });
  form.querySelector(".drop-hint").hidden = false;
})();
