// Passkeys: asks for the options when the button is pressed, lets the device answer, and sends the form. Without
// this script, and in a browser that knows no passkeys, the page says so and the other ways stay.
(() => {
  'use strict';
  const form = document.querySelector('form[data-passkey]');
  if (!form || !window.PublicKeyCredential || !navigator.credentials) return;
  const button = form.querySelector('.actions button'), said = document.createElement('p');
  said.className = 'note bad';
  said.setAttribute('role', 'alert');

  const bytes = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), one => one.charCodeAt(0));
  const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  const read = options => {
    options.challenge = bytes(options.challenge);
    if (options.user) options.user.id = bytes(options.user.id);
    [...(options.allowCredentials || []), ...(options.excludeCredentials || [])].forEach(one => { one.id = bytes(one.id); });
    return options;
  };
  const written = ({ id, rawId, type, response }) => {
    const told = { id, rawId: text(rawId), type, response: {} };
    for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
      if (response[name]) told.response[name] = text(response[name]);
    }
    if (response.getTransports) told.response.transports = response.getTransports();
    return JSON.stringify(told);
  };
  const tell = words => { said.textContent = words; button.closest('.actions').before(said); };

  const ask = async () => {
    const token = form.querySelector('[name=csrfmiddlewaretoken]').value;
    const answer = await fetch(form.dataset.options, { method: 'POST', headers: { 'X-CSRFToken': token } });
    if (!answer.ok) throw new Error(form.dataset.failed);
    const publicKey = read(await answer.json());
    const credential = await navigator.credentials[form.dataset.passkey]({ publicKey });
    form.querySelector('[name=credential]').value = written(credential);
    form.requestSubmit();
  };
  button.addEventListener('click', async () => {
    button.disabled = true;
    said.remove();
    try {
      await ask();
    } catch (error) {
      const { cancelled, known, failed } = form.dataset;
      tell({ NotAllowedError: cancelled, AbortError: cancelled, InvalidStateError: known }[error.name] || failed);
    }
    button.disabled = false;
  });
  form.querySelector('[data-unable]')?.remove();
  button.hidden = form.hidden = false;
})();
