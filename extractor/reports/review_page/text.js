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
      const attributes = { rowspan: cell.rs, colspan: cell.cs, class: head ? null : cell.v ? 'number' : plain(cell.r) ? 'code' : null };
      const empty = head && !cell.r.length;
      const made = el(head && !empty ? 'th' : 'td', attributes, ...runs(cell.r));
      cells.set(`${block.i}/${at}/${cell.c}`, made);
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
  for (const { id } of D.findings) {
    const claim = D.claims[checks.get(id).o.find((one) => one.c !== undefined)?.c];
    for (const up of claim?.x ? above(claim.x) : []) failing.set(up, (failing.get(up) ?? 0) + 1);
  }
  const open = D.sections.length > 40 ? 1 : 9;
  const item = (section) => {
    const inner = below.get(section.id);
    const bad = failing.get(section.id);
    const go = el('button', { class: 'go', 'data-section': section.id, onclick: () => toSection(section.id) },
      el('span', { class: 'words' }, section.h || say('untitled')),
      bad ? el('b', { class: 'bad' }, String(bad)) : section.n ? el('small', {}, String(section.n)) : null);
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
  if (head) bring(head, 'start');
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
  if (D.pages.length && $('pages') && !$('pages').hidden) toPage(one);
  else if (found.length) bring(found[0]);
  else announce(say('not-in-text'));
  $('step').textContent = `${state.operand + 1} / ${check.o.length}`;
};

// ── images of pages, made when they come into view ──
const sheets = new Map();
const spot = (page, box, attributes) => {
  const node = el('button', { class: 'box', tabindex: -1, ...attributes });
  Object.assign(node.style, {
    left: `${(box[0] / page.w) * 100}%`, top: `${(box[1] / page.h) * 100}%`,
    width: `${((box[2] - box[0]) / page.w) * 100}%`, height: `${((box[3] - box[1]) / page.h) * 100}%`,
  });
  return node;
};
const fill = (page, sheet) => {
  if (sheet.childElementCount) return;
  sheet.append(el('img', { src: page.src, alt: say('page-image', { n: page.n }) }));
  D.claims.forEach((claim, at) => {
    if (claim.g !== page.n) return;
    for (const box of claim.b) {
      sheet.append(spot(page, box, { class: `box s-${claim.s} v-${claim.v}`, 'data-c': at, 'aria-label': `${claim.m} ${claim.raw}` }));
    }
  });
};
const drawPages = () => {
  const watch = new IntersectionObserver((seen) => {
    for (const one of seen) if (one.isIntersecting) { one.target.fill(); lightPages(checks.get(state.check)); }
  }, { rootMargin: '600px' });
  for (const page of D.pages) {
    const sheet = el('div', { class: 'sheet' });
    sheet.style.aspectRatio = `${page.w} / ${page.h}`;
    sheet.fill = () => fill(page, sheet);
    sheets.set(page.n, { page, sheet });
    $('pages').append(el('figure', {}, el('figcaption', {}, say('page', { n: page.n })), sheet));
    watch.observe(sheet);
  }
};
const lightPages = (check) => {
  for (const node of document.querySelectorAll('.sheet .drawn')) node.remove();
  for (const node of document.querySelectorAll('.sheet .on')) node.classList.remove('on');
  for (const one of check ? check.o : []) {
    if (one.c !== undefined) {
      for (const node of document.querySelectorAll(`.sheet [data-c="${one.c}"]`)) node.classList.add('on');
    } else if (one.b && sheets.get(one.g)?.sheet.childElementCount) {
      const { page, sheet } = sheets.get(one.g);
      sheet.append(spot(page, one.b, { class: 'box on drawn', 'aria-label': `${one.m} ${one.raw}` }));
    }
  }
};
const toPage = (one) => {
  const found = sheets.get(told(one).g);
  if (!found) return;
  found.sheet.fill();
  lightPages(checks.get(state.check));
  bring((one.c !== undefined && found.sheet.querySelector(`[data-c="${one.c}"]`)) || found.sheet.querySelector('.drawn') || found.sheet);
};
