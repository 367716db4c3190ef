// The page itself: its head, filters, tabs, selection and keys.
const TABS = ['findings', 'claims', 'checks', 'charts', 'outline', 'text'];

const count = (name) => D.claims.filter((claim) => claim.s === name).length;
// The claims of a standing alone, and all of them again; what is not verified is read in a view of its own.
const toggleStanding = (name) => {
  filter('s', state.filters.s === name ? '' : name);
  choose('claims');
  if (name === 'unverified') view(state.filters.s ? 'reading' : 'text');
};
const meter = () => {
  const statuses = ['verified', 'contradicted', 'unverified'];
  const strip = el('div', { class: 'strip', 'aria-hidden': 'true' });
  for (const name of statuses) {
    const part = el('span', { class: `s-${name}` });
    part.style.flexGrow = count(name);
    if (count(name)) strip.append(part);
  }
  const figures = statuses.map((name) => el('button', { class: `figure s-${name}`, onclick: () => toggleStanding(name) },
    el('b', {}, String(count(name))), el('span', {}, say(name))));
  return el('div', { class: 'meter' }, strip, el('div', { class: 'figures' },
    el('p', { class: 'figure' }, el('b', {}, String(D.claims.length)), el('span', {}, say('claims'))), ...figures));
};
const found = () => ['error', 'warning', 'info'].map((name) => {
  const n = D.findings.filter(({ id }) => severity(checks.get(id)) === name).length;
  return n ? el('span', { class: `badge v-${name}` }, `${say(`severity.${name}`)} ${n}`) : null;
}).filter(Boolean);
// The first warnings are told at once; more than these would leave no room for the findings.
const WARNED = 2;
const warnings = (all) => {
  const told = all.map((words) => el('p', { class: 'warning' }, el('b', {}, say('warning')), words));
  if (told.length <= WARNED + 1) return told;
  const rest = told.slice(WARNED);
  return [...told.slice(0, WARNED), el('details', { class: 'warning' }, el('summary', {}, say('more-warnings', { n: rest.length })), ...rest)];
};
const head = () => {
  const info = D.document;
  const facts = [info.entity !== info.title && info.entity, info.name, info.pages && say('pages', { n: info.pages })];
  const home = D.home ? el('a', { class: 'home', href: D.home }, `‹ ${say('home')}`) : null;
  return el('header', { class: 'top' }, el('div', { class: 'ident' }, home, el('h1', {}, info.title),
    el('p', { class: 'meta' }, ...facts.filter(Boolean).map((fact) => el('span', {}, fact))),
    el('p', { class: 'meta found' }, ...found()),
    ...warnings(info.warnings)), meter());
};

const options = (key, all, names, called) => el('select', { id: `f-${key}`, 'aria-label': say(called), onchange: (event) => filter(key, event.target.value) },
  el('option', { value: '' }, say(all)), ...names.map(([value, words]) => el('option', { value }, words)));
const tally = (key, room) => {
  const counts = new Map();
  for (const claim of D.claims) counts.set(claim[key], (counts.get(claim[key]) ?? 0) + 1);
  return [...counts].sort((one, other) => other[1] - one[1]).map(([name, n]) => [name, say('counted', { name: say(room ? `${room}.${name}` : name), n })]);
};
// A file that is chosen again is read again.
const chosen = ({ target }) => {
  if (target.files[0]) load(target.files[0]);
  target.value = '';
};
const toolbar = () => {
  const search = el('input', { id: 'search', type: 'search', placeholder: say('search'), 'aria-label': say('search'),
    oninput: later(150, () => filter('q', $('search').value.trim().toLowerCase())),
    onkeydown: (event) => { if (event.key === 'Enter') { event.preventDefault(); toHit(event.shiftKey ? -1 : 1); } } });
  const file = el('input', { type: 'file', accept: '.json,application/json', id: 'file', hidden: true, onchange: chosen });
  const trees = D.sections.filter((section) => section.n).map((section) => [section.id, `${'　'.repeat(section.d)}${section.h.slice(0, 28)}`]);
  return el('div', { class: 'toolbar', role: 'search', 'aria-label': say('filters') },
    el('div', { class: 'finder' }, search, el('span', { id: 'hits', role: 'status' })),
    el('div', { class: 'selects' },
      options('k', 'all-kinds', tally('k', 'kind'), 'kind'), options('s', 'all-statuses', tally('s', ''), 'status'),
      options('d', 'all-dimensions', tally('d', 'dimension'), 'dimension'), options('x', 'all-sections', trees, 'section'),
      el('button', { class: 'quiet', id: 'reset', hidden: true, onclick: clear }, say('reset'))),
    el('div', { class: 'actions' },
      el('button', { onclick: save }, say('save')), el('button', { onclick: () => $('file').click() }, say('load')), file,
      el('button', { onclick: () => $('printing').showModal() }, say('print')), el('button', { onclick: () => $('keys').showModal() }, say('help'))));
};
const clear = () => {
  Object.assign(state.filters, { k: '', s: '', d: '', x: '', q: '', decision: '' });
  $('search').value = '';
  apply();
};
const filter = (key, value) => { state.filters[key] = value; apply(); };
const apply = () => {
  const now = state.filters;
  for (const key of ['k', 's', 'd', 'x', 'decision']) $(`f-${key}`).value = now[key];
  $('reset').hidden = !Object.values(now).some(Boolean);
  const narrowed = now.k || now.s || now.d || now.x;
  D.claims.forEach((claim, at) => { for (const node of marks[at]) node.classList.toggle('off', Boolean(narrowed) && !claimPasses(claim)); });
  const shown = { findings: drawFindings(), claims: drawClaims(), checks: drawChecks() };
  for (const [name, n] of Object.entries(shown)) {
    const all = COUNTS[name];
    $(`tab-${name}`).querySelector('small').textContent = n === all ? String(all) : `${n} / ${all}`;
  }
  seek();
};
const COUNTS = { findings: D.findings.length, claims: D.claims.length, checks: D.checks.length };

