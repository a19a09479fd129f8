// Checks permits on this device. What is scanned, photographed or pasted stays in this page's memory; kept are
// the lists alone, each only once its signature has been found good, and never an older one over a newer.
const root = document.getElementById('checker'), words = root.dataset;
const at = id => document.getElementById(id);
const named = (text, values) => text.replace(/\{(\w)\}/g, (_all, name) => values[name]);
const say = text => document.dispatchEvent(new CustomEvent('say', { detail: { value: text } }));
const english = document.documentElement.lang === 'en';
const now = () => new Date(Date.now() + 1000 * words.ahead);
const rootKey = JSON.parse(words.root);
const PATIENCE_MS = 5000;
let verifier = null;

// Days and moments as the service's pages write them, in Shanghai.
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October',
  'November', 'December'];
const day = iso => {
  const [year, month, date] = iso.split('-').map(Number);
  return english && MONTHS[month - 1] ? `${date} ${MONTHS[month - 1]} ${year}` : iso;
};
const timeOf = when => {
  const time = document.createElement('time'), [iso, clock] = new Date(when.getTime() + 8 * 3600e3).toISOString().split('T');
  time.dateTime = `${iso}T${clock.slice(0, 5)}+08:00`;
  time.textContent = `${day(iso)}${english ? ', ' : ' '}${clock.slice(0, 5)}`;
  return time;
};
const write = (place, text, moments) => place.replaceChildren(...text.split(/\{(\w)\}/g)
  .map((part, odd) => (odd % 2 ? timeOf(moments[part]) : part)));
const momentOf = seconds => new Date(seconds * 1000);

// What is kept on the device; where the browser allows no keeping, in memory for as long as the page is open.
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
const keptLists = async () => {
  const cache = await store(), found = cache ? (await cache.keys()).map(one => new URL(one.url).pathname) : [];
  return [...new Set([...found, ...memory.keys(), ...words.lists.split(' ')])].filter(one => one && one !== words.trust);
};
const fetched = async address => {
  if (navigator.onLine === false) return null;
  const patience = new AbortController();
  const tired = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const answer = await fetch(address, { credentials: 'omit', signal: patience.signal });
    return answer.ok && !answer.redirected ? await answer.text() : null;
  } catch { return null; } finally { clearTimeout(tired); }
};

// A list from the service if it comes and is good and not older than the kept one, else the kept one.
const newest = async (address, open, ask = true) => {
  const texts = [await kept(address), ask ? await fetched(address) : null];
  const [old, fresh] = await Promise.all(texts.map(text => text && open(text)));
  if (!fresh || (old && old.issuedAt > fresh.issuedAt)) return old ? { text: texts[0], read: old } : null;
  await keep(address, texts[1]);
  return { text: texts[1], read: fresh };
};
const trust = ask => newest(words.trust, text => verifier.readTrust(text, rootKey), ask);
const listAt = (path, { publisher, issuers }, ask) =>
  newest(path, text => verifier.readList(text, issuers.get(publisher)), ask);
const listFor = trusted => async uri => {
  const ours = `${trusted.publisher}/status/`;
  const found = uri.startsWith(ours) ? await listAt(uri.slice(trusted.publisher.length), trusted) : null;
  return found ? found.text : [];
};

// How fresh the lists are, plainly.
const tell = (text, tone, moments = {}) => {
  write(at('lists'), text, moments);
  at('lists').className = `note mb-0 ${tone}`;
};
const refresh = async (ask = true) => {
  const trusted = await trust(ask);
  if (!trusted) return tell(words.none, 'warn');
  const lists = (await Promise.all((await keptLists()).map(path => listAt(path, trusted.read, ask)))).filter(Boolean);
  if (!lists.length) return tell(words.none, 'warn');
  const made = Math.min(...lists.map(list => list.read.issuedAt));
  const ends = Math.min(trusted.read.expiresAt, ...lists.map(list => list.read.expiresAt));
  if (ends <= now() / 1000) return tell(words.due, 'warn');
  if (!await store()) return tell(words.nostore, 'warn');
  return tell(words.ready, 'good', { t: momentOf(made), u: momentOf(ends) });
};

// The answer: one of seven, each with its own plate.
const years = claims => Math.max(0, ...Object.keys(claims).filter(name => claims[name] === true)
  .map(name => +(/^residence_years_ge_(\d+)$/.exec(name) || [0, 0])[1]));
