// Keeps one page and its files for a phone without network. Everything else goes past it untouched, other pages too.
"use strict";
const TOLD = {% autoescape off %}{{ told }}{% endautoescape %};

async function take(address) {
  const answer = await fetch(address, { cache: "reload", credentials: "same-origin" });
  // A login page is not the page.
  if (!answer.ok || answer.redirected) throw new Error(address);
  const cache = await caches.open(TOLD.cache);
  await cache.put(address, answer);
}

self.addEventListener("install", (event) => {
  event.waitUntil(Promise.all([TOLD.page, ...TOLD.files].map(take)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter((name) => name.startsWith("noter-") && name !== TOLD.cache).map((name) => caches.delete(name))))
    .then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== location.origin || address.search) return;
  const page = event.request.mode === "navigate" && address.pathname === TOLD.page;
  if (!page && !TOLD.files.includes(address.pathname)) return;
  event.respondWith(caches.match(address.pathname, { cacheName: TOLD.cache, ignoreVary: true }).then((kept) => kept || fetch(event.request)));
});
