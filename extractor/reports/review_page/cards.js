// A finding as a card: what is wrong, the computation, the numbers side by side, the sentence, the decision.
const FEW = 6;
// So many numbers are written out at once; a longer sum is when it is asked for.
const LONG = 16;

// What a number of a computation is: the suspect, one that is confirmed, or neither. Numbers are told by how they are
// printed, so two that are printed alike have no look unless it is the same.
const looksOf = (check) => {
  const looks = new Map();
  for (const one of check.o) {
    const { raw, s } = told(one);
    const bare = raw.replace(/\s/g, '').match(/^[-−+－＋]?[\d０-９][\d０-９,，.．]*/)?.[0] ?? raw;
    for (const words of new Set([bare, raw])) looks.set(words, looks.has(words) && looks.get(words) !== s ? '' : s);
  }
  return looks;
};
const token = (one, looks) => {
  if (typeof one === 'string') return el('span', { class: 'op' }, one);
  const look = one[0] === 'number' || one[0] === 'stated' ? looks.get(one[1].replace(/\s/g, '')) : '';
  return el('span', { class: look ? `${one[0]} s-${look}` : one[0] }, one[1]);
};
const formula = (check) => {
  const box = el('div', { class: 'calc', role: 'group', 'aria-label': say('computation') });
  const looks = looksOf(check);
  for (const line of check.f) {
    const numbers = line.filter((one) => one[0] === 'number').length;
    const row = el('div', { class: 'line' });
    const write = (pieces) => pieces.map((one) => piece(one, looks));
    if (numbers > LONG) {
      const result = line.findIndex((one) => one === '=');
      const all = el('button', { class: 'quiet', onclick: () => row.replaceChildren(...write(line)) }, say('sum-of', { n: numbers }));
      row.append(all, ...write(line.slice(result)));
    } else row.append(...write(line));
    box.append(row);
  }
  return box;
};
const piece = (one, looks) => {
  if (one === 'Δ') return el('span', { class: 'said' }, say('gap'));
  return one[0] === 'stated' || one[0] === 'due' ? statedToken(one, looks) : token(one, looks);
};
const statedToken = (one, looks) => el('span', { class: 'stated' }, el('small', {}, say(one[0])), token(one, looks));

// That other checks confirm a number, or that it is the one to suspect.
const confirmed = (one) => {
  const key = keyOf(one);
  const others = confirming.get(key) ?? 0;
  if (standingOf(one) === 'contradicted') return el('small', { class: 'suspect' }, say('suspect'));
  return others ? el('small', { class: 'sure' }, say('confirmed-by', { n: others })) : null;
};
const operands = (check) => {
  const list = el('ol', { class: 'operands' });
  check.o.forEach((one, at) => {
    const shown = told(one);
    list.append(el('li', { class: at >= FEW ? 'more' : null },
      el('button', { class: `operand s-${shown.s}`, 'data-at': at, onclick: () => { select(check.id, { quiet: true }); showText(); toOperand(at); } },
        el('span', { class: 'role' }, one.role),
        el('span', { class: 'what' }, shown.m, el('small', {}, place(shown.g, shown.h))),
        el('span', { class: 'raw' }, shown.raw, confirmed(one)))));
  });
  if (check.o.length <= FEW + 1) { list.classList.add('open'); return list; }
  const more = el('button', { class: 'quiet', 'aria-expanded': 'false', onclick: () => {
    const open = list.classList.toggle('open');
    more.setAttribute('aria-expanded', String(open));
    more.textContent = open ? say('fewer-operands') : say('more-operands', { n: check.o.length });
  } }, say('more-operands', { n: check.o.length }));
  return el('div', {}, list, more);
};

const context = (check) => {
  if (!check.q?.length) return null;
  const box = el('div', { class: 'context' });
  const first = suspectOf(check.id)?.c;
  for (const sentence of check.q) {
    box.append(el('blockquote', {}, ...sentence.map((run) => {
      if (typeof run === 'string') return run;
      const [words, at] = run;
      const look = at === first && check.s === 'fails' ? ' first' : '';
      return el('mark', { class: `s-${D.claims[at].s}${look}` }, words);
    })));
  }
  return box;
};

const decisionOf = (check) => {
  const now = decisions[check.id] ?? { state: 'open', note: '' };
  const box = el('fieldset', { class: 'decision' }, el('legend', {}, say('decision')));
  const choices = el('div', { class: 'choices' });
  for (const name of ['open', 'confirmed', 'dismissed']) {
    const input = el('input', { type: 'radio', name: `d-${check.id}-${decisionOf.count}`, value: name, checked: now.state === name,
      onchange: () => decide(check.id, { state: name }) });
    choices.append(el('label', { class: name }, input, el('span', {}, say(`state.${name}`))));
  }
  decisionOf.count += 1;
  const note = el('textarea', { rows: 1, placeholder: say('note-hint'), 'aria-label': say('note'), oninput: (event) => {
    decide(check.id, { note: event.target.value });
    grow(event.target);
  } });
  note.value = now.note ?? '';
  box.append(choices, note, el('p', { class: 'noted' }, note.value));
  return box;
};
decisionOf.count = 0;
const grow = (note) => { note.style.height = 'auto'; note.style.height = `${note.scrollHeight + 2}px`; };

