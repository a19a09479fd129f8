// Checks what a holder of a residence permit shows, without the service: the offline code (JZ1, COSE_Sign1) and
// the SD-JWT VC. Needs a trust list, the root key it is signed with, and status lists; asks no network, keeps
// nothing. The verdicts are those of the Python package juzhu.credentials.verify; docs/verifying.md says how to
// use it. For browsers from Chrome 80 and Safari 16.4 on, and Node 18. SPDX-License-Identifier: Apache-2.0

const MOST = { shown: 262144, trust: 1048576, list: 6291456, inflated: 4194304, nesting: 8 };
const LEEWAY_S = 60;
const DAY_S = 86400;
const PROOF_AGE_S = 600;
const VCT = '/credentials/residence-permit';
const STATUS = [['valid', ''], ['terminated', ''], ['suspended', ''], ['stale', 'superseded']];
const CURVES = { ES256: 'P-256', SM2: 'SM2' };
const COSE = { ES256: -7, SM2: -65538 };

/** Whether this browser has what a check needs: WebCrypto (https alone has it), inflating, large integers. */
export const supported = () =>
  Boolean(globalThis.crypto && crypto.subtle && globalThis.BigInt && globalThis.DecompressionStream);

// What is not accepted ends the check from wherever that is seen. Nothing else is thrown on purpose.
class Refused extends Error {
  constructor(outcome, because) {
    super(outcome);
    this.outcome = outcome;
    this.because = because;
  }
}
const refuse = (outcome = 'unreadable', because = '') => { throw new Refused(outcome, because); };
const malformed = () => refuse('forged', 'malformed');

// Bytes and texts: one spelling of each content.
const utf8 = new TextEncoder();
const joined = (...parts) => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { whole.set(part, at); at += part.length; }
  return whole;
};
const textOf = (bytes, outcome) => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch { return refuse(outcome); }
};
const trimmed = text => text.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
const base64url = bytes => {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
};
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const SIX = Uint8Array.from({ length: 128 }, (_none, code) => Math.max(0, BASE64.indexOf(String.fromCharCode(code))));
const LAST = { 2: 'AQgw', 3: 'AEIMQUYcgkosw048' };
const fromBase64url = text => {
  const over = text.length % 4;
  if (!/^[A-Za-z0-9_-]*$/.test(text) || over === 1 || (over && !LAST[over].includes(text.slice(-1)))) refuse();
  const bytes = new Uint8Array(Math.floor(text.length * 3 / 4));
  let held = 0, bits = 0, to = 0;
  for (let at = 0; at < text.length; at += 1) {
    held = ((held << 6) | SIX[text.charCodeAt(at)]) & 0x3fff;
    bits += 6;
    if (bits >= 8) { bits -= 8; bytes[to] = held >> bits; to += 1; }
  }
  return bytes;
};
const BASE45 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const fromBase45 = text => {
  const bytes = [], digits = [...text].map(one => BASE45.indexOf(one));
  if (digits.includes(-1) || digits.length % 3 === 1) refuse();
  for (let at = 0; at < digits.length; at += 3) {
    const [a, b, c] = digits.slice(at, at + 3), pair = c !== undefined;
    const value = a + 45 * b + (pair ? 2025 * c : 0);
    if (value > (pair ? 0xffff : 0xff)) refuse();
    if (pair) bytes.push(value >> 8);
    bytes.push(value & 0xff);
  }
  return Uint8Array.from(bytes);
};

// Members of the shape that they must have.
const isMap = value => value !== null && typeof value === 'object' && !Array.isArray(value);
const isText = value => typeof value === 'string';
const own = (of, name) => (of instanceof Map ? of.get(name) : Object.prototype.hasOwnProperty.call(of, name) ? of[name]
  : undefined);
const member = fits => (of, name) => { const value = own(of, name); return fits(value) ? value : malformed(); };
const text = member(value => isText(value) && value !== '');
const number = member(value => Number.isSafeInteger(value) && value >= 0);
const mapping = member(isMap);
const texts = member(value => Array.isArray(value) && value.every(isText));
const numberOrNull = (of, name) => (own(of, name) == null ? null : number(of, name));

