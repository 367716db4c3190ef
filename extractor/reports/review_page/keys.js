// Selection, keys, and the start of the page.
const mark = () => {
  for (const node of document.querySelectorAll('.card')) node.toggleAttribute('aria-current', node.dataset.check === state.check);
};
const select = (id, { quiet = false, focus = false } = {}) => {
  const check = checks.get(id);
  if (!check) return;
  const anew = state.check !== id;
  state.check = id;
  state.past = 0;
  if (anew) light(check);
  mark();
  const one = suspectOf(id);
  $('selected').textContent = one ? `${told(one).m} ${told(one).raw}` : '';
  $('stepper').hidden = false;
  if (!quiet) toOperand(suspectAt(id));
  const node = made.get(id);
  if (node?.isConnected && focus) node.scrollIntoView({ block: 'nearest' });
  if (focus) node?.querySelector('.pick')?.focus({ preventScroll: true });
};
const deselect = () => {
  state.check = null;
  state.past = 0;
  light(null);
  mark();
  $('stepper').hidden = true;
};
const openClaim = (at, jump = true) => {
  for (const node of document.querySelectorAll('.q.chosen')) node.classList.remove('chosen');
  state.claim = at;
  $('claim').replaceChildren(claimCard(at));
  $('claim').hidden = false;
  for (const node of marks[at]) node.classList.add('chosen');
  if (jump && marks[at][0]) bring(marks[at][0]);
  $('panel').scrollTop = 0;
};
const closeClaim = () => {
  $('claim').hidden = true;
  $('claim').replaceChildren();
  for (const node of document.querySelectorAll('.q.chosen')) node.classList.remove('chosen');
  state.claim = null;
};
const step = (by) => {
  const found = visibleFindings();
  if (!found.length) return;
  closeClaim();
  if (!['findings', 'text'].includes(document.body.dataset.tab)) choose('findings');
  const at = found.findIndex((check) => check.id === state.check);
  const behind = state.past === -by ? at : at + by;
  const next = at < 0 ? (by > 0 ? 0 : found.length - 1) : behind;
  if (found[next]) select(found[next].id, { focus: true });
  else pass(by);
};
// Behind the last finding no key acts on it again: it was decided before, and its note is written.
const pass = (by) => {
  state.past = by;
  announce(say(by > 0 ? 'last-finding' : 'first-finding'));
};
const onSelected = (act) => {
  if (state.past) pass(state.past);
  else if (state.check) act(state.check);
};
const stepClaim = (by) => {
  if (state.claim === null && !D.claims.length) return;
  openClaim(state.claim === null ? 0 : (state.claim + by + D.claims.length) % D.claims.length);
};

const nextView = () => {
  if (narrow.matches) choose('text');
  $(`view-${VIEWS[(VIEWS.indexOf(viewed()) + 1) % VIEWS.length]}`).click();
};
const openCell = (key) => {
  closeClaim();
  $('claim').replaceChildren(cellCard(key));
  $('claim').hidden = false;
};
// A number of the text or a page that is clicked: the finding that suspects it, else what is known of it.
const spotted = (node) => {
  const key = node.dataset.t ?? `c${node.dataset.c}`;
  const id = suspected.get(key);
  if (id && made.get(id)?.isConnected) {
    closeClaim();
    choose('findings');
    select(id, { quiet: true });
    toCard(id);
  } else {
    if (node.dataset.t) openCell(key);
    else openClaim(Number(node.dataset.c), false);
    if (narrow.matches) choose('claims');
  }
};
const toCard = (id) => {
  if (narrow.matches) bring(made.get(id), 'start');
  else made.get(id).scrollIntoView({ block: 'start' });
};

const decideByKey = (name) => onSelected((id) => { decide(id, { state: name }); announce(say(`state.${name}`)); });
const KEYS = {
  j: () => step(1), k: () => step(-1),
  ']': () => toOperand(state.operand + 1), '[': () => toOperand(state.operand - 1),
  y: () => decideByKey('confirmed'), x: () => decideByKey('dismissed'), o: () => decideByKey('open'),
  n: () => onSelected((id) => made.get(id)?.querySelector('textarea')?.focus()),
  s: () => save(), '?': () => $('keys').showModal(), '/': () => $('search').focus(),
  '.': () => stepClaim(1), ',': () => stepClaim(-1),
  '+': () => zoomBy(1), '=': () => zoomBy(1), '-': () => zoomBy(-1), '0': () => zoom(1),
  v: () => nextView(),
};
const pressed = (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
  if (event.key === 'Escape') { escape(event.target); return; }
  if (event.target.closest('input, textarea, select')) return;
  const inCards = event.target.closest('.cards');
  const by = inCards && { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by) { event.preventDefault(); step(by); return; }
  if (event.key in KEYS) { event.preventDefault(); KEYS[event.key](); }
};
const escape = (target) => {
  if (target.matches('input, textarea, select')) target.blur();
  else if (!$('claim').hidden) closeClaim();
  else deselect();
};
// Keys, and what is said of them.
const HELP = [
  [['j', 'k'], 'help-j'], [['Enter'], 'help-enter'], [['[', ']'], 'help-operands'], [['y', 'x', 'o'], 'help-decide'],
  [['n'], 'help-note'], [['s'], 'help-save'], [[',', '.'], 'help-claims'], [['/'], 'help-search'], [['v'], 'help-view'],
  [['+', '-', '0'], 'help-zoom'], [['Esc'], 'help-escape'],
];
const keysDialog = () => {
  const rows = HELP.map(([keys, words]) => el('div', {},
    el('dt', {}, ...keys.map((key) => el('kbd', {}, key))),
    el('dd', {}, say(words))));
  return el('dialog', { id: 'keys', 'aria-label': say('help') },
    el('h2', {}, say('help')),
    el('dl', {}, ...rows),
    el('form', { method: 'dialog' }, el('button', {}, say('close'))));
};

