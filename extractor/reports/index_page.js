'use strict';
const form = document.querySelector('form');
const shown = form.querySelector('output');
const rows = [...document.querySelectorAll('tbody tr')].map((row) => ({ row, words: row.textContent.toLowerCase() }));

function fits({ row, words }) {
  const { entity, year, words: wanted } = form.elements;
  return (!entity.value || row.dataset.entity === entity.value)
    && (!year.value || row.dataset.year === year.value)
    && words.includes(wanted.value.trim().toLowerCase());
}

function apply() {
  let count = 0;
  for (const one of rows) {
    one.row.hidden = !fits(one);
    count += one.row.hidden ? 0 : 1;
  }
  shown.value = `${count} / ${rows.length}`;
}

form.addEventListener('input', apply);
form.addEventListener('submit', (event) => event.preventDefault());
apply();