// JSON without repeated names, whole numbers past 2^53, half a surrogate pair, or too much nesting.
const inside = (value, levels) => { // how many members there are
  if (isText(value)) return textOf(utf8.encode(value)) === value ? 0 : refuse();
  if (value === null || typeof value !== 'object') return 0;
  if (!levels) refuse();
  const names = Array.isArray(value) ? [] : Object.keys(value);
  return [...names, ...Object.values(value)].reduce((sum, one) => sum + inside(one, levels - 1), names.length);
};
const STRINGS = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?/g;
const NUMBERS = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const fromJson = bytes => {
  const written = textOf(bytes);
  let value = null;
  try { value = JSON.parse(written); } catch { refuse(); }
  const members = (written.match(STRINGS) || []).filter(one => one.endsWith(':'));
  const numbers = written.replace(STRINGS, ' ').match(NUMBERS) || [];
  const fits = numbers.every(one => Number.isSafeInteger(+one) || /[.eE]/.test(one));
  return fits && inside(value, MOST.nesting) === members.length ? value : refuse();
};
const fromJsonObject = bytes => { const value = fromJson(bytes); return isMap(value) ? value : refuse(); };

// CBOR, the deterministic kind alone (RFC 8949 4.2.1), without floating numbers.
class Tagged { constructor(tag, value) { this.tag = tag; this.value = value; } }
const before = (a, b) => {
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) if (a[at] !== b[at]) return a[at] < b[at];
  return a.length < b.length;
};
const fromCbor = bytes => {
  let at = 0;
  const take = count => {
    if (count > bytes.length - at) refuse();
    at += count;
    return bytes.subarray(at - count, at);
  };
  const argument = low => {
    if (low < 24) return low;
    if (low > 27) refuse();
    const value = take(2 ** (low - 24)).reduce((sum, byte) => sum * 256 + byte, 0);
    return value < [24, 256, 65536, 4294967296][low - 24] || !Number.isSafeInteger(value) ? refuse() : value;
  };
  const map = (count, levels) => {
    const found = new Map();
    let last = new Uint8Array();
    for (let row = 0; row < count; row += 1) {
      const from = at, key = item(0), spelled = bytes.subarray(from, at);
      if (!(isText(key) || Number.isSafeInteger(key)) || !before(last, spelled)) refuse();
      last = spelled;
      found.set(key, item(levels));
    }
    return found;
  };
  const array = (count, levels) => {
    const found = [];
    while (found.length < count) found.push(item(levels));
    return found;
  };
  const item = levels => {
    const [first] = take(1), major = first >> 5, low = first & 31;
    if (major === 7) return low >= 20 && low <= 22 ? [false, true, null][low - 20] : refuse();
    const count = argument(low);
    if (major === 0) return count;
    if (major === 1) return Number.isSafeInteger(-1 - count) ? -1 - count : refuse();
    if (major === 2) return take(count);
    if (major === 3) return textOf(take(count));
    if (!levels) refuse();
    if (major === 4) return array(count, levels - 1);
    return major === 5 ? map(count, levels - 1) : new Tagged(count, item(levels - 1));
  };
  const whole = item(MOST.nesting);
  return at === bytes.length ? whole : refuse();
};
const cborBytes = bytes => {
  const length = bytes.length, head = length < 24 ? [0x40 | length] : length < 256 ? [0x58, length]
    : length < 65536 ? [0x59, length >> 8, length & 255] : [0x5a, 0, length >> 16, (length >> 8) & 255, length & 255];
  return joined(Uint8Array.from(head), bytes);
};

