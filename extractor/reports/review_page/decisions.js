// What the reviewer decided: kept by the browser, saved to and loaded from a file.
const SCHEMA = 'extractor-decisions/1';
const STORE = `extractor-decisions:${D.document.sha256}`;
const STATES = ['open', 'confirmed', 'dismissed'];
const decisions = Object.create(null);

const valid = (one) => one && typeof one === 'object' && STATES.includes(one.state) && typeof (one.note ?? '') === 'string';
// The numbers of a finding when it was decided; a decision on other numbers is none on these.
const seen = new Map(D.findings.filter(({ n }) => n).map(({ id, n }) => [id, n]));
const isStale = (id, one) => one.seen !== undefined && seen.has(id) && one.seen !== seen.get(id);
const take = (found) => {
  let count = 0;
  for (const [id, one] of Object.entries(found)) {
    if (!valid(one) || isStale(id, one)) continue;
    const lead = leadOf(id);
    if (lead === id || !found[lead]) decisions[lead] = { state: one.state, note: one.note ?? '' };
    count += 1;
  }
  return count;
};
// What the page was made with, then what the browser kept: unless the page was made anew with other decisions.
const remember = () => {
  const embedded = JSON.stringify(D.decisions);
  let kept = null;
  try { kept = JSON.parse(localStorage.getItem(STORE)); } catch { kept = null; }
  take(kept?.decisions ?? {});
  if (!kept || kept.base !== embedded) take(D.decisions);
  reviewer = String(kept?.reviewer || D.reviewer);
};
let reviewer = '';
const signed = (name) => { reviewer = name; keep(); };
const keep = () => {
  try {
    localStorage.setItem(STORE, JSON.stringify({ base: JSON.stringify(D.decisions), decisions, reviewer }));
    const time = new Date().toLocaleTimeString(D.lang, { hour: '2-digit', minute: '2-digit', hour12: false });
    tellKept(say('kept', { time }));
  } catch { tellKept(say('storage'), true); }
};
const tellKept = (words, isBad = false) => {
  $('kept').textContent = words;
  $('kept').classList.toggle('warning', isBad);
};
// Whether the browser keeps anything for this page, which a file opened from a disk may not be granted.
const canKeep = () => {
  try { localStorage.setItem(`${STORE}?`, ''); localStorage.removeItem(`${STORE}?`); return true; } catch { return false; }
};

const decide = (id, change) => {
  decisions[id] = { state: 'open', note: '', ...decisions[id], ...change };
  if (decisions[id].state === 'open' && !decisions[id].note) delete decisions[id];
  keep();
  refresh(id);
  progress();
};
const refresh = (id) => {
  const now = decisions[id] ?? { state: 'open', note: '' };
  const nodes = [made.get(id), ...document.querySelectorAll('.unfolded .card')].filter((node) => node?.dataset.check === id);
  for (const node of nodes) {
    for (const name of STATES) node.classList.toggle(`is-${name}`, name === now.state);
    node.querySelector('.state').textContent = say(`state.${now.state}`);
    for (const input of node.querySelectorAll('input[type=radio]')) input.checked = input.value === now.state;
    const note = node.querySelector('textarea');
    if (!note) continue;
    if (document.activeElement !== note) note.value = now.note;
    node.querySelector('.noted').textContent = now.note;
  }
};
const countDecided = () => D.findings.filter(({ id }) => (decisions[id]?.state ?? 'open') !== 'open').length;
const progress = () => {
  const done = countDecided();
  $('progress').textContent = D.findings.length ? say('reviewed', { n: done, of: D.findings.length }) : '';
  const wanted = state.filters.decision;
  if (wanted && document.activeElement?.tagName !== 'TEXTAREA') drawFindings();
};

// A decision as it is saved: with the numbers that it was made on, and what was said of the finding.
const describe = ([id, one]) => {
  const words = findings.get(id)?.m || checks.get(id)?.m;
  return [id, { ...one, ...(seen.has(id) ? { seen: seen.get(id) } : {}), ...(words ? { said: words } : {}) }];
};
const save = () => {
  const told = Object.fromEntries(Object.entries(decisions).map(describe));
  const { sha256, title } = D.document;
  const saved = new Date().toISOString();
  const content = JSON.stringify({ schema: SCHEMA, document: sha256, title, reviewer, saved, decisions: told }, null, 2);
  const link = el('a', { download: `${D.document.name}.decisions.json`, href: URL.createObjectURL(new Blob([content], { type: 'application/json' })) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  const left = D.findings.length - countDecided();
  announce(say(left ? 'saved-some' : 'saved', { n: Object.keys(decisions).length, left }));
};
const load = async (file) => {
  let found = null;
  try { found = JSON.parse(await file.text()); } catch { found = null; }
  if (found?.schema !== SCHEMA || !found.decisions || typeof found.decisions !== 'object') { announce(say('load-bad')); return; }
  // Of another version only what was decided on the very same numbers counts.
  const isSame = ([id, one]) => found.document === D.document.sha256 || (one?.seen !== undefined && one.seen === seen.get(leadOf(id)));
  const fitting = Object.entries(found.decisions).filter(isSame);
  if (found.document !== D.document.sha256 && !fitting.length) { announce(say('load-other')); return; }
  const n = take(Object.fromEntries(fitting));
  if (typeof found.reviewer === 'string' && found.reviewer) { reviewer = found.reviewer; $('reviewer').value = reviewer; }
  const m = Object.keys(found.decisions).length - fitting.filter(([id]) => checks.has(id)).length;
  keep();
  for (const id of Object.keys(found.decisions)) refresh(leadOf(id));
  progress();
  announce(m ? say('load-unknown', { n, m }) : say('loaded', { n }));
};
