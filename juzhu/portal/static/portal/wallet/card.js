// The permits of this device: face, number, last day, the code for use without reception, and what the signed lists
// say of them. The status is worked out here; what is old is said to be old.
import { listsBy } from '../lists.js';
import { day, momentOf, write } from '../moments.js';
import { claimsOf } from './document.js';
import { giveBack, held, renew } from './issuing.js';
import { cards, drop, lacking, update } from './keeping.js';

const root = document.getElementById('wallet'), words = root.dataset, at = id => document.getElementById(id);
const say = text => document.dispatchEvent(new CustomEvent('say', { detail: { value: text } }));
const now = () => Math.floor(Date.now() / 1000) + Number(words.ahead);
const SHOWN = ['valid', 'offline', 'unknown'];
const DAY_S = 86400, TICK_MS = 60000, FOLLOWED_S = 300;
const followed = new Map();
let verifier = null, lists = null;

// What the lists say, and whether the service has given them just now.
const standing = async (card, ask) => {
  const trusted = await lists.trust(ask);
  if (!trusted) return { outcome: 'stale', because: 'trust', reached: false };
  let listed = null;
  const texts = async uri => { listed = await lists.named(uri, trusted.read, ask); return listed ? listed.text : []; };
  const given = { trust: trusted.text, root: JSON.parse(words.root), lists: texts, now: momentOf(now()) };
  const verdict = await verifier.check(card.document, given);
  const known = verdict.status_at !== null && verdict.outcome !== 'stale';
  if (known) card.known = { outcome: verdict.outcome, at: verdict.status_at };
  return { ...verdict, reached: Boolean(ask && trusted.fresh && listed && listed.fresh), list: listed && listed.read };
};

// Which plate says it. Green only by a list of today, and only with reception.
const plateFor = ({ outcome, because, reached }) => {
  if (outcome === 'valid') return reached ? 'valid' : 'offline';
  if (outcome === 'suspended' || outcome === 'terminated') return outcome;
  if (outcome === 'stale') return { document: 'over', superseded: 'replaced' }[because] || 'unknown';
  return 'broken';
};
const status = (card, verdict) => {
  const plate = document.querySelector(`template[data-plate="${plateFor(verdict)}"]`).content.cloneNode(true);
  const known = card.known || null, { valid_until } = claimsOf(card.document);
  for (const part of plate.querySelectorAll('[data-known]')) {
    if (part.dataset.known !== (known ? known.outcome : 'none')) part.remove();
  }
  for (const part of plate.querySelectorAll('[data-without]')) if (verdict.reached) part.remove();
  for (const part of plate.querySelectorAll('[data-moment]')) {
    write(part, part.textContent.replace('{d}', day(valid_until)), { t: momentOf(known ? known.at : card.madeAt) });
  }
  return plate;
};

// The code as a picture: one path, a rectangle for each run of dark modules.
const SVG = 'http://www.w3.org/2000/svg';
const drawn = async text => {
  const { encodeQR } = await import(words.qr);
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: 4 });
  const path = rows.map((row, y) => row.map((dark, x) => {
    if (!dark || row[x - 1]) return '';
    const length = [...row.slice(x), false].indexOf(false);
    return `M${x} ${y}h${length}v1h-${length}z`;
  }).join('')).join('');
  const picture = document.createElementNS(SVG, 'svg'), shape = document.createElementNS(SVG, 'path');
  picture.setAttribute('viewBox', `0 0 ${rows.length} ${rows.length}`);
  picture.setAttribute('role', 'img');
  picture.setAttribute('aria-label', words.code);
  shape.setAttribute('d', path);
  shape.setAttribute('fill', '#1d2a30');
  picture.append(shape);
  return picture;
};