// SM3 (GB/T 32905) and SM2 (GB/T 32918.2, identifier of GM/T 0009), which no browser has.
const turned = (word, by) => (word << by % 32) | (word >>> (32 - by % 32));
const p0 = word => word ^ turned(word, 9) ^ turned(word, 17);
const p1 = word => word ^ turned(word, 15) ^ turned(word, 23);
const sm3Block = (state, view, from) => {
  const w = new Int32Array(68);
  for (let j = 0; j < 16; j += 1) w[j] = view.getInt32(from + 4 * j);
  for (let j = 16; j < 68; j += 1) {
    w[j] = p1(w[j - 16] ^ w[j - 9] ^ turned(w[j - 3], 15)) ^ turned(w[j - 13], 7) ^ w[j - 6];
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let j = 0; j < 64; j += 1) {
    const early = j < 16, a12 = turned(a, 12);
    const s1 = turned((a12 + e + turned(early ? 0x79cc4519 : 0x7a879d8a, j)) | 0, 7);
    const t1 = ((early ? a ^ b ^ c : (a & b) | (a & c) | (b & c)) + d + (s1 ^ a12) + (w[j] ^ w[j + 4])) | 0;
    const t2 = ((early ? e ^ f ^ g : (e & f) | (~e & g)) + h + s1 + w[j]) | 0;
    [a, b, c, d, e, f, g, h] = [t1, a, turned(b, 9), c, p0(t2), e, turned(f, 19), g];
  }
  [a, b, c, d, e, f, g, h].forEach((word, at) => { state[at] ^= word; });
};
const sm3 = bytes => {
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64), view = new DataView(padded.buffer);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(padded.length - 4, bytes.length * 8);
  const state = Int32Array.of(0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600 | 0, 0xa96f30bc | 0, 0x163138aa,
    0xe38dee4d | 0, 0xb0fb0e4e | 0);
  for (let at = 0; at < padded.length; at += 64) sm3Block(state, view, at);
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, at) => digest.setInt32(4 * at, word));
  return new Uint8Array(digest.buffer);
};
const bigOf = bytes => bytes.reduce((sum, byte) => sum * BigInt(256) + BigInt(byte), BigInt(0));
const bytesOf = hex => Uint8Array.from(hex.match(/../g), pair => parseInt(pair, 16));
const SM2_HEX = {
  p: 'fffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffff',
  n: 'fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123',
  a: 'fffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffc',
  b: '28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93',
  gx: '32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7',
  gy: 'bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0',
};
const sm2Curve = () => {
  const of = name => BigInt('0x' + SM2_HEX[name]);
  const p = of('p'), n = of('n'), a = of('a'), b = of('b'), zero = BigInt(0), one = BigInt(1), two = BigInt(2);
  const three = BigInt(3), four = BigInt(4), eight = BigInt(8), g = [of('gx'), of('gy'), one];
  const mod = value => { const rest = value % p; return rest < zero ? rest + p : rest; };
  const inverse = value => {
    let [r, next, t, after] = [p, mod(value), zero, one];
    while (next) { const q = r / next; [r, next, t, after] = [next, r - q * next, after, t - q * after]; }
    return mod(t);
  };
  // Points are [X, Y, Z] with x = X/Z², y = Y/Z³; the one at infinity has Z = 0.
  const twice = ([x, y, z]) => {
    const zz = mod(z * z), yy = mod(y * y), beta = mod(x * yy), alpha = mod(three * (x - zz) * (x + zz));
    const x3 = mod(alpha * alpha - eight * beta);
    return [x3, mod(alpha * (four * beta - x3) - eight * yy * yy), mod(two * y * z)];
  };
  const plus = (left, right) => {
    const [x1, y1, z1] = left, [x2, y2, z2] = right;
    if (!z1) return right;
    if (!z2) return left;
    const zz1 = mod(z1 * z1), zz2 = mod(z2 * z2), u1 = mod(x1 * zz2), s1 = mod(y1 * zz2 * z2);
    const h = mod(x2 * zz1 - u1), r = mod(y2 * zz1 * z1 - s1);
    if (!h) return r ? [one, one, zero] : twice(left);
    const hh = mod(h * h), hhh = mod(h * hh), v = mod(u1 * hh), x3 = mod(r * r - hhh - two * v);
    return [x3, mod(r * (v - x3) - s1 * hhh), mod(z1 * z2 * h)];
  };
  const both = (s, t, point) => { // s·G + t·point, bit by bit
    const table = [null, g, point, plus(g, point)], sBits = s.toString(2), tBits = t.toString(2);
    const length = Math.max(sBits.length, tBits.length);
    const [sAll, tAll] = [sBits.padStart(length, '0'), tBits.padStart(length, '0')];
    let sum = [one, one, zero];
    for (let at = 0; at < length; at += 1) {
      sum = twice(sum);
      const row = table[+sAll[at] + 2 * +tAll[at]];
      if (row) sum = plus(sum, row);
    }
    return sum;
  };
  const onCurve = (x, y) => x < p && y < p && mod(y * y - x * x * x - a * x - b) === zero;
  return { n, both, onCurve, xOf: ([x, , z]) => mod(x * inverse(z * z)), infinite: point => !point[2] };
};
let sm2 = null;
const sm2Verified = (x, y, signature, data) => {
  sm2 = sm2 || sm2Curve();
  if (!sm2.onCurve(bigOf(x), bigOf(y))) malformed();
  const identity = utf8.encode('1234567812345678');
  const constants = ['a', 'b', 'gx', 'gy'].map(name => bytesOf(SM2_HEX[name]));
  const e = bigOf(sm3(joined(sm3(joined(Uint8Array.of(0, 128), identity, ...constants, x, y)), data)));
  const r = bigOf(signature.subarray(0, 32)), s = bigOf(signature.subarray(32)), t = (r + s) % sm2.n;
  if (!r || !s || r >= sm2.n || s >= sm2.n || !t) return false;
  const point = sm2.both(s, t, [bigOf(x), bigOf(y), BigInt(1)]);
  return !sm2.infinite(point) && (e + sm2.xOf(point)) % sm2.n === r;
};