// ── search in the text ──
let hits = [];
let hit = -1;
const seek = () => {
  const { q } = state.filters;
  hits = [];
  hit = -1;
  sift(q);
  if (q) for (const node of blockNodes) hits.push(...ranges(node, q));
  if (CSS.highlights) { CSS.highlights.set('found', new Highlight(...hits)); CSS.highlights.delete('here'); }
  pageHits = findOnPages(q);
  for (const n of sheets.keys()) drawHits(n);
  $('hits').textContent = !q ? '' : hitCount() ? say('search-found', { at: '–', n: hitCount() }) : say('search-none');
};
const hitCount = () => (viewed() === 'pages' ? pageHits : hits).length;
const ranges = (node, q) => {
  const whole = node.textContent.toLowerCase();
  if (!whole.includes(q)) return [];
  const texts = [];
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  for (let length = 0; walker.nextNode(); length += walker.currentNode.length) texts.push([length, walker.currentNode]);
  const spot = (offset) => { const [start, text] = texts.findLast(([from]) => from <= offset); return [text, Math.min(offset - start, text.length)]; };
  const found = [];
  for (let at = whole.indexOf(q); at >= 0; at = whole.indexOf(q, at + q.length)) {
    const range = new Range();
    range.setStart(...spot(at));
    range.setEnd(...spot(at + q.length - 1).map((part, index) => (index ? part + 1 : part)));
    found.push(range);
  }
  return found;
};
const toHit = (by) => {
  const n = hitCount();
  if (!n) return;
  hit = hit < 0 && by < 0 ? n - 1 : (hit + by + n) % n;
  showText();
  if (viewed() === 'pages') toPageHit(hit);
  else toTextHit();
  $('hits').textContent = say('search-found', { at: hit + 1, n });
};
const toTextHit = () => {
  if (viewed() === 'reading') { const at = hit; view('text'); hit = at; }
  if (CSS.highlights) CSS.highlights.set('here', new Highlight(hits[hit]));
  bring(hits[hit].startContainer.parentElement);
};

// ── tabs ──
// On a narrow screen one tab is seen at a time and the page scrolls as a whole: each tab keeps its place.
const places = {};
const settle = (name, before) => {
  if (!narrow.matches || !before || before === name) return;
  const node = name === 'findings' && made.get(state.check);
  if (node?.isConnected) bring(node, 'start');
  else window.scrollTo(0, places[name] ?? Math.min(window.scrollY, document.querySelector('main').offsetTop));
};
const choose = (name) => {
  const before = document.body.dataset.tab;
  places[before] = window.scrollY;
  document.body.dataset.tab = name;
  for (const tab of TABS) {
    $(`tab-${tab}`).setAttribute('aria-selected', String(tab === name));
    $(`tab-${tab}`).tabIndex = tab === name ? 0 : -1;
    if ($(`list-${tab}`)) $(`panel-${tab}`).classList.toggle('chosen', tab === name);
  }
  settle(name, before);
};
const tabs = () => {
  const list = el('div', { class: 'tabs', role: 'tablist', 'aria-label': say('findings') });
  for (const name of TABS) {
    list.append(el('button', { id: `tab-${name}`, role: 'tab', 'aria-controls': { text: 'source', outline: 'outline' }[name] ?? `panel-${name}`,
      class: ['outline', 'text'].includes(name) ? 'narrow' : null, onclick: () => choose(name) }, say(name), name in COUNTS ? el('small', {}, String(COUNTS[name])) : null));
  }
  list.addEventListener('keydown', (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    const shown = TABS.filter((name) => $(`tab-${name}`).offsetParent);
    const next = shown[(shown.indexOf(document.body.dataset.tab) + by + shown.length) % shown.length];
    choose(next);
    $(`tab-${next}`).focus();
  });
  return list;
};
const tabPanel = (name, ...above) => el('div', { id: `panel-${name}`, class: 'tabpanel', role: 'tabpanel', tabindex: 0, 'aria-labelledby': `tab-${name}` },
  ...above, el('div', { id: `list-${name}`, class: name === 'claims' || name === 'checks' ? 'rows' : 'cards' }));
