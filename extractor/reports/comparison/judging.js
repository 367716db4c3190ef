// What the reader decides of the differences: kept by the browser, saved to and loaded from a file.
const SCHEMA = 'extractor-decisions/1';
const STORE = `extractor-decisions:${D.document}`;
const STATES = ['open', 'confirmed', 'dismissed'];
const decisions = Object.create(null);
const judged = new Map([...document.querySelectorAll('[data-key]')].map((node) => [node.dataset.key, node]));
let reviewer = '';

const isValid = (one) => one && typeof one === 'object' && STATES.includes(one.state) && typeof (one.note ?? '') === 'string';
const take = (found) => {
  let count = 0;
  for (const [key, one] of Object.entries(found ?? {})) {
    if (!judged.has(key) || !isValid(one)) continue;
    decisions[key] = { state: one.state, note: one.note ?? '' };
    count += 1;
  }
  return count;
};
const remember = () => {
  let kept = null;
  try { kept = JSON.parse(localStorage.getItem(STORE)); } catch { kept = null; }
  take(kept?.decisions);
  if (!kept || kept.base !== JSON.stringify(D.decisions)) take(D.decisions);
  reviewer = String(kept?.reviewer || D.reviewer);
};
const tell = (words) => { document.getElementById('kept').textContent = words; };
const keep = () => {
  try {
    localStorage.setItem(STORE, JSON.stringify({ base: JSON.stringify(D.decisions), decisions, reviewer }));
    tell(say('kept', { time: new Date().toLocaleTimeString(D.lang, { hour: '2-digit', minute: '2-digit', hour12: false }) }));
  } catch { tell(say('storage')); }
};
const decide = (key, change) => {
  decisions[key] = { state: 'open', note: '', ...decisions[key], ...change };
  if (decisions[key].state === 'open' && !decisions[key].note) delete decisions[key];
  keep();
  show(key);
};
const show = (key) => {
  const node = judged.get(key);
  const now = decisions[key] ?? { state: 'open', note: '' };
  for (const name of STATES) node.classList.toggle(`is-${name}`, name === now.state);
  for (const input of node.querySelectorAll('.decision input')) input.checked = input.value === now.state;
  const note = node.querySelector('.decision textarea');
  if (document.activeElement !== note) note.value = now.note;
  const done = [...judged.keys()].filter((one) => (decisions[one]?.state ?? 'open') !== 'open').length;
  document.getElementById('progress').textContent = say('reviewed', { n: done, of: judged.size });
};
const makeDecision = (key, at) => {
  const choices = STATES.map((name) => el('label', { class: name },
    el('input', { type: 'radio', name: `d${at}`, value: name, onchange: () => decide(key, { state: name }) }),
    el('span', {}, say(`state.${name}`))));
  const note = el('textarea', {
    rows: 1, placeholder: say('note-hint'), 'aria-label': say('note'),
    oninput: (event) => decide(key, { note: event.target.value }),
  });
  return el('fieldset', { class: 'decision' }, el('legend', {}, say('decision')), el('div', { class: 'choices' }, ...choices), note);
};
const save = () => {
  const content = JSON.stringify({ schema: SCHEMA, document: D.document, title: D.title, reviewer, saved: new Date().toISOString(), decisions }, null, 2);
  const link = el('a', { download: `${document.title}.decisions.json`, href: URL.createObjectURL(new Blob([content], { type: 'application/json' })) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  tell(say('saved', { n: Object.keys(decisions).length }));
};
const load = async (file) => {
  let found = null;
  try { found = JSON.parse(await file.text()); } catch { found = null; }
  if (found?.schema !== SCHEMA || !found.decisions || typeof found.decisions !== 'object') { tell(say('load-bad')); return; }
  if (found.document !== D.document) { tell(say('load-other')); return; }
  const n = take(found.decisions);
  if (typeof found.reviewer === 'string' && found.reviewer) { reviewer = found.reviewer; document.getElementById('reviewer').value = reviewer; }
  keep();
  for (const key of judged.keys()) show(key);
  tell(say('loaded', { n }));
};
// A file that is chosen again is read again.
const chosen = ({ target }) => {
  if (target.files[0]) load(target.files[0]);
  target.value = '';
};
const sign = (name) => {
  reviewer = name;
  keep();
};
const makeDesk = () => {
  const file = el('input', { type: 'file', accept: '.json,application/json', id: 'file', hidden: true, onchange: chosen });
  const name = el('input', {
    id: 'reviewer', type: 'text', autocomplete: 'name', placeholder: say('reviewer'), 'aria-label': say('reviewer'),
    value: reviewer, oninput: (event) => sign(event.target.value.trim()),
  });
  return el('div', { class: 'desk' },
    el('span', { id: 'progress' }), name,
    el('button', { type: 'button', onclick: save }, say('save')),
    el('button', { type: 'button', onclick: () => file.click() }, say('load')), file,
    el('span', { id: 'kept', role: 'status' }, say('kept-hint')));
};
if (judged.size) {
  remember();
  form.after(makeDesk());
  [...judged].forEach(([key, node], at) => (node.querySelector('td.link') ?? node).append(makeDecision(key, at)));
  for (const key of judged.keys()) show(key);
}