// Keys, and what they have signed.
const coordinates = jwk => {
  if (jwk.kty !== 'EC' || !Object.values(CURVES).includes(jwk.crv) || !isText(jwk.x) || !isText(jwk.y)) malformed();
  const found = [fromBase64url(jwk.x), fromBase64url(jwk.y)];
  return found.every(one => one.length === 32) ? found : malformed();
};
const verified = async (alg, jwk, data, signature) => {
  if (CURVES[alg] === undefined || jwk.crv !== CURVES[alg] || signature.length !== 64) return false;
  const [x, y] = coordinates(jwk);
  if (alg === 'SM2') return sm2Verified(x, y, signature, data);
  const kind = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  let key = null;
  try {
    key = await crypto.subtle.importKey('raw', joined(Uint8Array.of(4), x, y), kind, false, ['verify']);
  } catch { malformed(); }
  return crypto.subtle.verify(kind, key, signature, data);
};
const sha256 = async said => base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', utf8.encode(said))));
const thumbprint = jwk => {
  coordinates(jwk);
  return sha256(`{"crv":"${jwk.crv}","kty":"EC","x":"${jwk.x}","y":"${jwk.y}"}`);
};
const kidOf = async jwk => base64url(fromBase64url(await thumbprint(jwk)).subarray(0, 8));

// JWS, compact (RFC 7515).
const headerOf = token => fromJsonObject(fromBase64url(token.split('.')[0]));
const readJws = token => {
  const parts = token.split('.');
  if (parts.length !== 3) refuse();
  const [header, payload, signature] = parts.map(fromBase64url);
  const signed = utf8.encode(`${parts[0]}.${parts[1]}`);
  return { header: fromJsonObject(header), payload: fromJsonObject(payload), signed, signature };
};
const signedBy = async (jws, alg, jwk) => {
  if (own(jws.header, 'crit') !== undefined) malformed();
  return own(jws.header, 'alg') === alg && verified(alg, jwk, jws.signed, jws.signature);
};

// The trust list: whose keys count, since when, until when. Signed by the root key that the checker has pinned.
const readKey = async given => {
  if (!isMap(given)) malformed();
  const jwk = mapping(given, 'jwk'), kid = await kidOf(jwk);
  if (text(jwk, 'kid') !== kid) malformed();
  return {
    kid, jwk, alg: text(given, 'alg'), uses: texts(given, 'uses'), notBefore: number(given, 'not_before'),
    notAfter: numberOrNull(given, 'not_after'), revokedAt: numberOrNull(given, 'revoked_at'),
  };
};
const readIssuer = async given => {
  if (!isMap(given) || !Array.isArray(given.keys)) malformed();
  const keys = await Promise.all(given.keys.map(readKey)), name = mapping(given, 'name');
  Object.keys(name).forEach(language => text(name, language));
  const id = text(given, 'id'), division = text(given, 'division');
  return { id, division, name, keys: new Map(keys.map(key => [key.kid, key])) };
};
const openTrust = async (token, root) => {
  if (!isText(token) || token.length > MOST.trust) refuse();
  const jws = readJws(trimmed(token));
  if (own(jws.header, 'typ') !== 'juzhu-trust-list+jwt') refuse('not_a_permit');
  const jwk = isText(root) ? mapping(jws.header, 'jwk') : root;
  if (isText(root) && await thumbprint(jwk) !== root) refuse('forged', 'key_unknown');
  if (!await signedBy(jws, text(jws.header, 'alg'), jwk)) refuse('forged', 'signature');
  if (!Array.isArray(jws.payload.issuers)) malformed();
  const issuers = await Promise.all(jws.payload.issuers.map(readIssuer));
  return {
    publisher: text(jws.payload, 'iss'), issuedAt: number(jws.payload, 'iat'), expiresAt: number(jws.payload, 'exp'),
    issuers: new Map(issuers.map(issuer => [issuer.id, issuer])),
  };
};
const orNull = async promise => { try { return await promise; } catch { return null; } };

