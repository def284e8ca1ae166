// What a browser keeps of signed-in pages (rooms named tiendo-…:number) is one person's: it goes before that person
// signs out, and when another one has signed in. Drafts not yet sent are kept elsewhere and stay.
(() => {
  "use strict";
  if (!window.caches) return;
  const ROOMS = /^tiendo-[a-z]+:(\d+)$/, person = document.currentScript.dataset.person;
  const forget = async (but) => {
    const others = (await caches.keys()).filter((name) => ROOMS.test(name) && ROOMS.exec(name)[1] !== but);
    await Promise.all(others.map((name) => caches.delete(name)));
  };
  forget(person).catch(() => { /* a browser that keeps nothing */ });
  const form = document.querySelector("[data-sign-out]");
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    try { await forget(""); } finally { form.submit(); }
  });
})();