// ── the parts of the page ──
const legend = () => {
  const sample = (look, words) => el('span', { class: `q ${look}` }, say(words));
  const kinds = Object.keys(D.words).filter((name) => name.startsWith('kind.'));
  return el('div', { class: 'legend' },
    sample('s-verified', 'verified'),
    ...['error', 'warning'].map((name) => sample(`s-contradicted v-${name}`, `severity.${name}`)),
    sample('s-unverified', 'unverified'),
    ...kinds.map((name) => sample(name.replace('kind.', 'k-'), name)));
};
const stepper = () => {
  const move = (by, called, sign) => el('button', { 'aria-label': say(called), onclick: () => toOperand(state.operand + by) }, sign);
  return el('div', { id: 'stepper', hidden: true },
    el('button', { class: 'narrow', onclick: () => choose('findings') }, say('back')),
    el('span', { id: 'selected' }),
    el('span', { class: 'moves' }, move(-1, 'previous', '‹'), el('span', { id: 'step' }), move(1, 'next', '›')));
};
const source = () => {
  const clicked = (event) => {
    const node = event.target.closest('[data-c], [data-t]');
    if (node && !window.getSelection().toString()) spotted(node);
  };
  return el('section', { id: 'source', 'aria-label': say('text'), onclick: clicked },
    el('div', { class: 'sourcehead' },
      el('h2', {}, say('text')), views(), D.pages.length ? zoomer() : null, legend(), stepper()),
    el('div', { class: 'scroll', id: 'scroll', tabindex: 0, role: 'group', 'aria-label': say('text') },
      el('article', { id: 'text' }),
      D.pages.length ? el('div', { id: 'pages', hidden: true }) : null,
      el('article', { id: 'reading', hidden: true })));
};
const desk = () => {
  const states = STATES.map((name) => [name, say(`state.${name}`)]);
  const name = el('input', {
    id: 'reviewer', type: 'text', autocomplete: 'name', placeholder: say('reviewer'), 'aria-label': say('reviewer'),
    oninput: (event) => signed(event.target.value.trim()),
  });
  name.value = reviewer;
  return el('div', { class: 'judged' },
    el('span', { id: 'progress' }), name, options('decision', 'any-state', states, 'decision'), el('p', { id: 'kept' }));
};
const build = () => {
  const panel = el('section', { id: 'panel', tabindex: -1, 'aria-label': say('findings') },
    el('h2', { class: 'hidden' }, say('findings')),
    tabs(),
    el('div', { id: 'claim', hidden: true }),
    tabPanel('findings', desk()), tabPanel('claims'), tabPanel('checks', statusChips()), tabPanel('charts'));
  const nav = el('nav', { id: 'outline', 'aria-label': say('outline') }, el('h2', {}, say('outline')), outline());
  const foot = el('footer', {}, say('generated', { tool: D.document.tool, sha: D.document.sha256 }));
  $('app').append(
    head(), toolbar(), el('main', {}, nav, panel, source()), foot,
    keysDialog(), printDialog(), el('p', { id: 'status', role: 'status' }));
};
remember();
build();
drawText();
drawCharts();
if (D.pages.length) drawPages();
apply();
progress();
choose('findings');
tellKept(say(canKeep() ? 'kept-hint' : 'storage'), !canKeep());
document.body.dataset.print = 'context';
document.addEventListener('keydown', pressed);
$('scroll').addEventListener('scroll', later(120, follow), { passive: true });
narrow.addEventListener('change', () => { if (['outline', 'text'].includes(document.body.dataset.tab)) choose('findings'); });
const linked = () => { if (checks.has(location.hash.slice(1))) { choose('findings'); select(leadOf(location.hash.slice(1)), { focus: true }); } };
window.addEventListener('hashchange', linked);
linked();
// It opens on the first finding, whose place the text shows.
if (!state.check && visibleFindings().length) {
  select(visibleFindings()[0].id);
  made.get(state.check).querySelector('.pick').scrollIntoView({ block: 'nearest' });
}
document.documentElement.dataset.ready = 'true';
