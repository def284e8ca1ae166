// Pages of the field, taken along: where findings are written, with the files they need, and nothing else. With a link
// the server is always asked first; without one, or when it does not answer, the page as it was last kept opens and
// says so. Only a page of a signed-in person makes room (a cache under that person's number); the room goes with the
// person (ui/leave.js), and nothing is written where there is none.
"use strict";
const ROOM = "tiendo-field:", PAGE = /^\/lam-viec\/kiem-tra\/\d+\/phat-hien\/$/, FILES = "/static/";
const MOST_AGE = 3 * 24 * 3600 * 1000, FRESH = 60 * 1000, PATIENCE = 10 * 1000; // milliseconds
const GONE = [403, 404, 410];
const keeping = new Map(); // path -> what is being written down of it just now

self.addEventListener("install", (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && PAGE.test(url.pathname)) event.respondWith(page(event, url.pathname));
  else if (url.pathname.startsWith(FILES)) event.respondWith(file(request));
});

self.addEventListener("message", (event) => {
  const path = event.data.keep, answer = (at) => event.ports[0].postMessage(at);
  event.waitUntil(take(path).then(answer, () => answer(null)));
});

async function page(event, path) {
  const asked = fetch(event.request).then((answer) => {
    event.waitUntil(keep(path, answer.clone()));
    return answer;
  });
  const kept = await find(path);
  if (!kept) return asked;
  const waited = new Promise((done) => setTimeout(done, PATIENCE, kept));
  return Promise.race([asked.catch(() => kept), waited]);
}

async function file(request) {
  try {
    return await fetch(request);
  } catch (gone) {
    const kept = await caches.match(request, { ignoreVary: true });
    if (kept) return kept;
    throw gone;
  }
}

// The moment at which the page was kept, null when it could not be.
async function take(path) {
  if (!PAGE.test(path)) return null;
  await keeping.get(path);
  const kept = keptAt(await find(path));
  if (kept && Date.now() - Date.parse(kept) < FRESH) return kept;
  await keep(path, await fetch(path));
  return keptAt(await find(path));
}

function keep(path, answer) {
  const done = write(path, answer).catch(() => {}).finally(() => keeping.delete(path));
  keeping.set(path, done);
  return done;
}

async function write(path, answer) {
  if (GONE.includes(answer.status)) return drop(path);
  const room = ROOM + answer.headers.get("Tiendo-Kept-For");
  if (!answer.ok || !(await caches.has(room))) return;
  const cache = await caches.open(room), html = await answer.text(), at = new Date().toISOString();
  const files = new Set([...html.matchAll(/(?:src|href)="(\/static\/[^"#]+)/g)].map((found) => found[1]));
  for (const each of files) if (!(await cache.match(each, { ignoreVary: true }))) await cache.add(each);
  const headers = new Headers(answer.headers);
  for (const name of ["Content-Encoding", "Content-Length", "Vary"]) headers.delete(name);
  headers.set("Tiendo-Kept-At", at);
  const stamped = html.replace("<html", `<html data-kept-at="${at}"`);
  if (await caches.has(room)) await cache.put(path, new Response(stamped, { headers }));
}

const keptAt = (kept) => (kept ? kept.headers.get("Tiendo-Kept-At") : null);

async function find(path) {
  const kept = await caches.match(path);
  if (kept && Date.now() - Date.parse(keptAt(kept)) < MOST_AGE) return kept;
  if (kept) await drop(path);
  return undefined;
}

async function drop(path) {
  for (const room of await caches.keys()) if (room.startsWith(ROOM)) await (await caches.open(room)).delete(path);
}
