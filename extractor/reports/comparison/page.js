'use strict';
const D = JSON.parse(document.getElementById('data').textContent);
const say = (name, facts = {}) => (D.words[name] ?? name).replace(/\{(\w+)\}/g, (all, key) => facts[key] ?? all);
// Children that are strings become text: nothing of a document is ever read as markup.
const el = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === false) continue;
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
};

const form = document.querySelector('form.tools');
const body = document.querySelector('tbody');
const rows = [...body.rows].map((node, at) => ({ node, at, weight: Number(node.dataset.weight), words: node.textContent.toLowerCase() }));
const entries = [...document.querySelectorAll('.changes li')].map((node) => ({ node, words: node.textContent.toLowerCase() }));
const stops = [...document.querySelectorAll('.changes li:not(.unchanged, .different_period), tbody tr.different')];
let last = null;

const apply = () => {
  const wanted = form.elements.words.value.trim().toLowerCase();
  for (const one of [...rows, ...entries]) one.node.hidden = !one.words.includes(wanted);
  fold();
};
const sort = () => {
  const byWeight = form.elements.order.value === 'weight';
  rows.sort((one, two) => (byWeight && two.weight - one.weight) || one.at - two.at);
  body.append(...rows.map((one) => one.node));
  fold();
};

// Equal rows between others are folded into one that says how many they are; it opens them where they stand.
const fold = () => {
  for (const node of body.querySelectorAll('.fold')) node.remove();
  for (const { node } of rows) node.classList.remove('open');
  const box = document.getElementById('show-equal');
  if (!box || box.checked || form.elements.order.value === 'weight') return;
  let run = [];
  for (const { node } of [...rows, { node: null }]) {
    if (node?.classList.contains('equal')) { if (!node.hidden) run.push(node); continue; }
    if (run.length && (!node || node.checkVisibility() || node.hidden === false)) { foldRun(run); run = []; }
  }
};
const foldRun = (run) => {
  const button = el('button', { type: 'button', 'aria-expanded': 'false', onclick: () => {
    const open = button.getAttribute('aria-expanded') === 'false';
    button.setAttribute('aria-expanded', String(open));
    for (const node of run) node.classList.toggle('open', open);
  } }, `= ${say('fold', { n: run.length })}`);
  run[0].before(el('tr', { class: 'fold', role: 'row' }, el('td', { colspan: 3, role: 'cell' }, button)));
};

const goOn = (by) => {
  const shown = stops.filter((node) => node.checkVisibility());
  if (!shown.length) return;
  last?.classList.remove('here');
  const at = shown.indexOf(last);
  const next = at < 0 && by < 0 ? shown.length - 1 : (at + by + shown.length) % shown.length;
  last = shown[next];
  last.classList.add('here');
  last.scrollIntoView({ block: 'center' });
  document.getElementById('step').textContent = `${next + 1} / ${shown.length}`;
};

form.addEventListener('submit', (event) => event.preventDefault());
form.elements.words.addEventListener('input', apply);
form.elements.order.addEventListener('change', sort);
form.elements.next.addEventListener('click', () => goOn(1));
form.elements.previous.addEventListener('click', () => goOn(-1));
document.querySelector('fieldset')?.addEventListener('change', () => fold());
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input:not([type=checkbox], [type=radio]), select, textarea, dialog')) return;
  if (event.key === 'n') goOn(1);
  if (event.key === 'p') goOn(-1);
});
fold();
