// Keeps one page for use without reception, and its files. No other page, no answer of the service.
'use strict';
const NAME = 'juzhu-{{ name }}-';
const CACHE = `${NAME}{{ version }}`;
const SHELL = '{{ shell|escapejs }}';
const FILES = [{% for file in files %}'{{ file|escapejs }}'{% if not forloop.last %}, {% endif %}{% endfor %}];
const PATIENCE_MS = 4000;

const good = answer => answer.ok && !answer.redirected && answer.type === 'basic';
const keep = async (cache, address) => {
  const answer = await fetch(address, { credentials: 'same-origin', cache: 'reload' });
  if (good(answer)) await cache.put(address, answer);
};
const asked = async (cache, request, address) => {
  const answer = await fetch(request);
  if (good(answer)) await cache.put(address, answer.clone());
  return answer;
};
const fresh = async (request, address) => {
  const cache = await caches.open(CACHE), kept = await cache.match(address);
  const answer = asked(cache, request, address);
  if (!kept) return answer;
  const late = new Promise(done => { setTimeout(done, PATIENCE_MS, kept); });
  return Promise.race([answer.catch(() => kept), late]);
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
    const old = (await caches.keys()).filter(name => name.startsWith(NAME) && name !== CACHE);
    await Promise.all(old.map(name => caches.delete(name)));
    await clients.claim();
  })());
});
addEventListener('fetch', event => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== 'GET' || origin !== location.origin) return;
  if (pathname === SHELL || FILES.includes(pathname)) event.respondWith(fresh(event.request, pathname));
});
