// What everything else uses: the data, words, elements, and the state of the page.
const D = JSON.parse(document.getElementById('data').textContent);
// Operands that are cells stand once, and are told by their number.
for (const check of D.checks) check.o = check.o.map((one) => (one.i === undefined ? one : { role: one.role, ...D.cells[one.i] }));
const say = (name, facts = {}) => (D.words[name] ?? name).replace(/\{(\w+)\}/g, (all, key) => facts[key] ?? all);

// Children that are strings become text: nothing of a document is ever read as markup.
const el = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else if (name === 'class') made.className = value;
    else made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ''));
  return made;
};
const $ = (id) => document.getElementById(id);

const checks = new Map(D.checks.map((check) => [check.id, check]));
// A finding goes by its first check; the others of its checks lead to it.
const findings = new Map(D.findings.map((one) => [one.id, one]));
const leads = new Map(D.findings.flatMap((one) => one.c.map((id) => [id, one.id])));
const leadOf = (id) => leads.get(id) ?? id;
const sections = new Map(D.sections.map((section) => [section.id, section]));
const taking = D.claims.map(() => []);
for (const check of D.checks) {
  for (const at of new Set(check.o.map((one) => one.c))) if (at !== undefined) taking[at].push(check);
}
// A number that checks speak of, claim or cell; and what they say of each: the number to suspect of a finding is red,
// one that a check confirms is green.
const keyOf = (one) => (one.c !== undefined ? `c${one.c}` : one.t ? `${one.t}/${one.row}/${one.col}` : '');
const confirming = new Map();
const knownCells = new Map();
for (const check of D.checks) {
  for (const one of check.o) {
    const key = keyOf(one);
    if (one.t) knownCells.set(key, one);
    if (check.y && key) confirming.set(key, (confirming.get(key) ?? 0) + 1);
  }
}
const suspectOf = (id) => checks.get(id).o[suspectAt(id)];
// Of a check that is not the first of its finding: the number that any finding suspects.
const suspectAt = (id) => findings.get(id)?.u ?? Math.max(checks.get(id).o.findIndex((one) => standingOf(one) === 'contradicted'), 0);
// The findings that suspect a number, by its key, each by its first check.
const suspected = new Map();
for (const { id } of D.findings) {
  const one = suspectOf(id);
  if (one && !suspected.has(keyOf(one)) && ['error', 'warning'].includes(checks.get(id).v)) suspected.set(keyOf(one), id);
}
const cellStanding = (key) => (suspected.has(key) ? 'contradicted' : confirming.has(key) ? 'verified' : 'unverified');
const standingOf = (one) => (one.c !== undefined ? D.claims[one.c].s : one.t ? cellStanding(keyOf(one)) : 'none');
const sectionOf = (one) => (one?.c !== undefined ? D.claims[one.c].x : one?.x ?? null);
// ``past`` tells which end of the findings was stepped over, until another is selected: 1 the last, -1 the first.
const state = { check: null, past: 0, operand: 0, claim: null, filters: { k: '', s: '', d: '', x: '', q: '', decision: '' } };

// A section with all that it stands under.
const above = (id) => {
  const found = [];
  for (let at = sections.get(id); at; at = sections.get(at.up)) found.push(at.id);
  return found;
};
const lines = new Map(D.sections.map((section) => [section.id, new Set(above(section.id))]));
const within = (id, outer) => !outer || (id !== null && lines.get(id)?.has(outer));

const claimPasses = (claim) => {
  const { k, s, d, x } = state.filters;
  return (!k || claim.k === k) && (!s || claim.s === s) && (!d || claim.d === d) && within(claim.x, x);
};
const has = (words) => words.toLowerCase().includes(state.filters.q);
const checkPasses = (check) => {
  const { k, s, d, x, q } = state.filters;
  const claims = check.o.filter((one) => one.c !== undefined).map((one) => D.claims[one.c]);
  const cell = (one) => one.t && !k && !d && (!s || standingOf(one) === s) && within(one.x, x);
  if ((k || s || d || x) && !claims.some(claimPasses) && !check.o.some(cell)) return false;
  return !q || has(check.m) || check.o.some((one) => has(told(one).raw + told(one).m));
};

// An operand as it is shown, whether claim or cell.
const told = (one) => {
  if (one.c === undefined) return { raw: one.raw, m: one.m, g: one.g ?? null, h: one.h ?? '', s: standingOf(one) };
  const claim = D.claims[one.c];
  return { raw: claim.raw, m: claim.m, g: claim.g, h: claim.p.at(-1) ?? '', s: claim.s };
};
const place = (page, heading) => [page === null ? '' : say('page', { n: page }), heading].filter(Boolean).join(' · ');
const severity = (check) => (check.s === 'fails' ? check.v || 'info' : check.s);
const verdict = (check) => (check.s === 'fails' ? say(`severity.${check.v || 'info'}`) : say(check.s));

const announce = (words) => {
  $('status').textContent = words;
  $('status').classList.add('shown');
  clearTimeout(announce.timer);
  announce.timer = setTimeout(() => $('status').classList.remove('shown'), 4000);
};
const later = (wait, act) => {
  let timer = 0;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => act(...given), wait);
  };
};
const narrow = window.matchMedia('(max-width: 62rem)');
