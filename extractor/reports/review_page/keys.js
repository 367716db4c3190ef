// Selection, keys, and the start of the page.
const mark = () => {
  for (const node of document.querySelectorAll('.card')) node.toggleAttribute('aria-current', node.dataset.check === state.check);
};
const select = (id, { quiet = false, focus = false } = {}) => {
  const check = checks.get(id);
  if (!check) return;
  const anew = state.check !== id;
  state.check = id;
  if (anew) light(check);
  mark();
  $('selected').textContent = check.o[0] ? `${told(check.o[0]).m} ${told(check.o[0]).raw}` : '';
  $('stepper').hidden = false;
  if (!quiet) toOperand(0);
  const node = made.get(id);
  if (node?.isConnected && focus) node.scrollIntoView({ block: 'nearest' });
  if (focus) node?.querySelector('.pick')?.focus({ preventScroll: true });
};
const deselect = () => {
  state.check = null;
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
  const next = at < 0 ? (by > 0 ? 0 : found.length - 1) : Math.min(Math.max(at + by, 0), found.length - 1);
  select(found[next].id, { focus: true });
};
const stepClaim = (by) => {
  if (state.claim === null && !D.claims.length) return;
  openClaim(state.claim === null ? 0 : (state.claim + by + D.claims.length) % D.claims.length);
};

const decideByKey = (name) => { if (state.check) { decide(state.check, { state: name }); announce(say(`state.${name}`)); } };
const KEYS = {
  j: () => step(1), k: () => step(-1), '/': () => $('search').focus(), ']': () => toOperand(state.operand + 1), '[': () => toOperand(state.operand - 1),
  y: () => decideByKey('confirmed'), x: () => decideByKey('dismissed'), o: () => decideByKey('open'),
  n: () => made.get(state.check)?.querySelector('textarea')?.focus(), '?': () => $('keys').showModal(),
  '.': () => stepClaim(1), ',': () => stepClaim(-1),
};
const pressed = (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || $('keys').open) return;
  if (event.key === 'Escape') { escape(event.target); return; }
  if (event.target.closest('input, textarea, select')) return;
  const inCards = event.target.closest('.cards');
  const by = inCards && { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by) { event.preventDefault(); step(by); return; }
  if (event.key in KEYS) { event.preventDefault(); KEYS[event.key](); }
};
const escape = (target) => {
  if (target.matches('input, textarea, select')) target.blur();
  else if (state.claim !== null) closeClaim();
  else deselect();
};
const keysDialog = () => {
  const rows = [['j', 'k', 'help-j'], ['Enter', 'help-enter'], ['[', ']', 'help-operands'], ['y', 'x', 'o', 'help-decide'], ['n', 'help-note'], [',', '.', 'help-claims'], ['/', 'help-search'], ['Esc', 'help-escape']];
  const list = el('dl', {}, ...rows.map((row) => el('div', {}, el('dt', {}, ...row.slice(0, -1).map((key) => el('kbd', {}, key))), el('dd', {}, say(row.at(-1))))));
  return el('dialog', { id: 'keys', 'aria-label': say('help') }, el('h2', {}, say('help')), list, el('form', { method: 'dialog' }, el('button', {}, say('close'))));
};

const source = () => {
  const views = D.pages.length ? el('div', { class: 'chips', role: 'group', 'aria-label': say('text') }, ...['as-text', 'as-pages'].map((name) => el('button', { class: 'chip', 'aria-pressed': String(name === 'as-text'), onclick: (event) => {
    for (const other of event.target.parentElement.children) other.setAttribute('aria-pressed', String(other === event.target));
    $('text').hidden = name !== 'as-text';
    $('pages').hidden = name === 'as-text';
    if (state.check) toOperand(state.operand);
  } }, say(name)))) : null;
  const legend = el('div', { class: 'legend' }, el('span', { class: 'q s-verified' }, say('verified')),
    ...['error', 'warning'].map((name) => el('span', { class: `q s-contradicted v-${name}` }, say(`severity.${name}`))), el('span', { class: 'q s-unverified' }, say('unverified')),
    ...Object.keys(D.words).filter((name) => name.startsWith('kind.')).map((name) => el('span', { class: `q ${name.replace('kind.', 'k-')}` }, say(name))));
  const stepper = el('div', { id: 'stepper', hidden: true }, el('button', { class: 'narrow', onclick: () => choose('findings') }, say('back')), el('span', { id: 'selected' }),
    el('span', { class: 'moves' }, el('button', { 'aria-label': say('previous'), onclick: () => toOperand(state.operand - 1) }, '‹'), el('span', { id: 'step' }), el('button', { 'aria-label': say('next'), onclick: () => toOperand(state.operand + 1) }, '›')));
  return el('section', { id: 'source', 'aria-label': say('text'), onclick: (event) => {
    const spotted = event.target.closest('[data-c]');
    if (spotted && !window.getSelection().toString()) { openClaim(Number(spotted.dataset.c), false); if (narrow.matches) choose('claims'); }
  } }, el('div', { class: 'sourcehead' }, el('h2', {}, say('text')), legend, views, stepper),
  el('div', { class: 'scroll', id: 'scroll', tabindex: 0, role: 'group', 'aria-label': say('text') }, el('article', { id: 'text' }), D.pages.length ? el('div', { id: 'pages', hidden: true }) : null));
};
const build = () => {
  const states = STATES.map((name) => [name, say(`state.${name}`)]);
  const judged = el('div', { class: 'judged' }, el('span', { id: 'progress' }), el('input', { id: 'reviewer', type: 'text', autocomplete: 'name', placeholder: say('reviewer'), 'aria-label': say('reviewer'), oninput: (event) => signed(event.target.value.trim()) }), options('decision', 'any-state', states, 'decision'));
  const panel = el('section', { id: 'panel', tabindex: -1, 'aria-label': say('findings') }, el('h2', { class: 'hidden' }, say('findings')), tabs(), el('div', { id: 'claim', hidden: true }),
    tabPanel('findings', judged), tabPanel('claims'), tabPanel('checks', statusChips()), tabPanel('charts'));
  const nav = el('nav', { id: 'outline', 'aria-label': say('outline') }, el('h2', {}, say('outline')), outline());
  const foot = el('footer', {}, say('generated', { tool: D.document.tool, sha: D.document.sha256 }));
  judged.querySelector('#reviewer').value = reviewer;
  $('app').append(head(), toolbar(), el('main', {}, nav, panel, source()), foot, keysDialog(), el('p', { id: 'status', role: 'status' }));
};
const follow = () => {
  const top = $('scroll').getBoundingClientRect().top + 80;
  let current = null;
  for (const section of D.sections) {
    const node = heads.get(section.id);
    if (node && node.getBoundingClientRect().top <= top) current = section.id;
  }
  for (const node of document.querySelectorAll('#outline [aria-current]')) node.removeAttribute('aria-current');
  document.querySelector(`#outline [data-section="${current}"]`)?.setAttribute('aria-current', 'true');
};
remember();
build();
drawText();
drawCharts();
if (D.pages.length) drawPages();
apply();
progress();
choose('findings');
document.addEventListener('keydown', pressed);
$('scroll').addEventListener('scroll', later(120, follow), { passive: true });
narrow.addEventListener('change', () => { if (['outline', 'text'].includes(document.body.dataset.tab)) choose('findings'); });
const linked = () => { if (checks.has(location.hash.slice(1))) { choose('findings'); select(leadOf(location.hash.slice(1)), { focus: true }); } };
window.addEventListener('hashchange', linked);
linked();
document.documentElement.dataset.ready = 'true';
