// Live parts of a page. An element with data-live-url="…" (and its own hx-get with hx-trigger="refresh")
// is fetched again when the stream at that address says "changed". Without scripts a reload shows the same.
(() => {
  "use strict";
  const RETRY_FIRST = 3000, RETRY_MOST = 60000, SPREAD = 400;
  const streams = new Map(); // address -> { source, retry, timer, missed }

  const parts = (url) => [...document.querySelectorAll("[data-live-url]")].filter((part) => part.dataset.liveUrl === url);

  function refresh(url) {
    // A short random wait: three hundred open pages must not ask in the same millisecond.
    const stream = streams.get(url);
    clearTimeout(stream.refreshing);
    stream.refreshing = setTimeout(() => {
      if (window.htmx) parts(url).forEach((part) => window.htmx.trigger(part, "refresh"));
    }, Math.random() * SPREAD);
  }

  function open(url) {
    const stream = streams.get(url);
    if (stream.source || document.hidden) return;
    const source = (stream.source = new EventSource(url));
    source.addEventListener("changed", () => refresh(url));
    source.addEventListener("open", () => {
      stream.retry = RETRY_FIRST;
      if (stream.missed) refresh(url); // something may have changed while we were away
      stream.missed = false;
    });
    source.addEventListener("error", () => {
      stream.missed = true;
      if (source.readyState !== EventSource.CLOSED) return; // the browser is reconnecting by itself
      close(url);
      clearTimeout(stream.timer);
      stream.timer = setTimeout(() => open(url), stream.retry);
      stream.retry = Math.min(stream.retry * 2, RETRY_MOST);
    });
  }

  function close(url) {
    const stream = streams.get(url);
    if (stream.source) stream.source.close();
    stream.source = null;
    stream.missed = true;
  }

  function start() {
    for (const part of document.querySelectorAll("[data-live-url]")) {
      const url = part.dataset.liveUrl;
      if (!streams.has(url)) streams.set(url, { source: null, retry: RETRY_FIRST, missed: false });
      open(url);
    }
  }

  const all = (act) => [...streams.keys()].forEach(act);
  document.addEventListener("visibilitychange", () => all(document.hidden ? close : open));
  window.addEventListener("pagehide", () => all(close));
  window.addEventListener("pageshow", (event) => event.persisted && all(open));
  start();
})();
