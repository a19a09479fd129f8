// The document on the device, an SD-JWT VC (RFC 9901), and what the device's key signs.
const utf8 = new TextEncoder();
const encoded = bytes => btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''))
  .replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
const decoded = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), one => one.charCodeAt(0));
const json = text => JSON.parse(new TextDecoder().decode(decoded(text)));
const sha256 = async text => encoded(new Uint8Array(await crypto.subtle.digest('SHA-256', utf8.encode(text))));
const CURVE = { name: 'ECDSA', namedCurve: 'P-256' };

/** A new key that signs and that nothing can copy: `id` is its thumbprint (RFC 7638). */
export const newKey = async () => {
  const pair = await crypto.subtle.generateKey(CURVE, false, ['sign', 'verify']);
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  return { id: await sha256(JSON.stringify({ crv, kty, x, y })), key: pair.privateKey, jwk: { kty, crv, x, y } };
};

/** A JWS of the device. */
export const signed = async (key, header, payload) => {
  const parts = [header, payload].map(part => encoded(utf8.encode(JSON.stringify(part)))).join('.');
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, utf8.encode(parts));
  return `${parts}.${encoded(new Uint8Array(signature))}`;
};

/** What a token says; nothing is proved by this. */
export const payloadOf = token => json(token.split('~')[0].split('.')[1]);

const disclosures = document => document.split('~').slice(1, -1).map(text => {
  const [, name, value] = json(text);
  return { text, name, value };
});

/** All that a document says, by name. */
export const claimsOf = document => Object.fromEntries(disclosures(document).map(({ name, value }) => [name, value]));

/** A presentation of these claims and no others, for one question (`audience`, `nonce`), made at `now` (seconds). */
export const presented = async ({ document, key }, names, { audience, nonce, now }) => {
  const shown = disclosures(document).filter(({ name }) => names.includes(name)).map(({ text }) => text);
  const body = `${[document.split('~')[0], ...shown].join('~')}~`;
  const said = { iat: now, aud: audience, nonce, sd_hash: await sha256(body) };
  return body + await signed(key, { alg: 'ES256', typ: 'kb+jwt' }, said);
};
