// Takes pages of the field along (field_worker.js): the one that is open, by itself; others when asked to. A page that
// comes out of what was kept says since when. Where browsers know no workers, everything stays as it is.
(() => {
  "use strict";
  const { worker, person } = document.currentScript.dataset;
  if (!navigator.serviceWorker || !window.caches) return;
  const ROOM = `tiendo-field:${person}`;
  const two = (number) => String(number).padStart(2, "0");

  function moment(iso) {
    const at = new Date(iso);
    return `${two(at.getHours())}:${two(at.getMinutes())} ${two(at.getDate())}/${two(at.getMonth() + 1)}/${at.getFullYear()}`;
  }

  async function keep(path) {
    await caches.open(ROOM);
    const { active } = await navigator.serviceWorker.ready;
    return new Promise((done) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = (event) => done(event.data);
      active.postMessage({ keep: path }, [channel.port2]);
    });
  }

  // The page of the field itself
  function stamp(part, iso) {
    const words = part.querySelector("[data-words]"), again = part.querySelector("a");
    const tell = () => {
      words.textContent = (navigator.onLine ? part.dataset.online : part.dataset.offline).replace("{at}", moment(iso));
      again.hidden = !navigator.onLine;
    };
    tell();
    part.hidden = false;
    for (const turn of ["online", "offline"]) window.addEventListener(turn, tell);
  }

  // The pages that lead there
  async function offer(part) {
    const button = part.querySelector("button"), said = part.querySelector("[role=status]"), path = part.dataset.carry;
    const tell = (iso) => {
      button.hidden = Boolean(iso);
      said.textContent = iso ? part.dataset.carried.replace("{at}", moment(iso)) : "";
    };
    const kept = await caches.match(path);
    tell(kept && kept.headers.get("Tiendo-Kept-At"));
    part.hidden = false;
    button.addEventListener("click", async () => {
      button.disabled = true;
      const iso = await keep(path);
      button.disabled = false;
      if (iso) tell(iso); else said.textContent = part.dataset.failed;
    });
  }

  const own = document.querySelector("[data-kept-page]"), iso = document.documentElement.dataset.keptAt;
  if (own && iso) stamp(own, iso);
  navigator.serviceWorker.register(worker).then(async () => {
    if (own && !iso && await keep(location.pathname)) document.querySelector("[data-carried-here]").hidden = false;
    for (const part of document.querySelectorAll("[data-carry]")) await offer(part);
  }).catch(() => { /* not here: the page needs its link, as everywhere */ });
})();
