// Photographs papers with the computer's camera into the page's own file inputs: preview, take again, several
// pages. Without a camera, or without leave to use it, the phone's or the computer's own chooser opens.
(() => {
  'use strict';
  const dialog = document.getElementById('camera');
  if (!dialog?.showModal || typeof DataTransfer === 'undefined') return;
  const words = dialog.dataset;
  const video = dialog.querySelector('video'), list = dialog.querySelector('.shots');
  const shoot = dialog.querySelector('[data-shoot]'), use = dialog.querySelector('[data-use]');
  const named = (text, n) => text.replace('{n}', n);
  const say = text => document.dispatchEvent(new CustomEvent('say', { detail: { value: text } }));
  let input = null, stream = null, shots = [], taken = 0;

  const draw = () => {
    list.replaceChildren(...shots.map((shot, at) => {
      const row = document.createElement('li'), drop = document.createElement('button');
      const caption = document.createElement('span');
      caption.textContent = named(words.page, at + 1);
      drop.type = 'button';
      drop.className = 'btn btn-outline';
      drop.textContent = named(words.drop, at + 1);
      drop.addEventListener('click', () => { shots = shots.filter(one => one !== shot); draw(); shoot.focus(); });
      row.append(shot.canvas, caption, drop);
      return row;
    }));
    use.disabled = !shots.length;
  };

  const give = (target, files) => {
    const all = new DataTransfer();
    if (target.multiple) for (const file of target.files) all.items.add(file);
    for (const file of files) all.items.add(file);
    target.files = all.files;
    target.dispatchEvent(new Event('change', { bubbles: true }));
    const line = target.parentElement.querySelector('.shot-count') || document.createElement('p');
    line.className = 'shot-count small';
    line.textContent = named(words.added, files.length);
    target.after(line);
    say(line.textContent);
  };

  const choose = target => {
    const own = document.createElement('input');
    own.type = 'file';
    own.accept = 'image/jpeg,image/png';
    own.setAttribute('capture', 'environment');
    own.multiple = target.multiple;
    own.addEventListener('change', () => give(target, own.files));
    own.click();
    say(words.none);
  };

  const open = async target => {
    input = target;
    shots = [];
    draw();
    try {
      const wanted = { facingMode: { ideal: 'environment' }, width: { ideal: 2560 }, height: { ideal: 1440 } };
      stream = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
    } catch {
      choose(target);
      return;
    }
    video.srcObject = stream;
    shoot.disabled = true;
    dialog.showModal();
    await video.play();
    shoot.disabled = false;
    shoot.focus();
  };

  shoot.addEventListener('click', () => {
    if (!video.videoWidth) return;
    const canvas = document.createElement('canvas');
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    canvas.getContext('2d').drawImage(video, 0, 0);
    taken += 1;
    const shot = { canvas, name: `paper-${taken}.jpg` };
    shots = input.multiple ? [...shots, shot] : [shot];
    draw();
  });

  use.addEventListener('click', async () => {
    const files = await Promise.all(shots.map(({ canvas, name }) => new Promise(done => {
      canvas.toBlob(blob => done(new File([blob], name, { type: 'image/jpeg' })), 'image/jpeg', 0.9);
    })));
    const target = input;
    dialog.close();
    give(target, files);
  });

  dialog.querySelector('[data-close]').addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => {
    stream?.getTracks().forEach(track => track.stop());
    stream = video.srcObject = null;
    document.getElementById(`${input.id}-camera`)?.focus();
  });

  for (const one of document.querySelectorAll('[data-camera] input[type=file]')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.id = `${one.id}-camera`;
    button.className = 'btn btn-outline';
    button.textContent = words.label;
    const title = document.createElement('span');
    title.className = 'visually-hidden';
    title.textContent = ` ${one.labels[0]?.textContent.trim() ?? ''}`;
    button.append(title);
    button.addEventListener('click', () => (navigator.mediaDevices?.getUserMedia ? open(one) : choose(one)));
    one.after(button);
  }
})();
