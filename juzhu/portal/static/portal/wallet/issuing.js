// Fetching the document: OpenID4VCI 1.0, pre-authorised code flow, against this service's own addresses.
import { newKey, signed } from './document.js';
import { keep, update } from './keeping.js';

const GRANT = 'urn:ietf:params:oauth:grant-type:pre-authorized_code';
const PATIENCE_MS = 10000, LONGEST_MS = 60000;

/** What a service has answered that was not what was asked for. `code` is OAuth's; "" for no answer at all. */
export class Refused extends Error {
  constructor(code, sentence = '') { super(code || 'no answer'); this.code = code; this.sentence = sentence; }
}
const asked = async (address, options = {}) => {
  const patience = new AbortController(), tired = setTimeout(() => patience.abort(), PATIENCE_MS);
  let answer = null, said = {};
  try {
    answer = await fetch(address, { credentials: 'omit', cache: 'no-store', redirect: 'error', ...options, signal: patience.signal });
    said = await answer.json();
  } catch { /* no answer, or none that is JSON */ } finally { clearTimeout(tired); }
  if (!answer || !answer.ok) throw new Refused(said.error || '', said.sentence);
  return { said, status: answer.status };
};
const posted = (address, form) => asked(address, { method: 'POST', body: new URLSearchParams(form) });
const sent = (address, access, body) => asked(address, {
  method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${access}` },
});

// The service says where its endpoints are; they are asked on the host that this page came from.
let known = null;
const endpoints = async () => {
  if (known) return known;
  const found = await Promise.all(['/.well-known/oauth-authorization-server', '/.well-known/openid-credential-issuer']
    .map(async address => (await asked(address)).said));
  const all = { ...found[0], ...found[1] };
  known = name => new URL(all[`${name}_endpoint`]).pathname;
  return known;
};
const wait = ms => new Promise(done => { setTimeout(done, ms); });
const collected = async (at, access, first) => {
  const until = performance.now() + LONGEST_MS;
  let { said, status } = first;
  const { transaction_id } = said;
  while (status === 202 && performance.now() < until) {
    await wait(1000 * (said.interval || 2));
    ({ said, status } = await sent(at('deferred_credential'), access, { transaction_id }));
  }
  if (status === 202) throw new Refused('');
  return said.credentials[0].credential;
};
const fetched = async (card, access, at, now) => {
  const nonce = (await asked(at('nonce'), { method: 'POST' })).said.c_nonce;
  const header = { alg: 'ES256', typ: 'openid4vci-proof+jwt', jwk: card.jwk };
  const proof = await signed(card.key, header, { aud: card.issuer, iat: now(), nonce });
  const body = { credential_configuration_id: card.configuration, proofs: { jwt: [proof] } };
  const document = await collected(at, access, await sent(at('credential'), access, body));
  const { said } = await asked('/openid/offline-code', { headers: { Authorization: `Bearer ${access}` } });
  return Object.assign(card, { document, code: said.offline_code, madeAt: now() });
};

/** Ask this page's service for an offer, after its holder has proved presence. */
export const offered = async (address, form) => (await asked(address, { method: 'POST', body: form, credentials: 'same-origin' })).said;

/** Load an offer into this device: a new key, and the document that is bound to it. `now()` in seconds. */
export const load = async ({ offer, tx_code }, device, now) => {
  const at = await endpoints(), form = { grant_type: GRANT, tx_code };
  form['pre-authorized_code'] = offer.grants[GRANT]['pre-authorized_code'];
  const { said } = await posted(at('token'), form);
  const card = {
    ...await newKey(), device, issuer: offer.credential_issuer, configuration: offer.credential_configuration_ids[0],
    refresh: said.refresh_token, loadedAt: now(),
  };
  await keep(await fetched(card, said.access_token, at, now));
};

/** Fetch the document anew for the same key; each refresh token is good once, so that the next is kept first. */
export const renew = async (card, now) => {
  const at = await endpoints();
  const { said } = await posted(at('token'), { grant_type: 'refresh_token', refresh_token: card.refresh });
  card.refresh = said.refresh_token;
  await update(card);
  await update(await fetched(card, said.access_token, at, now));
};

/** Whether the holder still lets this device have the permit; null where nobody answers. */
export const held = async card => {
  try {
    return (await posted((await endpoints())('introspection'), { token: card.refresh })).said.active;
  } catch { return null; }
};

/** Tell the service that the permit was removed from this device; false where nobody answers. */
export const giveBack = async card => {
  try { await posted((await endpoints())('revocation'), { token: card.refresh }); return true; } catch { return false; }
};
