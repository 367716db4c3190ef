// The panel's lists: findings, claims, checks, charts; long ones grow on demand.
const STEP = 100;

const group = (name, found) => {
  if (!found.length) return [];
  const words = say(name === 'info' ? 'remarks-more' : `${name}s`);
  const heading = el('h3', { class: `group v-${name}` }, words, el('small', {}, String(found.length)));
  return [heading, ...found.map((check) => cardOf(check))];
};
const dotted = (...words) => words.filter(Boolean).join(' · ');
const made = new Map();
const cardOf = (check) => {
  if (!made.has(check.id)) made.set(check.id, card(check, 'h4', findings.get(check.id)));
  return made.get(check.id);
};
// The findings in the one order that they are shown in and gone through: the worst first, of those the heaviest.
const SEVERITIES = ['error', 'warning', 'info'];
const rank = (check) => SEVERITIES.indexOf(severity(check));
const listed = D.findings.map(({ id }) => checks.get(id)).sort((one, other) => rank(one) - rank(other));
const visibleFindings = () => listed.filter((check) => {
  const wanted = state.filters.decision;
  return [check.id, ...findings.get(check.id).c].some((id) => checkPasses(checks.get(id))) && (!wanted || (decisions[check.id]?.state ?? 'open') === wanted);
});
const drawFindings = () => {
  const found = visibleFindings();
  const groups = SEVERITIES.flatMap((name) => group(name, found.filter((check) => severity(check) === name)));
  const nothing = D.checks.some((check) => check.s !== 'unclear') ? 'no-findings' : 'nothing-checked';
  const empty = say(D.findings.length ? 'no-matches' : nothing);
  $('list-findings').replaceChildren(...(groups.length ? groups : [el('p', { class: 'empty' }, empty)]));
  mark();
  return found.length;
};

const grown = (list, found, row) => {
  list.replaceChildren();
  if (!found.length) list.append(el('p', { class: 'empty' }, say('no-matches')));
  const add = (from) => {
    list.append(...found.slice(from, from + STEP).map(row));
    const left = found.length - from - STEP;
    if (left <= 0) return;
    const more = el('button', { class: 'quiet', onclick: () => { more.remove(); add(from + STEP); } }, say('show-more', { n: Math.min(left, STEP) }));
    list.append(more);
  };
  add(0);
  return found.length;
};

const claimRow = (claim) => {
  const at = Number(claim.at);
  return el('button', { class: `row s-${claim.s} v-${claim.v}`, 'data-row': at, onclick: () => openClaim(at) },
    el('span', { class: 'dot', 'aria-hidden': 'true' }),
    el('span', { class: 'what' }, claim.m || claim.raw, el('small', {}, dotted(say(claim.s), say(`kind.${claim.k}`), place(claim.g, claim.p.at(-1) ?? '')))),
    el('span', { class: 'raw' }, claim.raw));
};
const drawClaims = () => {
  const found = D.claims.map((claim, at) => ({ ...claim, at })).filter((claim) => claimPasses(claim) && (!state.filters.q || has(claim.m + claim.raw)));
  return grown($('list-claims'), found, claimRow);
};

// What the first number of a check is held against: the table or section of the next one, or its name where that is the same.
const against = (check) => {
  const [first, other] = check.o.map(told);
  const words = !other ? '' : other.h && other.h !== first.h ? other.h : other.m !== first.m ? other.m : '';
  return words && `↔ ${words}`;
};
const checkRow = (check) => {
  const first = check.o[0] ? told(check.o[0]) : { m: check.m, raw: '', g: null, h: '' };
  const line = el('button', { class: `row v-${severity(check)}`, 'aria-expanded': 'false', onclick: () => {
    const open = line.nextElementSibling?.classList.contains('unfolded');
    if (open) { line.nextElementSibling.remove(); line.setAttribute('aria-expanded', 'false'); return; }
    line.after(el('div', { class: 'unfolded' }, card(check)));
    line.setAttribute('aria-expanded', 'true');
    select(check.id);
  } },
  el('span', { class: 'dot', 'aria-hidden': 'true' }),
  el('span', { class: 'what' }, first.m || first.raw,
    el('small', {}, dotted(verdict(check), say(`rule.${check.r}`), place(first.g, first.h)), el('br'), against(check))),
  el('span', { class: 'raw' }, first.raw));
  return line;
};
let wantedStatus = '';
const drawChecks = () => {
  const found = D.checks.filter((check) => (!wantedStatus || check.s === wantedStatus) && checkPasses(check));
  const order = ['fails', 'holds_truncated', 'unclear', 'holds'];
  return grown($('list-checks'), found.sort((one, other) => order.indexOf(one.s) - order.indexOf(other.s)), checkRow);
};
const statusChips = () => {
  const box = el('div', { class: 'chips', role: 'group', 'aria-label': say('status') });
  for (const name of ['', 'fails', 'holds_truncated', 'unclear', 'holds']) {
    const count = name ? D.checks.filter((check) => check.s === name).length : D.checks.length;
    if (!count) continue;
    const chip = el('button', { class: 'chip', 'aria-pressed': String(!name), onclick: () => {
      wantedStatus = name;
      for (const other of box.children) other.setAttribute('aria-pressed', String(other === chip));
      drawChecks();
    } }, name ? say(name) : say('all'), el('small', {}, String(count)));
    box.append(chip);
  }
  return box;
};

// ── charts: tables whose bars repeat what their numbers say ──
const bar = (share, kind) => {
  const inner = el('span', { class: `bar ${kind}` });
  inner.style.width = `${Math.max(share, 0.4)}%`;
  return el('td', { class: 'bars', 'aria-hidden': 'true' }, inner);
};
const headed = (...names) => {
  const cells = names.map((name) => (name ? el('th', { scope: 'col' }, say(name)) : el('td', { 'aria-hidden': 'true' })));
  return el('thead', {}, el('tr', {}, ...cells));
};
const chart = (one, caption, head, rows) => el('figure', { class: 'chart' },
  el('figcaption', {}, el('button', { class: 'pick', onclick: () => { select(one.check); showText(); } }, one.name, ' ', el('b', {}, caption))),
  el('table', {}, head, el('tbody', {}, ...rows)));
const drawCharts = () => {
  const list = $('list-charts');
  const { totals, changes } = D.charts;
  if (!totals.length && !changes.length) list.append(el('p', { class: 'empty' }, say('no-charts')));
  if (totals.length) list.append(el('h3', { class: 'group' }, say('totals')), el('p', { class: 'soft' }, say('totals-hint')));
  for (const one of totals) {
    const line = (look, name, kind, raw, share) => el('tr', { class: look },
      el('th', { scope: 'row' }, name), bar(share, kind), el('td', {}, raw), el('td', {}, `${share.toFixed(2)}%`));
    const rows = one.rows.map(([name, raw, share]) => line(null, name, 'part', raw, share));
    if (one.rest) rows.push(line('soft', say('rest'), 'rest', ...one.rest));
    list.append(chart(one, one.raw, headed('item', '', 'amount', 'share'), rows));
  }
  if (changes.length) list.append(el('h3', { class: 'group' }, say('changes')), el('p', { class: 'soft' }, say('changes-hint')));
  for (const one of changes) {
    const most = Math.max(one.now[1], one.then[1]);
    const row = (name) => el('tr', {}, el('th', { scope: 'row' }, say(name)), bar((one[name][1] / most) * 100, name), el('td', {}, one[name][0]));
    list.append(chart(one, one.rate, headed('period', '', 'amount'), [row('then'), row('now')]));
  }
};
