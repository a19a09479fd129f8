// Checks permits on this device. What is scanned, photographed or pasted stays in this page's memory; kept are
// the lists alone.
import { listsBy } from './lists.js';
import { day, english, momentOf, put, write } from './moments.js';

const root = document.getElementById('checker'), words = root.dataset;
const at = id => document.getElementById(id);
const named = (text, values) => text.replace(/\{(\w)\}/g, (_all, name) => values[name]);
const say = text => document.dispatchEvent(new CustomEvent('say', { detail: { value: text } }));
const now = () => new Date(Date.now() + 1000 * words.ahead);
const rootKey = JSON.parse(words.root);
let verifier = null, lists = null;

// How fresh the lists are, plainly.
const tell = (text, tone, moments = {}) => {
  write(at('lists'), text, moments);
  at('lists').className = `note mb-0 ${tone}`;
};
const refresh = async (ask = true) => {
  const trusted = await lists.trust(ask), found = trusted && await lists.all(trusted.read, ask);
  if (!trusted || !found.length) return tell(words.none, 'warn');
  const made = Math.min(...found.map(list => list.read.issuedAt));
  const ends = Math.min(trusted.read.expiresAt, ...found.map(list => list.read.expiresAt));
  if (ends <= now() / 1000) return tell(words.due, 'warn');
  if (!await lists.keeps()) return tell(words.nostore, 'warn');
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
  put(at('outcome'), plate);
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
  const trusted = await lists.trust();
  const given = trusted ? { trust: trusted.text, lists: lists.textsFor(trusted.read) } : {};
  show(await verifier.check(text, { ...given, root: rootKey, now: now() }));
  refresh(false);
};
// A link of ours is checked by the service: the live code, and the number of a paper.
const found = async text => {
  const ours = text.startsWith(`${location.origin}/`);
  if (!ours || !/^\/[vd]\/[\w-]+$/.test(text.slice(location.origin.length))) return judge(text);
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
  try { return (await import(words.qr)).decodeQR(image, options); } catch { return ''; }
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
  if (!verifier) return; // the service answers
  event.preventDefault();
  const text = at('id_text').value.trim();
  at('blank').hidden = Boolean(text);
  if (!text) { at('id_text').focus(); return; }
  at('id_text').value = '';
  found(text);
});
at('again').addEventListener('click', () => {
  put(at('outcome'));
  at('answer').hidden = true;
  at('ask').hidden = false;
  at('scan').focus();
});

const begin = async module => {
  verifier = module;
  lists = listsBy(module, { root: rootKey, address: words.trust, known: words.lists.split(' ') });
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