/**
 * What a trust list says, or `null` for none that the root has signed: `publisher`, `issuedAt`, `expiresAt`
 * (seconds since 1970), `issuers` by origin. `root` is the root's JWK, or its thumbprint.
 */
export const readTrust = (token, root) => orNull(openTrust(token, root));

const current = (dated, moment) => dated.issuedAt <= moment + LEEWAY_S && moment < dated.expiresAt;
const keyFor = (issuer, kid, use) => {
  const key = issuer && issuer.keys.get(kid);
  return key && key.uses.includes(use) ? key : null;
};
const revoked = (key, signedBefore) => key.revokedAt !== null && signedBefore > key.revokedAt;
const inUse = (key, signedAt, signedBefore) =>
  signedBefore > key.notBefore && (key.notAfter === null || signedAt <= key.notAfter);

// Status lists: two bits a document, inflated with a limit.
const adler32 = bytes => {
  let a = 1, b = 0;
  for (let at = 0; at < bytes.length; at += 1) { a = (a + bytes[at]) % 65521; b = (b + a) % 65521; }
  return [b >> 8, b & 255, a >> 8, a & 255];
};
const inflated = async packed => {
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate')).getReader();
  const parts = [];
  let size = 0;
  for (let got = await reader.read(); !got.done; got = await reader.read()) {
    size += got.value.length;
    if (size > MOST.inflated) { reader.cancel().catch(() => {}); refuse(); }
    parts.push(got.value);
  }
  const whole = joined(...parts);
  return adler32(whole).every((byte, at) => packed[packed.length - 4 + at] === byte) ? whole : refuse();
};
const openList = async (token, issuer) => {
  if (!isText(token) || token.length > MOST.list) refuse();
  const jws = readJws(trimmed(token)), { header, payload } = jws;
  const uri = text(payload, 'sub'), issuedAt = number(payload, 'iat'), expiresAt = number(payload, 'exp');
  const key = own(header, 'typ') === 'statuslist+jwt' ? keyFor(issuer, own(header, 'kid'), 'status') : null;
  if (!key || !inUse(key, issuedAt, issuedAt + 1) || revoked(key, issuedAt + 1)) refuse();
  if (!await signedBy(jws, key.alg, key.jwk)) refuse();
  const list = mapping(payload, 'status_list'), bits = number(list, 'bits');
  if (![1, 2, 4, 8].includes(bits)) refuse();
  const packed = await inflated(fromBase64url(text(list, 'lst')));
  const status = idx => {
    const byte = Math.floor(idx * bits / 8);
    return byte < packed.length ? (packed[byte] >> (idx * bits % 8)) & ((1 << bits) - 1) : null;
  };
  return { uri, issuedAt, expiresAt, status };
};

/**
 * What a status list says, or `null` for none that this issuer of a trust list has signed: `uri`, `issuedAt`,
 * `expiresAt`, `status(idx)` (0 valid, 1 terminated, 2 suspended, 3 superseded; `null` past its end).
 */
export const readList = (token, issuer) => orNull(openList(token, issuer));

const standing = async ({ uri, idx }, lists, issuer, moment) => {
  const given = typeof lists === 'function' ? await lists(uri) : lists;
  const tokens = Array.isArray(given) ? given : [given];
  const read = await Promise.all(tokens.map(token => readList(token, issuer)));
  const usable = read.filter(list => list && list.uri === uri && current(list, moment) && list.status(idx) !== null);
  const newest = usable.sort((a, b) => b.issuedAt - a.issuedAt)[0];
  return newest ? { status: newest.status(idx), at: newest.issuedAt } : null;
};