const partly = number => `${number.slice(0, 6)}****${number.slice(-4)}`;
const faceOf = async card => {
  const shown = at('a-card').content.cloneNode(true).firstElementChild, said = claimsOf(card.document);
  const part = name => shown.querySelector(`[data-part="${name}"]`);
  shown.id = `card-${card.id}`;
  part('name').textContent = said.name;
  part('until').textContent = day(said.valid_until);
  part('until').dateTime = said.valid_until;
  part('number').textContent = partly(said.permit_number);
  part('whole').addEventListener('click', event => {
    const whole = event.currentTarget.getAttribute('aria-pressed') === 'true';
    event.currentTarget.setAttribute('aria-pressed', String(!whole));
    part('number').textContent = whole ? partly(said.permit_number) : said.permit_number;
  });
  if (String(said.photo).startsWith('data:image/jpeg;base64,')) {
    part('photo').src = said.photo;
    part('photo').hidden = false;
    part('blank').remove();
  }
  part('device').textContent = card.device;
  write(part('loaded'), part('loaded').textContent, { t: momentOf(card.madeAt) });
  if (card.code) part('qr').append(await drawn(card.code)); else part('code').remove();
  part('remove').addEventListener('click', () => remove(card));
  return shown;
};
const tell = (card, verdict) => {
  const shown = at(`card-${card.id}`), plate = plateFor(verdict), good = plate === 'valid' || plate === 'offline';
  shown.querySelector('[data-part="status"]').replaceChildren(status(card, verdict));
  shown.querySelector('.permit').classList.toggle('dim', plate !== 'valid');
  shown.querySelector('.permit').classList.toggle('lapsed', !good);
  const code = shown.querySelector('details.codebox');
  if (code) code.hidden = !SHOWN.includes(plate);
  if (code && shown.dataset.plate !== plate) code.open = good;
  if (code) code.querySelector('[data-part="offline"]').hidden = plate !== 'offline';
  if (shown.dataset.plate && shown.dataset.plate !== plate) say(shown.querySelector('[data-word]').textContent);
  shown.dataset.plate = plate;
  shown.dataset.because = verdict.because;
  shown.dataset.reached = String(verdict.reached);
};

const leave = async card => {
  at(`card-${card.id}`).remove();
  await drop(card.id);
  if (!document.querySelector('#cards > *')) { at('none').hidden = false; at('cards').hidden = true; }
};
const remove = async card => {
  await leave(card);
  const notice = await giveBack(card) ? at('gone') : at('gone-unsaid');
  notice.hidden = false;
  notice.focus();
};

// With reception: whether the device may still have it, and a fresh document when there is something new to say.
const due = (card, { outcome, because }) => outcome === 'valid' ? now() - card.madeAt > DAY_S
  : outcome === 'stale' && (because === 'superseded' || because === 'document');
const follow = async (card, verdict) => {
  if (now() - followed.get(card.id) < FOLLOWED_S) return;
  followed.set(card.id, now());
  const active = await held(card);
  if (active === false) { await leave(card); at('ended').hidden = false; return; }
  if (!active || !due(card, verdict)) return;
  try { await renew(card, now); } catch { return; }
  const fresh = await faceOf(card);
  at(`card-${card.id}`).replaceWith(fresh);
  tell(card, await standing(card, true));
};
const look = async (card, ask) => {
  const verdict = await standing(card, ask);
  if (!at(`card-${card.id}`)) return;
  tell(card, verdict);
  await update(card);
  if (verdict.reached) await follow(card, verdict);
};
const all = async ask => {
  const mine = await cards();
  await Promise.all(mine.map(card => look(card, ask)));
  const out = mine.some(card => at(`card-${card.id}`)?.dataset.reached === 'false');
  document.body.classList.toggle('no-reception', ask && out);
};

const begin = async () => {
  const mine = await cards();
  at('none').hidden = mine.length > 0;
  at('cards').hidden = !mine.length;
  at('left').hidden = location.hash !== '#left' || !mine.length;
  if (mine.length) {
    lists = listsBy(verifier, { root: JSON.parse(words.root), address: words.trust, cache: 'no-cache' });
    at('cards').replaceChildren(...await Promise.all(mine.map(faceOf)));
    await all(false);
    navigator.serviceWorker.register(words.worker, { scope: words.scope }).catch(() => {});
    await all(true);
    const again = () => { if (!document.hidden) all(true); };
    ['online', 'offline'].forEach(name => addEventListener(name, again));
    document.addEventListener('visibilitychange', again);
    setInterval(again, TICK_MS);
  }
  root.dataset.state = 'ready';
};
const unable = missing => {
  document.querySelectorAll('#lacks [data-lack]').forEach(part => { part.hidden = !missing.includes(part.dataset.lack); });
  at('lacks').hidden = false;
  root.dataset.state = 'unable';
};

let prompted = null;
addEventListener('beforeinstallprompt', event => {
  event.preventDefault();
  prompted = event;
  at('install').hidden = false;
});
at('install').addEventListener('click', () => prompted && prompted.prompt());

const start = async () => {
  verifier = await import(words.module).catch(() => null);
  const missing = await lacking(verifier);
  return missing.length ? unable(missing) : begin();
};
start();
