// What a checker would get, with the very values; and giving it, by the device's key (OpenID4VP 1.0, direct_post).
import { claimsOf, payloadOf, presented } from './document.js';
import { cards } from './keeping.js';
import { day } from '../moments.js';

const root = document.getElementById('consent'), words = root.dataset, at = id => document.getElementById(id);
const begun = performance.now();
const now = () => Number(words.now) + Math.floor((performance.now() - begun) / 1000);
let mine = [], question = null;

const claims = () => (question.dcql_query.credentials[0].claims || []);
const says = (claim, value) => value !== undefined && value !== '' && (!claim.values || claim.values.includes(value));
const written = value => {
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (value === words.city) return words.cityName;
  return /^\d{4}-\d\d-\d\d$/.test(value) ? day(value) : String(value);
};
const chosen = () => mine.find(card => card.id === (root.querySelector('[name=card]:checked') || {}).value) || mine[0];

// Exactly the claims of the signed request, one row each, in the page's words.
const fill = card => {
  const said = claimsOf(card.document), wanted = claims();
  for (const row of root.querySelectorAll('#given [data-claim]')) {
    const claim = wanted.find(one => one.path[0] === row.dataset.claim), value = said[row.dataset.claim];
    const picture = row.querySelector('img'), place = row.querySelector('b');
    row.hidden = !claim;
    if (picture) { picture.hidden = !value; if (value) picture.src = value; }
    place.textContent = picture && value ? '' : value === '' ? words.none : written(value);
    row.classList.toggle('unfit', Boolean(claim) && !says(claim, value));
  }
  const fits = wanted.every(claim => says(claim, said[claim.path[0]]));
  at('unfit').hidden = fits;
  at('give').hidden = !fits;
  document.querySelectorAll('[name=key]').forEach(field => { field.value = card.id; });
};

const asked = async (address, options = {}) => {
  const answer = await fetch(address, { credentials: 'omit', cache: 'no-store', redirect: 'error', ...options });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer;
};
const over = text => {
  at('trouble').textContent = text;
  at('trouble').hidden = false;
  at('trouble').focus();
};
const give = async () => {
  at('give').disabled = true;
  const card = chosen(), names = claims().map(claim => claim.path[0]);
  try {
    const shown = await presented(card, names, { audience: question.client_id, nonce: question.nonce, now: now() });
    const body = new URLSearchParams({ state: question.state, vp_token: JSON.stringify({ permit: [shown] }) });
    await asked(new URL(question.response_uri).pathname, { method: 'POST', body });
    at('asked').hidden = true;
    at('done').hidden = false;
    at('done').querySelector('h2').focus();
    scrollTo(0, 0);
  } catch (error) {
    at('give').disabled = false;
    over(/^4/.test(error.message) ? words.over : words.offline);
  }
};

const begin = async () => {
  const keys = words.keys.split(' '), all = await cards().catch(() => []);
  mine = all.filter(card => keys.includes(card.id));
  if (!mine.length) { at(all.length ? 'not-mine' : 'no-card').hidden = false; return; }
  try { question = payloadOf(await (await asked(words.request)).text()); } catch { over(words.over); return; }
  if (mine.length > 1) {
    at('which').hidden = false;
    for (const card of mine) {
      const one = at('one-card').content.cloneNode(true), field = one.querySelector('input');
      field.value = card.id;
      field.checked = card === mine[0];
      one.querySelector('[data-name]').textContent = claimsOf(card.document).name;
      at('which').append(one);
    }
    at('which').addEventListener('change', () => fill(chosen()));
  }
  fill(mine[0]);
  at('given').hidden = false;
  at('give').addEventListener('click', give);
};
begin().finally(() => { root.dataset.state = 'ready'; });
