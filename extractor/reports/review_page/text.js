// The text of the document: paragraphs, headings and tables with every claim marked; the contents; images of pages.
const marks = D.claims.map(() => []);
const cells = new Map();
const heads = new Map();
const blockNodes = [];

const runs = (found) => found.map((run) => {
  if (typeof run === 'string') return run;
  const [words, covering] = run;
  const claim = D.claims[covering.at(-1)];
  const mark = el('span', { class: `q s-${claim.s} v-${claim.v} k-${claim.k}${words.length > 12 ? '' : ' short'}`, 'data-c': covering.at(-1) }, words);
  for (const at of covering) marks[at].push(mark);
  return mark;
});

const heading = (block) => {
  const level = { role: 'heading', 'aria-level': Math.min(block.d + 3, 9) };
  const head = el('span', { class: `head d${Math.min(block.d, 4)}`, ...level }, ...runs(block.h));
  heads.set(block.s, head);
  return head;
};

const paragraph = (block) => {
  if (block.l) return el('p', { class: 'entry' }, el('span', {}, ...runs(block.r)), el('span', { class: 'leader' }, block.l), el('span', {}, block.e));
  if (!block.h) return el('p', {}, ...runs(block.r));
  const node = el(block.r.length ? 'p' : 'div', { class: block.r.length ? 'runin' : 'title' }, heading(block));
  node.append(...runs(block.r));
  return node;
};

// A code of a few digits is not broken.
const plain = (found) => found.length === 1 && /^[\d.-]{1,12}$/.test(found[0]);
const table = (block) => {
  const body = el('tbody');
  block.rows.forEach((row, at) => {
    const line = el('tr');
    for (const cell of row) {
      const head = at < block.e;
      const key = `${block.i}/${at}/${cell.c}`;
      const look = knownCells.has(key) ? ` s-${cellStanding(key)} v-${checks.get(suspected.get(key))?.v ?? ''}` : '';
      const body = cell.v ? `number${look}` : plain(cell.r) ? 'code' : null;
      const attributes = { rowspan: cell.rs, colspan: cell.cs, 'data-t': look ? key : null, class: head ? null : body };
      const empty = head && !cell.r.length;
      const made = el(head && !empty ? 'th' : 'td', attributes, ...runs(cell.r));
      cells.set(key, made);
      line.append(made);
    }
    body.append(line);
  });
  const name = block.n || say('table');
  const caption = el('caption', {}, name, block.u ? el('small', {}, say('unit', { unit: block.u })) : null);
  const frame = el('div', { class: 'frame', tabindex: 0, role: 'group', 'aria-label': name }, el('table', {}, caption, body));
  if (!block.rest.length) return frame;
  const rest = block.rest.map((found) => el('p', {}, ...runs(found)));
  return el('div', {}, frame, el('p', { class: 'soft' }, say('table-rest')), ...rest);
};

const drawText = () => {
  const text = $('text');
  let page = null;
  let part = null;
  const chunk = () => { part = el('div', { class: 'chunk' }); text.append(part); };
  D.blocks.forEach((block, at) => {
    if (!part || part.childElementCount > 30) chunk();
    if (block.g !== null && block.g !== page) {
      page = block.g;
      part.append(el('p', { class: 'pagebreak' }, el('span', {}, say('page', { n: page }))));
    }
    const node = block.t === 't' ? table(block) : paragraph(block);
    node.classList.add('block');
    blockNodes[at] = node;
    part.append(node);
  });
};

// ── contents ──
const outline = () => {
  const below = new Map();
  for (const section of D.sections) below.set(section.up, [...(below.get(section.up) ?? []), section]);
  const failing = new Map();
  const wrong = new Set();
  for (const { id, x } of D.findings) {
    for (const up of above(x)) {
      failing.set(up, (failing.get(up) ?? 0) + 1);
      if (severity(checks.get(id)) === 'error') wrong.add(up);
    }
  }
  const open = D.sections.length > 40 ? 1 : 9;
  const figure = (section, bad) => {
    const look = wrong.has(section.id) ? 'bad' : 'bad doubtful';
    if (bad) return el('b', { class: look, title: say('section-findings', { n: bad }) }, String(bad));
    return section.n ? el('small', {}, String(section.n)) : null;
  };
  const item = (section) => {
    const inner = below.get(section.id);
    const bad = failing.get(section.id);
    const go = el('button', { class: 'go', 'data-section': section.id, onclick: () => toSection(section.id) },
      el('span', { class: 'words' }, section.h || say('untitled')),
      figure(section, bad));
    if (!inner) return el('li', {}, go);
    const list = el('ul', { hidden: section.d >= open }, ...inner.map(item));
    const toggle = el('button', {
      class: 'toggle', 'aria-expanded': String(section.d < open), 'aria-label': `${say('toggle-section')} ${section.h}`,
      onclick: () => { list.hidden = !list.hidden; toggle.setAttribute('aria-expanded', String(!list.hidden)); },
    });
    return el('li', {}, toggle, go, list);
  };
  return el('ul', {}, ...(below.get(null) ?? []).map(item));
};
const toSection = (id) => {
  showText();
  const head = heads.get(id);
  settled = id;
  if (viewed() === 'pages') toSheet(sections.get(id).g);
  else if (head) { view('text'); bring(head, 'start'); }
  current(id);
};

