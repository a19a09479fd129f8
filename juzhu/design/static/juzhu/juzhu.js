// Makes complete pages quicker; none needs it. Strict CSP: no eval, no inline script, no style attributes.
(() => {
  'use strict';
  const body = document.body;
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const say = text => {
    const line = document.getElementById('say');
    if (line) { line.textContent = ''; setTimeout(() => { line.textContent = text; }, 50); }
  };

  // A line beside the button: seen, and read out by #say.
  const tell = (form, text, bad = false) => {
    form.querySelector('.tell')?.remove();
    if (!text) return;
    const line = document.createElement('p');
    line.className = bad ? 'tell note bad' : 'tell small muted';
    line.textContent = text;
    (form.querySelector('.actions') || form).append(line);
    say(text);
  };

  // Error summary: focus goes there, its links go into the field with the label in view.
  const toErrors = root => root.querySelector('.error-sum')?.focus();
  document.addEventListener('click', event => {
    const link = event.target.closest('.error-sum a[href^="#"]');
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    (field.closest('.field, .item, fieldset') || field).scrollIntoView({ block: 'start' });
    field.focus({ preventScroll: true });
  });

  // A second press sends nothing twice. The button stays focusable, and is free again on the way back.
  const release = form => {
    delete form.dataset.busy;
    all('[data-was-free]', form).forEach(button => {
      button.removeAttribute('aria-disabled');
      button.removeAttribute('data-was-free');
    });
  };
  document.addEventListener('submit', event => {
    const form = event.target;
    if (form.method !== 'post' || form.hasAttribute('data-again')) return;
    if (form.dataset.busy) { event.preventDefault(); event.stopPropagation(); return; }
    if (event.defaultPrevented) return;
    const button = event.submitter;
    if (button?.getAttribute('aria-disabled') === 'true') { event.preventDefault(); return; }
    form.dataset.busy = '1';
    if (button) { button.setAttribute('aria-disabled', 'true'); button.dataset.wasFree = ''; }
    if (!form.matches('.tool-form')) tell(form, body.dataset.sending);
    setTimeout(() => { release(form); tell(form, ''); }, 30000);
  }, true);
  document.addEventListener('click', event => {
    if (event.target.closest('[aria-disabled=true]')) event.preventDefault();
  });
  addEventListener('pageshow', () => all('form[data-busy]').forEach(form => { release(form); tell(form, ''); }));

  // HTMX: CSRF from the page's forms; focus is kept, or goes to what came; the news is read out; nothing jumps.
  document.addEventListener('htmx:configRequest', event => {
    const token = document.querySelector('[name=csrfmiddlewaretoken]');
    if (token) event.detail.headers['X-CSRFToken'] = token.value;
  });
  document.addEventListener('htmx:afterRequest', event => {
    const form = event.detail.elt.closest('form');
    if (form) { release(form); if (event.detail.successful) tell(form, ''); }
  });
  document.addEventListener('htmx:afterSettle', event => {
    const came = event.detail.elt;
    if (came.querySelector('.error-sum')) toErrors(came);
    else if (document.activeElement === body && came.matches('[data-focus]')) {
      came.setAttribute('tabindex', '-1');
      came.focus({ preventScroll: true });
    }
    const news = came.matches('[data-announce]') ? came : came.querySelector('[data-announce]');
    if (news) say(news.dataset.announce || news.textContent.trim());
  });
  document.addEventListener('say', event => say(event.detail.value ?? ''));
  const failed = words => event => {
    const form = event.detail.elt.closest('form');
    if (form) tell(form, words, true); else say(words);
  };
  document.addEventListener('htmx:responseError', failed(body.dataset.failed));
  document.addEventListener('htmx:sendError', failed(body.dataset.offline));

  // Uploads by HTMX show how far they are.
  document.addEventListener('htmx:xhr:progress', event => {
    const { lengthComputable, loaded, total, elt } = event.detail;
    const meter = lengthComputable && elt.querySelector('progress[data-progress]');
    if (!meter) return;
    meter.hidden = false;
    meter.max = 100;
    meter.value = meter.textContent = Math.round(100 * loaded / total);
  });

  // The permit's code counts down: every second, or every five where motion is unwanted, and then without the ring.
  const ends = new WeakMap(), still = matchMedia('(prefers-reduced-motion: reduce)');
  const tick = () => all('[data-countdown]').forEach(box => {
    const period = +box.dataset.period;
    if (!ends.has(box)) ends.set(box, Date.now() + 1000 * box.dataset.countdown);
    const left = Math.ceil((ends.get(box) - Date.now()) / 1000);
    if (left > 0 && !(still.matches && left % 5)) box.querySelector('[data-left]').textContent = left;
    if (!still.matches) {
      box.querySelector('.fg').setAttribute('stroke-dashoffset', 100 - 100 * Math.max(0, left) / period);
    }
    if (left <= 0 && !box.dataset.due) {
      box.dataset.due = '1';
      box.dispatchEvent(new CustomEvent('juzhu:due', { bubbles: true }));
    }
    if (left <= -4 && !box.hidden) { // the next code did not come: do not show a dead one as if it lived
      box.hidden = true;
      const late = box.parentElement.querySelector('[data-late]');
      if (late) { late.hidden = false; say(late.textContent.trim()); }
      box.closest('.codebox')?.classList.add('stale');
    }
  });
  if (document.querySelector('.codebox, [data-countdown]')) { tick(); setInterval(tick, 1000); }

  // Officers' keys. Off while typing, off with a modifier, and off for who has switched them off.
  const visible = element => element.getClientRects().length > 0;
  const usable = element => visible(element) || element.closest('details.with-keys'); // folded in, its key still works
  const keysOn = body.classList.contains('office') && body.dataset.keys !== 'off';
  const act = element => {
    if (element.matches('input, select, textarea')) { element.focus(); element.select?.(); }
    else if (element.getAttribute('aria-disabled') === 'true') {
      element.focus();
      const why = document.getElementById(element.getAttribute('aria-describedby'));
      if (why) say(why.textContent.trim());
    } else element.click();
  };
  const move = step => {
    const rows = all('[data-row]').filter(visible);
    if (!rows.length) return false;
    const now = rows.findIndex(row => row.classList.contains('here'));
    const next = rows[Math.min(rows.length - 1, Math.max(0, now < 0 ? (step > 0 ? 0 : rows.length - 1) : now + step))];
    rows.forEach(row => row.classList.toggle('here', row === next));
    next.querySelector('a')?.focus();
    return true;
  };
  const onKey = event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    if (event.target.closest('input, select, textarea, [contenteditable]')) return;
    const key = event.key.toLowerCase();
    if (key === '?') {
      const help = document.getElementById('keys');
      if (help) { event.preventDefault(); help.open = true; help.querySelector('summary').focus(); }
      return;
    }
    const wanted = all('[data-key]').find(element => element.dataset.key === key && usable(element));
    if (wanted) { event.preventDefault(); act(wanted); }
    else if ((key === 'j' || key === 'k') && move(key === 'j' ? 1 : -1)) event.preventDefault();
  };
  if (keysOn) {
    document.addEventListener('keydown', onKey);
    all('[data-key]').forEach(element => element.setAttribute('aria-keyshortcuts', element.dataset.key));
  } else all('kbd').forEach(hint => { if (!hint.closest('#keys')) hint.hidden = true; });

  all('[data-print]').forEach(button => { button.hidden = false; button.addEventListener('click', () => print()); });
  toErrors(document);
})();
