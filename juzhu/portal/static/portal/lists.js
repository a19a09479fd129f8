// The signed lists that a check needs: the trust list and the status lists. Each is kept on the device once its
// signature has been found good, and never an older one over a newer; where the browser allows no keeping, in
// memory for as long as the page is open.
const PATIENCE_MS = 5000;
const memory = new Map();
const store = async () => { try { return await caches.open('juzhu-lists'); } catch { return null; } };
const kept = async address => {
  const cache = await store(), found = cache && await cache.match(address);
  return found ? found.text() : memory.get(address);
};
const keep = async (address, text) => {
  memory.set(address, text);
  const cache = await store();
  if (cache) await cache.put(address, new Response(text)).catch(() => {});
};
const fetched = async (address, cache) => {
  if (navigator.onLine === false) return null;
  const patience = new AbortController();
  const tired = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const answer = await fetch(address, { credentials: 'omit', cache, signal: patience.signal });
    return answer.ok && !answer.redirected ? await answer.text() : null;
  } catch { return null; } finally { clearTimeout(tired); }
};

// A list from the service if it comes and is good and not older than the kept one, else the kept one; `fresh`
// where the service has answered just now.
const newest = async (address, open, ask, cache) => {
  const old = await kept(address), came = ask ? await fetched(address, cache) : null;
  const oldRead = old && await open(old), read = came && came !== old ? await open(came) : null;
  const fresh = Boolean(came) && (came === old || Boolean(read));
  if (!read || (oldRead && oldRead.issuedAt > read.issuedAt)) return oldRead ? { text: old, read: oldRead, fresh } : null;
  await keep(address, came);
  return { text: came, read, fresh };
};

/**
 * The lists by `verifier`, the module credentials/verify.js: `root` has signed the trust list at `address`,
 * `known` are status lists' paths. `cache` is that of fetch: "no-cache" asks the service each time whether a list
 * has changed. With `ask` false, nothing is fetched.
 */
export const listsBy = (verifier, { root, address, known = [], cache = 'default' }) => {
  const trust = (ask = true) => newest(address, text => verifier.readTrust(text, root), ask, cache);
  const at = (path, { publisher, issuers }, ask = true) =>
    newest(path, text => verifier.readList(text, issuers.get(publisher)), ask, cache);
  const named = (uri, trusted, ask) => (uri.startsWith(`${trusted.publisher}/status/`)
    ? at(uri.slice(trusted.publisher.length), trusted, ask) : null);
  return {
    trust,
    named,
    all: async (trusted, ask) => (await Promise.all(known.filter(Boolean).map(path => at(path, trusted, ask)))).filter(Boolean),
    textsFor: (trusted, ask = true) => async uri => {
      const found = await named(uri, trusted, ask);
      return found ? found.text : [];
    },
    keeps: async () => Boolean(await store()),
  };
};
