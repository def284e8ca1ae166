// A file may be dropped on the upload form. What cannot be taken is said at once, before anything is sent.
(() => {
  "use strict";
  const form = document.getElementById("upload"), input = form?.querySelector("input[type=file]");
  if (!input) return;
  const panel = form.closest(".panel") ?? form, trouble = form.querySelector(".drop-error");
  const carries = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

  function say(words) {
    trouble.hidden = !words;
    trouble.textContent = words;
  }
  function check() {
    const isLarge = input.files[0]?.size > Number(form.dataset.most);
    say(isLarge ? form.dataset.large : "");
    return !isLarge;
  }
  function over(event) {
    if (!carries(event)) return;
    event.preventDefault();
    panel.classList.add("is-over");
  }
  for (const name of ["dragenter", "dragover"]) panel.addEventListener(name, over);
  panel.addEventListener("dragleave", (event) => { if (!panel.contains(event.relatedTarget)) panel.classList.remove("is-over"); });
  panel.addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    panel.classList.remove("is-over");
    if (event.dataTransfer.files.length > 1) return say(form.dataset.one);
    input.files = event.dataTransfer.files;
    if (check()) form.querySelector("button").focus();
  });
  input.addEventListener("change", check);
  form.addEventListener("submit", (event) => { if (!check()) event.preventDefault(); });
  form.querySelector(".drop-hint").hidden = false;
})();
