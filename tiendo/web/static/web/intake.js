// The source stands in a box of its own: bring the lit passage into view there without moving the page. With nothing
// lit, begin where the first proposal of the list was read. After htmx lit another passage, show whose it is.
(() => {
  const show = (line) => {
    const box = document.getElementById("source");
    if (line) box.scrollTop += line.getBoundingClientRect().top - box.getBoundingClientRect().top - 24;
  };
  document.addEventListener("htmx:afterSettle", (event) => {
    const link = event.detail.requestConfig?.elt;
    if (!link?.dataset.shows) return;
    document.querySelectorAll(".is-shown").forEach((card) => card.classList.remove("is-shown"));
    document.getElementById(link.dataset.shows)?.classList.add("is-shown");
    show(document.querySelector("#source .cited"));
  });
  const first = document.querySelector("[data-shows]")?.hash;
  show(document.querySelector("#source .cited") ?? (first ? document.querySelector(first) : null));
})();
