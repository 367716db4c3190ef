// The pages of both sides beside each other, with the numbers on them in boxes.
const readMarks = (words) => words.split(';').filter(Boolean).map((one) => one.split(' ').map(Number));
const drawSheet = (side, marks) => {
  const n = marks[0]?.[0];
  const page = D.pages[side][n];
  if (!page) return null;
  const [src, width, height] = page;
  const sheet = el('div', { class: 'sheet' }, el('img', { src, alt: say('page-image', { n }) }));
  for (const [on, ...box] of marks) {
    if (on !== n || box.length < 4) continue;
    const node = el('span', { class: 'box' });
    Object.assign(node.style, {
      left: `${(box[0] / width) * 100}%`, top: `${(box[1] / height) * 100}%`,
      width: `${((box[2] - box[0]) / width) * 100}%`, height: `${((box[3] - box[1]) / height) * 100}%`,
    });
    sheet.append(node);
  }
  return el('figure', { tabindex: 0 }, el('figcaption', {}, `${say(side ? 'right' : 'left')} · ${say('page', { n })}`), sheet);
};
const openSheets = (button) => {
  const sides = [button.dataset.left, button.dataset.right].map((words, side) => drawSheet(side, readMarks(words))).filter(Boolean);
  const dialog = document.getElementById('sheets');
  dialog.replaceChildren(el('form', { method: 'dialog' }, el('button', {}, say('close'))), el('div', { class: `pair of-${sides.length}` }, ...sides));
  dialog.showModal();
  for (const figure of sides) {
    const box = figure.querySelector('.box');
    if (box) figure.scrollTop = box.offsetTop - figure.clientHeight / 3;
  }
};
document.body.append(el('dialog', { id: 'sheets', 'aria-label': say('as-pages') }));
document.addEventListener('click', (event) => {
  const button = event.target.closest('button.sheets');
  if (button) openSheets(button);
});
