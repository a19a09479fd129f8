// Keeps the page for inspections without reception, and its files. No other page, no answer of the service.
'use strict';
const CACHE = 'juzhu-inspections-{{ version }}';
const SHELL = '{{ shell|escapejs }}';
const FILES = [{% for file in files %}'{{ file|escapejs }}'{% if not forloop.last %}, {% endif %}{% endfor %}];

const good = answer => answer.ok && !answer.redirected && answer.type === 'basic';
const keep = async (cache, address) => {
  const answer = await fetch(address, { credentials: 'same-origin', cache: 'reload' });
  if (good(answer)) await cache.put(address, answer);
};
const fresh = async (request, address) => {
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(request);
    if (good(answer)) await cache.put(address, answer.clone());
    return answer;
  } catch (failed) {
    const kept = await cache.match(address);
    if (kept) return kept;
    throw failed;
  }
};

addEventListener('install', event => {
  event.waitUntil((async () => {
    const cache = await caches.open(CACHE);
    await Promise.all([SHELL, ...FILES].map(address => keep(cache, address)));
    await skipWaiting();
  })());
});
addEventListener('activate', event => {
  event.waitUntil((async () => {
    const old = (await caches.keys()).filter(name => name.startsWith('juzhu-inspections-') && name !== CACHE);
    await Promise.all(old.map(name => caches.delete(name)));
    await clients.claim();
  })());
});
addEventListener('fetch', event => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== 'GET' || origin !== location.origin) return;
  if (pathname === SHELL || FILES.includes(pathname)) event.respondWith(fresh(event.request, pathname));
});
