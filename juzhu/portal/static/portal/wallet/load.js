// Loading the permit onto this device: the offer, the key, the document; then the card.
import { load, offered } from './issuing.js';
import { lacking } from './keeping.js';

const form = document.getElementById('load'), words = form.dataset, at = id => document.getElementById(id);
const begun = performance.now();
const now = () => Number(words.now) + Math.floor((performance.now() - begun) / 1000);

const trouble = text => {
  at('trouble').textContent = text;
  at('trouble').hidden = !text;
  if (text) at('trouble').focus();
};
const run = async () => {
  const offer = await offered(words.offer, new FormData(form));
  if (navigator.storage && navigator.storage.persist) await navigator.storage.persist().catch(() => false);
  await load(offer, form.elements.device.value.trim(), now);
};
form.addEventListener('submit', async event => {
  event.preventDefault();
  const button = form.querySelector('button');
  trouble('');
  button.disabled = true;
  at('busy').hidden = false;
  try {
    await run();
    location.assign(words.card);
  } catch (error) {
    if (error.code === 'presence_needed') { location.reload(); return; }
    trouble(error.sentence || (error.code === '' ? words.offline : words.failed));
    button.disabled = false;
    at('busy').hidden = true;
  }
});

const start = async () => {
  const missing = await lacking(await import(words.module).catch(() => null));
  document.querySelectorAll('#lacks [data-lack]').forEach(part => { part.hidden = !missing.includes(part.dataset.lack); });
  at('lacks').hidden = !missing.length;
  form.hidden = missing.length > 0;
  form.dataset.state = 'ready';
};
start();
