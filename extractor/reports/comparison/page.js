'use strict';
const form = document.querySelector('form.tools');
const body = document.querySelector('tbody');
const rows = [...body.rows].map((node, at) => ({ node, at, weight: Number(node.dataset.weight), words: node.textContent.toLowerCase() }));
const entries = [...document.querySelectorAll('.changes li')].map((node) => ({ node, words: node.textContent.toLowerCase() }));
const stops = [...document.querySelectorAll('.changes li:not(.unchanged), tbody tr.different')];
let last = null;

const apply = () => {
  const wanted = form.elements.words.value.trim().toLowerCase();
  for (const one of [...rows, ...entries]) one.node.hidden = !one.words.includes(wanted);
};
const sort = () => {
  const byWeight = form.elements.order.value === 'weight';
  rows.sort((one, two) => (byWeight && two.weight - one.weight) || one.at - two.at);
  body.append(...rows.map((one) => one.node));
};
const goOn = () => {
  const shown = stops.filter((node) => node.checkVisibility());
  if (!shown.length) return;
  last?.classList.remove('here');
  last = shown[(shown.indexOf(last) + 1) % shown.length];
  last.classList.add('here');
  last.scrollIntoView({ block: 'center' });
};

form.addEventListener('submit', (event) => event.preventDefault());
form.elements.words.addEventListener('input', apply);
form.elements.order.addEventListener('change', sort);
form.elements.next.addEventListener('click', goOn);
document.addEventListener('keydown', (event) => {
  if (event.key === 'n' && !event.ctrlKey && !event.metaKey && !event.altKey && event.target.tagName !== 'INPUT') goOn();
});