const written = (verdict, name) => {
  const value = verdict.claims[name];
  if (name === 'residence_years') return years(verdict.claims) && named(words.years, { n: years(verdict.claims) });
  if (value === undefined || value === '' || value === null) return '';
  if (name === 'division' && value === verdict.division) return verdict.issuer_name[english ? 'en' : 'zh'] || value;
  if (name === 'lives_in' && value === words.city) return words.cityName;
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  return /^\d{4}-\d\d-\d\d$/.test(value) ? day(value) : String(value);
};
const fillIn = (shown, verdict) => {
  for (const part of shown.querySelectorAll('[data-because]')) {
    if (!part.dataset.because.split(' ').includes(verdict.because)) part.remove();
  }
  for (const part of shown.querySelectorAll('[data-kind]')) if (part.dataset.kind !== verdict.kind) part.remove();
  const said = shown.querySelector('[data-said]'), since = shown.querySelector('[data-as-of]');
  if (said && !Object.keys(verdict.claims).length) said.remove();
  for (const row of shown.querySelectorAll('dl [data-claim]')) {
    const text = written(verdict, row.dataset.claim), place = row.querySelector('dd');
    if (!text) row.remove();
    row.hidden = false;
    place.textContent = text;
    if (text !== String(verdict.claims[row.dataset.claim])) place.removeAttribute('lang');
  }
  const portrait = shown.querySelector('img[data-claim]'), photo = String(verdict.claims.photo || '');
  if (portrait && photo.startsWith('data:image/jpeg;base64,')) { portrait.src = photo; portrait.hidden = false; }
  if (since && verdict.status_at) {
    write(since, since.textContent, { t: momentOf(verdict.status_at) });
    since.hidden = false;
  }
};
const when = at('when').textContent;
const show = verdict => {
  const plate = document.querySelector(`template[data-outcome="${verdict.outcome}"]`).content.cloneNode(true);
  fillIn(plate, verdict);
  at('outcome').replaceChildren(plate);
  write(at('when'), when, { t: now() });
  at('ask').hidden = true;
  at('answer').hidden = false;
  const title = at('outcome').querySelector('.verdict');
  title.tabIndex = -1;
  title.focus();
  scrollTo(0, 0);
};
const trouble = text => {
  at('trouble').textContent = text;
  at('trouble').hidden = !text;
};
const judge = async text => {
  say(words.looking);
  const trusted = await trust();
  const given = trusted ? { trust: trusted.text, lists: listFor(trusted.read) } : {};
  show(await verifier.check(text, { ...given, root: rootKey, now: now() }));
  refresh(false);
};
// A link of ours is checked by the service: the live code, and the number of a paper.
const found = async text => {
  const link = new RegExp(`^${location.origin}/[vd]/[A-Za-z0-9_-]+$`).test(text);
  if (!link) return judge(text);
  if (navigator.onLine === false) return trouble(words.offline);
  return location.assign(text);
};

// Codes in pictures: by the browser itself, or by a decoder that is loaded when it is wanted.
const native = async source => {
  if (!('BarcodeDetector' in window)) return '';
  try { return ((await new BarcodeDetector({ formats: ['qr_code'] }).detect(source))[0] || {}).rawValue || ''; }
  catch { return ''; }
};
const canvas = document.createElement('canvas'), pen = canvas.getContext('2d', { willReadFrequently: true });
const drawn = (source, width, height, most) => {
  const scale = Math.min(1, most / Math.max(width, height));
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(source, 0, 0, canvas.width, canvas.height);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
};
const decoded = async (image, options) => {
  const { decodeQR } = await import(words.qr);
  try { return decodeQR(image, options); } catch { return ''; }
};
const inPicture = async file => {
  const picture = await createImageBitmap(file);
  const seen = await native(picture);
  if (seen) return seen;
  for (const most of [1600, 800, 3200]) {
    const image = drawn(picture, picture.width, picture.height, most);
    const text = await decoded(image, { effort: Infinity, timeLimit: 2000 });
    if (text) return text;
  }
  return '';
};
const NOTHING = { outcome: 'unreadable', because: 'nothing', claims: {}, kind: '' };
at('picture').addEventListener('change', async () => {
  const [file] = at('picture').files;
  at('picture').value = '';
  trouble('');
  if (!file) return;
  say(words.looking);
  let text = null;
  try { text = await inPicture(file); } catch { trouble(named(words.picture, { f: file.name })); }
  if (text) found(text); else if (text === '') show(NOTHING);
});

// The camera, until a code has been seen in it.
let stream = null;
const stop = () => {
  if (stream) stream.getTracks().forEach(track => track.stop());
  stream = document.querySelector('#finder video').srcObject = null;
  at('finder').hidden = true;
  at('scan').hidden = false;
};
const inFrame = async video => (await native(video))
  || decoded(drawn(video, video.videoWidth, video.videoHeight, 1080), { timeLimit: 60 });
const look = async video => {
  const text = video.videoWidth ? await inFrame(video) : '';
  if (!stream) return;
  if (text) { stop(); found(text); } else setTimeout(look, 120, video);
};
at('scan').addEventListener('click', async () => {
  trouble('');
  try {
    const wanted = { facingMode: { ideal: 'environment' }, width: { ideal: 1920 }, height: { ideal: 1080 } };
    stream = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
  } catch { trouble(words.camera); return; }
  const video = document.querySelector('#finder video');
  at('scan').hidden = true;
  at('finder').hidden = false;
  video.srcObject = stream;
  await video.play().catch(() => {});
  at('stop').focus();
  look(video);
});
at('stop').addEventListener('click', () => { stop(); at('scan').focus(); });
addEventListener('pagehide', stop);

at('by-text').addEventListener('submit', event => {
  event.preventDefault();
  const text = at('id_text').value.trim();
  at('blank').hidden = Boolean(text);
  if (!text) { at('id_text').focus(); return; }
  at('id_text').value = '';
  found(text);
});
at('again').addEventListener('click', () => {
  at('outcome').replaceChildren();
  at('answer').hidden = true;
  at('ask').hidden = false;
  at('scan').focus();
});

const begin = async module => {
  verifier = module;
  document.querySelectorAll('[data-device]').forEach(part => { part.hidden = false; });
  document.querySelectorAll('[data-service]').forEach(part => { part.hidden = true; });
  addEventListener('online', () => refresh());
  if ('serviceWorker' in navigator) {
    navigator.serviceWorker.register(words.worker, { scope: words.scope }).catch(() => {});
  }
  await refresh();
  root.dataset.state = 'ready';
};
const old = () => { at('old').hidden = false; };
import(words.module).then(module => (module.supported() ? begin(module) : old()), old);
