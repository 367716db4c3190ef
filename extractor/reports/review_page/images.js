// The images of pages, made when they come into view: numbers and hits of a search on them, as large as one likes.
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
  for (const [key, one] of knownCells) {
    if (one.g !== page.n || !one.b) continue;
    const severe = suspected.has(key) ? ` v-${checks.get(suspected.get(key)).v}` : '';
    sheet.append(spot(page, one.b, { class: `box cell s-${cellStanding(key)}${severe}`, 'data-t': key, 'aria-label': `${one.m} ${one.raw}` }));
  }
  drawHits(page.n);
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
const boxesOf = (one) => document.querySelectorAll(one.c !== undefined ? `.sheet [data-c="${one.c}"]` : `.sheet [data-t="${CSS.escape(keyOf(one))}"]`);
const lightPages = (check) => {
  for (const node of document.querySelectorAll('.sheet .on')) node.classList.remove('on');
  for (const one of check ? check.o : []) if (keyOf(one)) for (const node of boxesOf(one)) node.classList.add('on');
};
const toPage = (one) => {
  const found = sheets.get(told(one).g);
  if (!found) { announce(say('not-in-text')); return; }
  found.sheet.fill();
  lightPages(checks.get(state.check));
  for (const node of document.querySelectorAll('.sheet .first')) node.classList.remove('first');
  const boxes = keyOf(one) ? [...boxesOf(one)] : [];
  for (const node of boxes) node.classList.add('first');
  bring(boxes[0] ?? found.sheet);
};
const toSheet = (n) => { if (sheets.has(n)) bring(sheets.get(n).sheet, 'start'); };
const sheetAtTop = () => {
  const limit = (narrow.matches ? 0 : $('scroll').getBoundingClientRect().top) + 160;
  return D.pages.findLast(({ n }) => sheets.get(n).sheet.getBoundingClientRect().top <= limit)?.n ?? D.pages[0]?.n;
};
const sectionOfPage = (n) => D.sections.findLast(({ g }) => g !== null && g <= n)?.id ?? null;

// ── zoom: what is in the middle stays there ──
const ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3];
let zoomed = 1;
const zoom = (to) => {
  if (viewed() !== 'pages') return;
  const frame = $('scroll');
  const [across, down] = [(frame.scrollLeft + frame.clientWidth / 2) / frame.scrollWidth, (frame.scrollTop + frame.clientHeight / 2) / frame.scrollHeight];
  zoomed = to;
  $('pages').style.setProperty('--zoom', zoomed);
  $('zoomed').textContent = `${Math.round(zoomed * 100)}%`;
  frame.scrollTo(across * frame.scrollWidth - frame.clientWidth / 2, down * frame.scrollHeight - frame.clientHeight / 2);
};
const zoomBy = (by) => zoom(ZOOMS[Math.min(Math.max(ZOOMS.indexOf(zoomed) + by, 0), ZOOMS.length - 1)]);
const zoomer = () => el('div', { id: 'zoom', class: 'moves', hidden: true, role: 'group', 'aria-label': say('zoom') },
  el('button', { 'aria-label': say('zoom-out'), onclick: () => zoomBy(-1) }, '−'),
  el('button', { id: 'zoomed', 'aria-label': say('zoom-fit'), onclick: () => zoom(1) }, '100%'),
  el('button', { 'aria-label': say('zoom-in'), onclick: () => zoomBy(1) }, '+'));

// ── hits of a search: on the lines of a page; of a scan, which has none, the numbers found on it ──
let pageHits = [];
const findOnPages = (q) => {
  const wanted = q.replace(/\s/g, '');
  return wanted ? D.pages.flatMap((page) => (page.t.length ? findInLines(page, wanted) : findAmongClaims(page, q))) : [];
};
const findAmongClaims = (page, q) => D.claims.filter((claim) => claim.g === page.n && claim.b.length && (claim.m + claim.raw).toLowerCase().includes(q))
  .map((claim) => ({ n: page.n, boxes: claim.b }));
const findInLines = (page, q) => {
  const words = page.t.map(([text]) => text.toLowerCase());
  const starts = [];
  words.reduce((at, text) => { starts.push(at); return at + text.length; }, 0);
  const whole = words.join('');
  const found = [];
  for (let at = whole.indexOf(q); at >= 0; at = whole.indexOf(q, at + q.length)) found.push({ n: page.n, boxes: cover(page.t, starts, at, at + q.length) });
  return found;
};
// The boxes of a stretch of a page's lines, one a line.
const cover = (lines, starts, from, to) => {
  const boxes = [];
  let at = starts.findLastIndex((start) => start <= from);
  for (; at < lines.length && starts[at] < to; at += 1) {
    const [text, top, bottom, [first, ...steps]] = lines[at];
    const edge = (n) => steps.slice(0, n).reduce((sum, step) => sum + step, first);
    boxes.push([edge(Math.max(from - starts[at], 0)), top, edge(Math.min(to - starts[at], text.length)), bottom]);
  }
  return boxes;
};
const drawHits = (n) => {
  const { page, sheet } = sheets.get(n) ?? {};
  if (!sheet?.childElementCount) return;
  for (const node of sheet.querySelectorAll('.hit')) node.remove();
  pageHits.forEach((one, at) => {
    if (one.n !== n) return;
    for (const box of one.boxes) {
      const node = spot(page, box, {});
      sheet.append(Object.assign(el('span', { class: `hit${at === hit ? ' here' : ''}` }), { style: node.style.cssText }));
    }
  });
};
const toPageHit = (at) => {
  const { n } = pageHits[at];
  sheets.get(n).sheet.fill();
  for (const number of sheets.keys()) drawHits(number);
  bring(sheets.get(n).sheet.querySelector('.hit.here'));
};
