// What was not checked: the text around every number that no check verified, and why; then the tables with such cells.
const unread = D.claims.map((claim, at) => at).filter((at) => D.claims[at].s === 'unverified');

const passage = (found) => found.map((run) => {
  if (typeof run === 'string') return run;
  const claim = D.claims[run[1].at(-1)];
  return el('span', { class: `q s-${claim.s} v-${claim.v} still` }, run[0]);
});
// The claims of a block that are unverified, by their reasons.
const reasonsIn = (found) => {
  const reasons = new Map();
  for (const at of new Set(found.flatMap((run) => (typeof run === 'string' ? [] : run[1])))) {
    const { s, w } = D.claims[at];
    if (s !== 'unverified') continue;
    const why = (w ?? [say('claim-no-checks')]).join(say('between'));
    reasons.set(why, [...(reasons.get(why) ?? []), at]);
  }
  return reasons;
};
const readEntry = (found) => {
  const reasons = reasonsIn(found);
  if (!reasons.size) return null;
  const list = el('dl', {}, ...[...reasons].map(([why, claims]) => el('div', {},
    el('dt', {}, ...claims.map((at) => el('button', { class: 'chip', onclick: () => { view('text'); openClaim(at); } }, D.claims[at].raw))),
    el('dd', {}, why))));
  const node = el('li', { class: 'unread' }, el('p', {}, ...passage(found)), list);
  node.words = found.map((run) => (typeof run === 'string' ? run : run[0])).join('').toLowerCase();
  return node;
};
const readTable = (block) => {
  const numbers = block.rows.flatMap((row, at) => row.filter((cell) => cell.v).map((cell) => `${block.i}/${at}/${cell.c}`));
  const left = numbers.filter((key) => !confirming.has(key) && !suspected.has(key)).length;
  if (!left) return null;
  return el('li', {}, el('button', { class: 'row', onclick: () => { view('text'); bring(blockNodes[D.blocks.indexOf(block)], 'start'); } },
    el('span', { class: 'dot', 'aria-hidden': 'true' }),
    el('span', { class: 'what' }, block.n || say('table'), el('small', {}, place(block.g, ''))),
    el('span', { class: 'raw' }, say('cells-unread', { n: left, of: numbers.length }))));
};
const drawReading = () => {
  const box = $('reading');
  if (box.childElementCount) return;
  box.append(el('h2', {}, say('unchecked')), el('p', { class: 'soft' }, say(unread.length ? 'unchecked-hint' : 'unchecked-none', { n: unread.length })));
  let section = null;
  let list = null;
  for (const block of D.blocks) {
    const pieces = block.t === 't' ? [...block.rows.flatMap((row) => row.map((cell) => cell.r)), ...block.rest] : [[...(block.h ?? []), ...block.r]];
    const entries = pieces.map(readEntry).filter(Boolean);
    if (!entries.length) continue;
    const first = pieces.flat().find((run) => typeof run !== 'string' && D.claims[run[1].at(-1)].s === 'unverified');
    const claim = D.claims[first[1].at(-1)];
    if (!list || claim.x !== section) {
      section = claim.x;
      list = el('ul', { class: 'chunk' });
      const page = claim.g === null ? null : el('small', {}, say('page', { n: claim.g }));
      box.append(el('h3', { 'data-of': section }, claim.p.at(-1) ?? say('untitled'), page), list);
    }
    list.append(...entries);
  }
  const tables = D.blocks.filter((block) => block.t === 't').map(readTable).filter(Boolean);
  if (tables.length) box.append(el('h3', {}, say('tables-unread')), el('ul', { class: 'rows' }, ...tables));
};
// Entries that a search does not find are not shown.
const sift = (q) => {
  for (const node of document.querySelectorAll('#reading .unread')) node.hidden = Boolean(q) && !node.words.includes(q);
};

// ── the views of the document: its text, its pages, its reading list ──
const VIEWS = ['text', ...(D.pages.length ? ['pages'] : []), 'reading'];
let shownView = 'text';
const viewed = () => shownView;
const view = (name) => {
  if (name === shownView) return;
  shownView = name;
  if (name === 'reading') drawReading();
  for (const other of VIEWS) {
    $(other).hidden = other !== name;
    $(`view-${other}`).setAttribute('aria-pressed', String(other === name));
  }
  if ($('zoom')) $('zoom').hidden = name !== 'pages';
  $('scroll').scrollTop = 0;
  settled = null;
  seek();
};
const NAMES = { text: 'as-text', pages: 'as-pages', reading: 'unchecked' };
const views = () => el('div', { class: 'chips', role: 'group', 'aria-label': say('text') }, ...VIEWS.map((name) => el('button', {
  id: `view-${name}`, class: 'chip', 'aria-pressed': String(name === 'text'),
  onclick: () => { view(name); if (state.check && name !== 'reading') toOperand(state.operand); },
}, say(NAMES[name]), name === 'reading' ? el('small', {}, String(unread.length)) : null)));