// The section that is read: the one last gone to while its place is in view, else the one at the top. Headings stand in
// the order of the text, so the last one above the top is found by halving.
let settled = null;
const order = D.sections.map(({ id }) => id);
const headsRead = () => [...document.querySelectorAll('#reading [data-of]')].map((node) => [node.dataset.of, node]);
const atTop = () => {
  if (viewed() === 'pages') return sectionOfPage(sheetAtTop());
  const read = viewed() === 'reading';
  const places = read ? headsRead() : order.filter((id) => heads.has(id)).map((id) => [id, heads.get(id)]);
  const limit = (narrow.matches ? 0 : $('scroll').getBoundingClientRect().top) + 120;
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places[middle][1].getBoundingClientRect().top <= limit) low = middle + 1;
    else high = middle;
  }
  return places[low - 1]?.[0] ?? null;
};
const inSight = (node) => {
  const [box, frame] = [node.getBoundingClientRect(), $('scroll').getBoundingClientRect()];
  return box.height > 0 && box.bottom > Math.max(frame.top, 0) && box.top < Math.min(frame.bottom, innerHeight);
};
const follow = () => {
  const kept = [...document.querySelectorAll('#source .first'), heads.get(settled)];
  if (!settled || !kept.some((node) => node && inSight(node))) settled = null;
  current(settled ?? atTop());
};
const current = (id) => {
  const go = document.querySelector(`#outline [data-section="${CSS.escape(id ?? '')}"]`);
  if (go?.hasAttribute('aria-current')) return;
  for (const node of document.querySelectorAll('#outline [aria-current]')) node.removeAttribute('aria-current');
  if (!go) return;
  go.setAttribute('aria-current', 'true');
  for (let list = go.closest('ul[hidden]'); list; list = list.parentElement.closest('ul[hidden]')) unfold(list);
  if (go.offsetParent) nudge(go, $('outline'));
};
const unfold = (list) => {
  list.hidden = false;
  list.parentElement.querySelector(':scope > .toggle').setAttribute('aria-expanded', 'true');
};
// Scrolls a list, and nothing around it, until an entry of it is in view.
const nudge = (node, list) => {
  const [box, frame] = [node.getBoundingClientRect(), list.getBoundingClientRect()];
  if (box.top < frame.top) list.scrollTop -= frame.top - box.top + 24;
  else if (box.bottom > frame.bottom) list.scrollTop += box.bottom - frame.bottom + 24;
};

// ── bringing things into view ──
const bring = (node, block = 'center') => {
  const go = () => node.scrollIntoView({ block, inline: 'nearest' });
  go();
  // Stretches that were not laid out have a guessed height: once more when they are.
  requestAnimationFrame(() => { go(); requestAnimationFrame(go); });
};
const showText = () => { if (narrow.matches) choose('text'); };
const nodesOf = (one) => (one.c !== undefined ? marks[one.c] : [cells.get(`${one.t}/${one.row}/${one.col}`)].filter(Boolean));

const light = (check) => {
  for (const node of document.querySelectorAll('#source .on, #source .first')) {
    node.classList.remove('on', 'first');
    node.removeAttribute('data-role');
  }
  for (const one of check ? check.o : []) {
    nodesOf(one).forEach((node, at) => {
      node.classList.add('on');
      if (!at) node.dataset.role = one.role;
    });
  }
  lightPages(check);
};
const toOperand = (at) => {
  const check = checks.get(state.check);
  if (!check?.o.length) return;
  state.operand = (at + check.o.length) % check.o.length;
  for (const node of document.querySelectorAll('#source .first')) node.classList.remove('first');
  const one = check.o[state.operand];
  const found = nodesOf(one);
  found.forEach((node) => node.classList.add('first'));
  settled = sectionOf(one);
  if (viewed() === 'reading') view('text');
  if (viewed() === 'pages') toPage(one);
  else if (found.length) bring(found[0]);
  else announce(say('not-in-text'));
  current(settled);
  $('step').textContent = `${state.operand + 1} / ${check.o.length}`;
};