// The two kinds of document, taken apart. What they say is asked for by `document` once the signature is proved.
const isoDay = days => (days <= 2932896 ? new Date(days * DAY_S * 1000).toISOString().slice(0, 10) : malformed());
const reference = of => {
  const status = mapping(of, 'status_list');
  return { uri: text(status, 'uri'), idx: number(status, 'idx') };
};
const readCose = bytes => {
  const cose = fromCbor(bytes), parts = cose instanceof Tagged && cose.tag === 18 ? cose.value : null;
  if (!Array.isArray(parts) || parts.length !== 4) malformed();
  const [first, open, payload, signature] = parts, raw = [first, payload, signature];
  if (!raw.every(one => one instanceof Uint8Array) || !(open instanceof Map)) malformed();
  const header = fromCbor(first);
  if (open.size || !(header instanceof Map) || header.size !== 2) malformed();
  const alg = header.get(1), kid = header.get(4);
  if (!Number.isSafeInteger(alg) || !(kid instanceof Uint8Array) || kid.length !== 8) malformed();
  const signed = joined(Uint8Array.of(0x84, 0x6a), utf8.encode('Signature1'), cborBytes(first), Uint8Array.of(0x40),
    cborBytes(payload));
  return { alg, kid: base64url(kid), payload, signature, signed };
};
const readCode = code => {
  const cose = readCose(fromBase45(code)), payload = fromCbor(cose.payload);
  if (!(payload instanceof Map)) malformed();
  const document = () => {
    const said = mapping(payload, -70001), status = reference(mapping(payload, 65535)), issuedAt = number(payload, 6);
    const claims = {
      name: text(said, 1), permit_number: text(said, 2), division: text(said, 3), issued_on: isoDay(number(said, 4)),
      valid_until: isoDay(number(said, 5)), version: number(said, 6),
    };
    const expiresAt = number(payload, 4);
    return { kind: 'offline_code', issuedAt, issuedBefore: issuedAt + 1, expiresAt, status, claims };
  };
  return {
    issuer: text(payload, 1), kid: cose.kid, document,
    signed: (alg, jwk) => COSE[alg] === cose.alg && verified(alg, jwk, cose.signed, cose.signature),
    held: (audience, nonce) => (audience !== null || nonce !== null ? refuse('forged', 'holder') : false),
  };
};
const OPEN = ['iss', 'iat', 'exp', 'nbf', 'vct', 'cnf', 'status', '_sd', '_sd_alg', '...', 'sub'];
const disclosed = async (digests, disclosures) => {
  const found = new Map();
  if (new Set(disclosures).size !== disclosures.length) refuse('forged', 'digest');
  for (const disclosure of disclosures) {
    if (!digests.includes(await sha256(disclosure))) refuse('forged', 'digest');
    const row = fromJson(fromBase64url(disclosure));
    if (!Array.isArray(row) || row.length !== 3 || !isText(row[0]) || !isText(row[1])) malformed();
    if (OPEN.includes(row[1]) || found.has(row[1])) malformed();
    found.set(row[1], row[2]);
  }
  return Object.fromEntries(found);
};
const proves = async (proof, shown, holder, { audience, nonce, moment, asked }) => {
  const jws = readJws(proof), said = jws.payload, madeAt = number(said, 'iat');
  return own(jws.header, 'typ') === 'kb+jwt' && await signedBy(jws, 'ES256', holder)
    && own(said, 'sd_hash') === await sha256(shown) && madeAt <= moment + LEEWAY_S
    && (!asked || moment - madeAt <= PROOF_AGE_S)
    && (audience === null || own(said, 'aud') === audience) && (nonce === null || own(said, 'nonce') === nonce);
};
const credentialHeader = given => {
  try { return headerOf(given); } catch {
    return refuse(given.startsWith('eyJ') && given.includes('~') ? 'unreadable' : 'not_a_permit');
  }
};
const readCredential = given => {
  if (own(credentialHeader(given), 'typ') !== 'dc+sd-jwt') refuse('not_a_permit');
  if (!/^[A-Za-z0-9_.~-]+$/.test(given)) refuse();
  const [first, ...disclosures] = given.split('~'), jws = readJws(first), { payload } = jws, proof = disclosures.pop();
  if (!String(own(payload, 'vct')).endsWith(VCT)) refuse('not_a_permit');
  if (proof === undefined || (proof && proof.split('.').length !== 3) || disclosures.includes('')) refuse();
  const issuer = text(payload, 'iss'), shown = given.slice(0, given.length - proof.length);
  const holder = () => mapping(mapping(payload, 'cnf'), 'jwk');
  const document = async () => {
    const status = reference(mapping(payload, 'status')), issuedAt = number(payload, 'iat');
    coordinates(holder());
    if (text(payload, 'vct') !== issuer + VCT || own(payload, '_sd_alg') !== 'sha-256') malformed();
    const claims = await disclosed(texts(payload, '_sd'), disclosures), expiresAt = number(payload, 'exp');
    return { kind: 'sd_jwt_vc', issuedAt, issuedBefore: issuedAt + DAY_S, expiresAt, status, claims };
  };
  const held = async (audience, nonce, moment) => {
    const asked = audience !== null || nonce !== null;
    if (!proof && !asked) return false;
    const fits = await orNull(proves(proof, shown, holder(), { audience, nonce, moment, asked }));
    return fits ? asked : refuse('forged', 'holder');
  };
  return { issuer, kid: text(jws.header, 'kid'), document, held, signed: (alg, jwk) => signedBy(jws, alg, jwk) };
};
const read = given => {
  if (given.startsWith('JZ1:')) return readCode(given.slice(4));
  return /^JZ[0-9]{1,9}:/.test(given) ? refuse() : readCredential(given);
};

