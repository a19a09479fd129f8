// What this device has: in IndexedDB, one card for each permit, with its key, its document and its offline code.
const NAME = 'juzhu-wallet', CARDS = 'cards', COOKIE = 'wallet';

const asked = request => new Promise((done, failed) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
  request.onblocked = () => failed(new Error('the database is open elsewhere'));
});
const opened = () => {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(CARDS, { keyPath: 'id' });
  return asked(request);
};
const within = async (mode, work) => {
  const database = await opened();
  try { return await asked(work(database.transaction(CARDS, mode).objectStore(CARDS))); } finally { database.close(); }
};
const told = age => { document.cookie = `${COOKIE}=1; path=/; max-age=${age}; SameSite=Lax`; };

/** The cards of this device, the newest first. */
export const cards = async () => (await within('readonly', all => all.getAll())).sort((a, b) => b.loadedAt - a.loadedAt);
export const keep = async card => {
  await within('readwrite', all => all.put(card));
  told(400 * 86400);
};

/** Keep what is new of a card; one that was removed meanwhile stays removed. */
export const update = card => within('readwrite', all => {
  const found = all.getKey(card.id);
  found.addEventListener('success', () => { if (found.result !== undefined) all.put(card); });
  return found;
});

/** Remove a card; with the last one all that was kept for it: database, pages, service worker, cookie. */
export const drop = async id => {
  await within('readwrite', all => all.delete(id));
  if ((await cards()).length) return;
  await asked(indexedDB.deleteDatabase(NAME)).catch(() => {});
  if (globalThis.caches) {
    const mine = (await caches.keys()).filter(name => name.startsWith(`${NAME}-`));
    await Promise.all(mine.map(name => caches.delete(name)));
  }
  const worker = navigator.serviceWorker && await navigator.serviceWorker.getRegistration('/wallet');
  if (worker) await worker.unregister();
  told(0);
};

/** What this browser lacks for carrying a permit: codes for the page's words; none, where it can. */
export const lacking = async verifier => {
  const missing = [];
  if (!globalThis.isSecureContext) missing.push('https');
  else if (!verifier || !verifier.supported()) missing.push('crypto');
  if (!('serviceWorker' in navigator)) missing.push('worker');
  try { await cards(); } catch { missing.push('database'); }
  return missing;
};