const title = (check, found) => {
  const one = suspectOf(check.id);
  const first = one ? told(one) : { m: '', raw: check.m, h: '', g: null };
  return el('button', { class: 'pick', 'data-pick': check.id, onclick: () => { select(check.id); showText(); } },
    el('span', { class: 'metric' }, first.m), first.m ? ' ' : '', el('b', { class: one ? `s-${standingOf(one)}` : null }, first.raw),
    found?.to ? el('span', { class: 'to' }, ' → ', el('b', { class: 'proposed' }, found.to)) : null);
};
const where = (check) => {
  const one = suspectOf(check.id);
  if (!one) return null;
  const path = one.c === undefined ? [one.h] : D.claims[one.c].p;
  const page = told(one).g;
  const trail = el('p', { class: 'where' });
  path.filter(Boolean).forEach((words, at) => trail.append(at ? el('span', { class: 'sep', 'aria-hidden': 'true' }, '›') : '', el('span', {}, words)));
  if (page !== null) trail.append(el('span', { class: 'page' }, say('page', { n: page })));
  return trail;
};

const rest = (found) => (found?.c.length
  ? el('div', {}, el('h5', {}, say('finding-checks', { n: found.c.length })), el('div', { class: 'rows' }, ...found.c.map((id) => checkRow(checks.get(id)))))
  : null);

const tellsGap = (check) => check.f?.some((line) => line.some((one) => one[0] === 'gap'));
const card = (check, level = 'h4', found = null) => {
  const state = decisions[check.id]?.state ?? 'open';
  return el('article', { class: `card v-${severity(check)} is-${state}`, 'data-check': check.id, 'aria-label': check.m },
    el('header', {},
      found?.no ? el('span', { class: 'no' }, String(found.no)) : null,
      el('span', { class: `badge v-${severity(check)}` }, verdict(check)),
      el('span', { class: 'rule' }, say(`rule.${check.r}`).replace('rule.', '')),
      check.why ? el('span', { class: 'rule' }, check.why) : null,
      el('span', { class: 'state' }, say(`state.${state}`)),
      el('code', {}, check.id)),
    el(level, {}, title(check, found)),
    where(check),
    found?.m ? el('p', { class: 'proposal' }, found.e ? say('mends', { n: found.e }) : found.m) : null,
    check.f ? formula(check) : null,
    context(check),
    operands(check),
    check.p === undefined ? null : el('p', { class: 'power' }, say('power', { n: check.p })),
    el('details', { class: 'message', open: !tellsGap(check) }, el('summary', {}, say('explanation')), el('p', {}, check.m)),
    rest(found),
    check.s === 'holds' || leads.has(check.id) ? null : decisionOf(check));
};

// ── a claim ──
const claimCard = (at) => {
  const claim = D.claims[at];
  const fields = el('dl', {});
  const field = (name, words) => fields.append(el('div', {}, el('dt', {}, name), el('dd', {}, words)));
  field(say('kind'), say(`kind.${claim.k}`));
  field(say('dimension'), say(`dimension.${claim.d}`));
  for (const [name, words] of claim.f) if (name !== 'evidence') field(say(name), words);
  for (const [name, other] of claim.to) {
    field(say(name), el('button', { class: 'quiet', onclick: () => openClaim(other) }, D.claims[other].m, ' ', D.claims[other].raw));
  }
  if (claim.w) field(say('why-unverified'), claim.w.join(say('between')));
  if (claim.p.length) field(say('path'), place(claim.g, claim.p.join(' › ')));
  const list = el('div', { class: 'rows' }, ...taking[at].map(checkRow));
  return el('section', { class: `claim s-${claim.s}`, 'aria-label': `${say('claim')} ${claim.raw}` },
    el('header', {},
      el('span', { class: `badge s-${claim.s} v-${claim.v}` }, say(claim.s)),
      el('code', {}, claim.id),
      el('button', { class: 'quiet close', onclick: closeClaim }, say('close'))),
    el('h3', {}, el('span', { class: 'metric' }, claim.m), ' ', el('b', {}, claim.raw)),
    fields,
    el('p', { class: 'evidence' }, say('evidence'), ' ', el('code', {}, claim.f.find(([name]) => name === 'evidence')?.[1] ?? '')),
    el('h4', {}, taking[at].length ? say('claim-checks', { n: taking[at].length }) : say('claim-no-checks')),
    list);
};

// ── a cell that checks speak of ──
const cellCard = (key) => {
  const one = knownCells.get(key);
  const shown = told(one);
  const found = D.checks.filter((check) => check.o.some((other) => keyOf(other) === key));
  return el('section', { class: `claim s-${shown.s}`, 'aria-label': `${say('cell')} ${shown.raw}` },
    el('header', {},
      el('span', { class: `badge s-${shown.s}` }, say(shown.s)),
      el('button', { class: 'quiet close', onclick: closeClaim }, say('close'))),
    el('h3', {}, el('span', { class: 'metric' }, shown.m), ' ', el('b', {}, shown.raw)),
    el('p', { class: 'where' }, place(shown.g, shown.h)),
    el('h4', {}, say('claim-checks', { n: found.length })),
    el('div', { class: 'rows' }, ...found.map(checkRow)));
};