// One check for both: signature and key first, then status, then the document's own end.
const proved = async (shown, trust, moment) => {
  const unknown = () => (trust && current(trust, moment) ? refuse('forged', 'key_unknown') : refuse('stale', 'trust'));
  const issuer = trust && trust.issuers.get(shown.issuer), key = keyFor(issuer, shown.kid, 'permit');
  if (!key) unknown();
  if (!await shown.signed(key.alg, key.jwk)) refuse('forged', 'signature');
  const document = await shown.document();
  if (revoked(key, document.issuedBefore)) refuse('forged', 'key_revoked');
  if (!inUse(key, document.issuedAt, document.issuedBefore)) unknown();
  return { issuer, document };
};
const judged = (document, listed, trust, moment) => {
  if (!current(trust, moment)) return ['stale', 'trust'];
  if (document.issuedAt > moment + LEEWAY_S) return ['stale', 'document'];
  const [outcome, because] = (listed && STATUS[listed.status]) || ['stale', 'list'];
  return outcome === 'valid' && moment >= document.expiresAt ? ['stale', 'document'] : [outcome, because];
};
const NOTHING = {
  kind: '', claims: {}, issuer: '', issuer_name: {}, division: '', kid: '', expires_at: null, status_at: null,
  holder_proved: false,
};
const verdict = async (data, { trust, root, lists = [], now = new Date(), audience = null, nonce = null }) => {
  if (data.length > MOST.shown) refuse();
  const shown = read(trimmed(isText(data) ? data : textOf(data, 'not_a_permit')));
  const moment = Math.floor(now.getTime() / 1000), trusted = await readTrust(trust, root);
  const { issuer, document } = await proved(shown, trusted, moment);
  const held = await shown.held(audience, nonce, moment);
  const listed = current(trusted, moment) ? await standing(document.status, lists, issuer, moment) : null;
  const [outcome, because] = judged(document, listed, trusted, moment);
  return {
    outcome, because, kind: document.kind, claims: document.claims, issuer: issuer.id, issuer_name: issuer.name,
    division: issuer.division, kid: shown.kid, expires_at: document.expiresAt, status_at: listed ? listed.at : null,
    holder_proved: held,
  };
};

/**
 * Check what was shown: text, or its bytes. `trust` is the trust list's text, and `root` the JWK (or its
 * thumbprint) that must have signed it; `lists` are status lists' texts, or a function, also async, that gives
 * those of an address; `now` is a Date; `audience` and `nonce` are those of the question that a presentation
 * answers. Never throws for what was shown; throws where the browser lacks what a check needs (`supported`).
 *
 * The verdict is that of the Python package, by the same names: `outcome` valid, suspended, terminated, stale,
 * forged, not_a_permit or unreadable; `because` for stale (list, document, superseded, trust) and forged
 * (signature, key_unknown, key_revoked, holder, digest, malformed); what the document says in `claims`; `kind`
 * offline_code or sd_jwt_vc; `expires_at` and `status_at`, when the list was made, in seconds since 1970.
 */
export const check = async (data, options = {}) => {
  if (!supported()) throw new Error('this browser can not check signatures');
  try {
    return await verdict(data, options);
  } catch (refused) {
    const { outcome, because } = refused instanceof Refused ? refused : { outcome: 'unreadable', because: '' };
    return { outcome, because, ...NOTHING };
  }
};
