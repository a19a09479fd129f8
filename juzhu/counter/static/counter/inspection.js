// Inspections without reception. What is filled in lies in this device's own database until the service has
// said that it keeps it; each has a key of its own, so that what is sent twice is kept once.
(() => {
  'use strict';
  const root = document.getElementById('device');
  if (!root) return;
  const words = root.dataset, me = +words.officer;
  const at = id => document.getElementById(id);
  const form = at('fill'), photos = form.elements.papers;
  const named = (text, values) => text.replace(/\{(\w)\}/g, (_all, name) => values[name]);
  const make = (tag, text = '', name = '') => {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    if (name) element.className = name;
    return element;
  };

  // The device's database: "rows" were taken along, "drafts" were filled in here.
  const whole = request => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  const opened = () => {
    const request = indexedDB.open('juzhu-inspections', 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('rows', { keyPath: 'number' });
      request.result.createObjectStore('drafts', { keyPath: 'number' });
    };
    return whole(request);
  };
  let database = null, open = null, sending = false, signedOut = false, saving = Promise.resolve();
  const written = transaction => new Promise((done, failed) => {
    transaction.oncomplete = done;
    transaction.onerror = transaction.onabort = () => failed(transaction.error);
  });
  const all = name => whole(database.transaction(name).objectStore(name).getAll());
  const one = (name, key) => whole(database.transaction(name).objectStore(name).get(key));
  const put = (name, row) => {
    const transaction = database.transaction(name, 'readwrite');
    transaction.objectStore(name).put(row);
    return written(transaction);
  };
  const drop = (name, key) => {
    const transaction = database.transaction(name, 'readwrite');
    transaction.objectStore(name).delete(key);
    return written(transaction);
  };
  const key = () => [...crypto.getRandomValues(new Uint8Array(16))].map(n => n.toString(16).padStart(2, '0')).join('');

  // Lists: what is not sent yet, and where to go.
  const entry = (row, state) => {
    const item = make('li', '', 'due'), text = make('span'), name = make('b', row.address);
    name.lang = 'zh-CN';
    text.append(name, make('small', state));
    item.append(text);
    if (row.owner === undefined || row.owner === me) {
      const button = make('button', words.open, 'btn btn-outline');
      button.type = 'button';
      button.setAttribute('aria-label', `${words.open} ${row.address}`);
      button.addEventListener('click', () => fill(row.number));
      item.append(button);
    }
    return item;
  };
  const shown = { draft: words.half, ready: words.ready, stuck: words.stuck };
  const draw = async () => {
    const [rows, drafts] = await Promise.all([all('rows'), all('drafts')]);
    const begun = new Set(drafts.map(draft => draft.number));
    const mine = drafts.filter(draft => draft.owner === me), others = drafts.filter(draft => draft.owner !== me);
    const why = draft => [shown[draft.state], ...(draft.said || [])].join(' · ');
    at('unsent').replaceChildren(...mine.map(draft => entry(draft, why(draft))),
      ...others.map(draft => entry(draft, words.other)));
    at('unsent-none').textContent = drafts.length ? '' : words.unsentNone;
    at('send').hidden = !mine.some(draft => draft.state === 'ready');
    const todo = rows.filter(row => !begun.has(row.number)).sort((a, b) => b.days - a.days);
    at('todo').replaceChildren(...todo.map(row => entry(row, named(words.days, { n: row.days }))));
    if (!todo.length) at('todo').append(make('li', words.none, 'muted'));
    const since = localStorage.getItem('juzhu-inspections-since');
    at('as-of').textContent = since ? named(words.asof, { t: new Date(since).toLocaleString() }) : '';
    const state = signedOut ? words.signin : navigator.onLine ? words.online : words.offline;
    at('net').textContent = state;
    at('net').classList.toggle('warn', signedOut || !navigator.onLine);
    at('net').classList.toggle('good', !signedOut && navigator.onLine);
  };
  const look = which => {
    at('view-lists').hidden = at('view-todo').hidden = which === 'form';
    at('view-form').hidden = which !== 'form';
  };

  // One form, filled in from what lies here, kept at every touch.
  const blank = row => ({ number: row.number, address: row.address, url: row.url, facts: row, owner: me, key: key(),
    fields: null, photos: [], state: 'draft', said: [] });
  const write = fields => {
    form.reset();
    if (!fields) return;
    for (const element of form.elements) {
      if (!element.name || element.type === 'file' || element.type === 'hidden') continue;
      const values = fields.filter(([name]) => name === element.name).map(([, value]) => value);
      if (element.type === 'radio' || element.type === 'checkbox') element.checked = values.includes(element.value);
      else element.value = values[0] ?? '';
    }
  };
  const read = () => [...new FormData(form)].filter(([name, value]) =>
    typeof value === 'string' && !['csrfmiddlewaretoken', 'key', 'kept'].includes(name));
  const count = () => {
    at('photo-count').hidden = !open.photos.length;
    at('photo-count').textContent = named(words.photos, { n: open.photos.length });
  };
  const fill = async number => {
    open = await one('drafts', number);
    if (!open) {
      const row = await one('rows', number);
      if (!row) return draw();
      open = blank(row);
    }
    write(open.fields);
    const facts = open.facts;
    at('v-form').textContent = open.address;
    at('facts').textContent = [named(words.fits, { n: facts.fits }), ...facts.rooms].join(' · ');
    at('again').hidden = !facts.again.length;
    at('again').querySelector('p').textContent = words.again;
    at('again').querySelector('ul').replaceChildren(...facts.again.map(line => make('li', line)));
    at('kept').textContent = '';
    at('drop').textContent = words.drop;
    delete at('drop').dataset.sure;
    tellFaults(open.said || []);
    count();
    look('form');
    at('v-form').focus();
    scrollTo(0, 0);
  };
  const line = fault => {
    const item = make('li', fault.id ? '' : fault);
    if (fault.id) {
      const link = make('a', fault.text);
      link.href = `#${fault.id}`;
      item.append(link);
    }
    return item;
  };
  const tellFaults = lines => {
    at('faults').hidden = !lines.length;
    at('faults').querySelector('ul').replaceChildren(...lines.map(line));
    if (lines.length) at('faults').focus();
  };
  const save = (state = 'draft') => {
    const draft = open;
    draft.fields = read();
    draft.state = state;
    draft.said = [];
    saving = saving.then(() => put('drafts', draft)).then(() => {
      if (open === draft) at('kept').textContent = words.kept;
    }, () => { at('kept').textContent = words.nostore; });
    return saving;
  };
  form.addEventListener('input', () => { if (open) save(); });
  photos.addEventListener('change', () => {
    if (!open) return;
    for (const file of photos.files) open.photos.push({ name: file.name, blob: file });
    photos.value = '';
    count();
    save();
  });
  const missing = () => words.required.trim().split(/\s+/).filter(name => {
    const field = form.elements[name];
    return field && !field.value;
  });
  const fault = name => {
    const field = form.elements[name], first = field.length && !field.tagName ? field[0] : field;
    const group = first.closest('fieldset');
    const label = group ? group.querySelector('legend') : form.querySelector(`label[for="${first.id}"]`);
    return { id: first.id, text: words.missing + label.textContent.trim() };
  };
  form.addEventListener('submit', async event => {
    event.preventDefault();
    const left = new Map(missing().map(fault).map(one => [one.text, one]));
    if (left.size) return tellFaults([...left.values()]);
    await save('ready');
    open = null;
    look('lists');
    await draw();
    at('send').focus();
    send();
  });
  at('back').addEventListener('click', async () => { await saving; open = null; look('lists'); draw(); });
  at('drop').addEventListener('click', async () => {
    if (!at('drop').dataset.sure) {
      at('drop').dataset.sure = '1';
      at('drop').textContent = words.sure;
      return;
    }
    await saving;
    await drop('drafts', open.number);
    open = null;
    look('lists');
    draw();
  });

  // Sending: one after another, each until the service has said that it keeps it.
  const token = () => document.cookie.split('; ').find(part => part.startsWith('csrftoken='))?.slice(10) || '';
  const body = draft => {
    const sent = new FormData();
    for (const [name, value] of draft.fields) sent.append(name, value);
    sent.append('key', draft.key);
    for (const photo of draft.photos) sent.append('papers', photo.blob, photo.name);
    return sent;
  };
  const post = async draft => {
    const answer = await fetch(draft.url, { method: 'POST', body: body(draft), credentials: 'same-origin',
      headers: { 'X-CSRFToken': token(), Accept: 'application/json' } });
    const json = answer.headers.get('Content-Type')?.includes('json') ? await answer.json() : null;
    if (json?.kept) {
      await drop('drafts', draft.number);
      await drop('rows', draft.number);
      const line = make('li', `${words.sent} `), name = make('span', draft.address);
      name.lang = 'zh-CN';
      line.append(name);
      at('sent').append(line);
    } else if (json?.faults) {
      await put('drafts', { ...draft, state: 'stuck', said: json.faults });
    } else if (answer.redirected || answer.status === 403) signedOut = true;
  };
  const send = async () => {
    if (sending || !database) return;
    sending = true;
    at('send').setAttribute('aria-disabled', 'true');
    try {
      const work = async () => {
        const ready = (await all('drafts')).filter(draft => draft.state === 'ready' && draft.owner === me);
        for (const draft of ready) if (!signedOut) await post(draft);
      };
      if (navigator.locks) await navigator.locks.request('juzhu-inspections', work); else await work();
    } catch { /* no network: it stays here, and is sent later */ } finally {
      sending = false;
      at('send').removeAttribute('aria-disabled');
      if (!open) await draw();
    }
  };
  at('send').addEventListener('click', () => { signedOut = false; send(); });

  // What is owed, taken along while there is a network; what was begun here stays.
  const carry = async () => {
    try {
      const answer = await fetch(words.carried, { credentials: 'same-origin', headers: { Accept: 'application/json' } });
      if (answer.redirected) { signedOut = true; return; }
      if (!answer.ok) return;
      const { rows } = await answer.json();
      const transaction = database.transaction('rows', 'readwrite'), store = transaction.objectStore('rows');
      store.clear();
      rows.forEach(row => store.put(row));
      await written(transaction);
      localStorage.setItem('juzhu-inspections-since', new Date().toISOString());
    } catch { /* no network: the list is that of last time */ }
  };
  const begin = async () => {
    signedOut = false;
    await carry();
    if (!open) await draw();
    await send();
  };
  addEventListener('online', begin);
  addEventListener('offline', () => { if (!open) draw(); });
  setInterval(() => { if (navigator.onLine) send(); }, 30000);

  opened().then(async found => {
    database = found;
    root.hidden = false;
    navigator.storage?.persist?.();
    await draw();
    if ('serviceWorker' in navigator) navigator.serviceWorker.register(words.worker).catch(() => {});
    await begin();
    root.dataset.state = 'ready';
  }, () => {
    root.hidden = false;
    at('net').textContent = words.nostore;
  });
})();
