// After htmx put the source in with another passage lit: bring it into view inside its own box, and show whose it is.
(() => {
  const show = (box) => {
    const line = box.querySelector(".cited");
    if (line) box.scrollTop = line.offsetTop - box.offsetTop - 24;
  };
  document.addEventListener("htmx:afterSwap", (event) => {
    const link = event.detail.requestConfig?.elt;
    if (!link?.dataset.shows) return;
    document.querySelectorAll(".is-shown").forEach((card) => card.classList.remove("is-shown"));
    document.getElementById(link.dataset.shows)?.classList.add("is-shown");
    show(document.getElementById("source"));
  });
  show(document.getElementById("source"));
})();
