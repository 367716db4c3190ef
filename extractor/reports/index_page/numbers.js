const source = document.getElementById('data');
const data = source ? JSON.parse(source.textContent) : null;
const MOST = 100;

const make = (name, properties = {}, ...children) => {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
};
const drawing = make('div', { innerHTML: '<svg></svg>' }).firstChild.namespaceURI;
const draw = (name, attributes, ...children) => {
  const node = document.createElementNS(drawing, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
};
const digits = { maximumFractionDigits: 2 };
const short = new Intl.NumberFormat(document.documentElement.lang, { ...digits, notation: 'compact' });
const tell = (value, [, unit, dimension]) => {
  const number = Number(value);
  if (dimension === 'money') return data.words.money.replace('{count}', short.format(number)).replace('{unit}', unit);
  return unit === '1' ? `${(number * 100).toLocaleString(undefined, digits)}%` : `${number.toLocaleString(undefined, digits)} ${unit}`;
};

const showNumbers = () => {
  const [metric, role, year] = ['metric', 'role', 'of-year'].map((id) => document.getElementById(id));
  const ranking = document.getElementById('ranking');
  let followed = null;
  const options = (select, values, wanted) => {
    select.replaceChildren(...values.map(([value, text]) => make('option', { value, textContent: text })));
    if (values.some(([value]) => String(value) === String(wanted))) select.value = wanted;
  };
  const told = () => data.values.filter((one) => one[2] === Number(metric.value));
  const refresh = () => {
    const of = told();
    const roles = [...new Set(of.map((one) => one[3] ?? ''))].sort();
    options(role, roles.map((one) => [one, data.words[one] ?? '–']), roles.includes(role.value) ? role.value : 'actual');
    const years = new Map();
    for (const one of of) if ((one[3] ?? '') === role.value) years.set(one[1], (years.get(one[1]) ?? 0) + 1);
    const sorted = [...years].sort((a, b) => b[0] - a[0]);
    const usual = sorted.reduce((best, one) => (one[1] > (best?.[1] ?? 0) ? one : best), null);
    options(year, sorted.map(([value, count]) => [value, `${value} (${count})`]), years.has(Number(year.value)) ? year.value : usual?.[0]);
  };
  const line = (entity, of) => {
    const figure = document.getElementById('line');
    const points = told().filter((one) => one[0] === entity && (one[3] ?? '') === role.value).sort((a, b) => a[1] - b[1]);
    if (points.length === 0) return figure.replaceChildren();
    const [width, height, left, top] = [Math.min(640, figure.clientWidth || 640), 190, 24, 34];
    const values = points.map((one) => Number(one[4]));
    const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
    const [from, to] = [points[0][1], points.at(-1)[1]];
    const at = (one) => [left + (to > from ? (one[1] - from) / (to - from) : 0.5) * (width - 4 * left) + left,
      top + (high > low ? (high - Number(one[4])) / (high - low) : 0.5) * (height - 2 * top)];
    const name = data.entities[entity];
    const svg = draw('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': `${name} ${points.map((one) => `${one[1]}: ${tell(one[4], of)}`).join(', ')}` },
      draw('polyline', { points: points.map((one) => at(one).join()).join(' ') }),
      ...points.flatMap((one) => {
        const [x, y] = at(one);
        return [draw('circle', { cx: x, cy: y, r: 4, class: one[5] ? 'wrong' : '' }),
          draw('text', { x, y: y - 10 }, tell(one[4], of)), draw('text', { x, y: height - 6, class: 'year' }, String(one[1]))];
      }));
    return figure.replaceChildren(make('figcaption', { textContent: `${name} · ${of[0]}` }), svg);
  };
  const list = (wanted) => {
    const of = data.metrics[metric.value];
    const rows = told().filter((one) => (one[3] ?? '') === role.value && one[1] === Number(year.value)
      && data.entities[one[0]].toLowerCase().includes(wanted.words) && (!wanted.entity || data.entities[one[0]] === wanted.entity))
      .sort((a, b) => Number(b[4]) - Number(a[4]));
    const most = Math.max(...rows.map((one) => Math.abs(Number(one[4]))), 0) || 1;
    ranking.replaceChildren(...rows.slice(0, MOST).map((one) => {
      const name = make('button', { type: 'button', textContent: data.entities[one[0]] });
      name.addEventListener('click', () => { followed = one[0]; line(followed, of); });
      const value = make('a', { href: data.pages[one[6]], textContent: tell(one[4], of), title: `${one[4]} ${of[1]}` });
      const bar = make('span', { className: 'bar' });
      bar.style.width = `${100 * Math.abs(Number(one[4])) / most}%`;
      const mark = one[5] ? [make('b', { className: 'badge error', textContent: data.words.contradicted })] : [];
      return make('li', {}, name, value, ...mark, bar);
    }));
    if (rows.length > MOST) ranking.append(make('li', { className: 'more', textContent: data.words['more-rows'].replace('{count}', rows.length - MOST) }));
    const spans = new Map();
    for (const one of told()) if (one[3] === rows[0]?.[3]) spans.set(one[0], (spans.get(one[0]) ?? 0) + 1);
    const longest = rows.reduce((best, row) => (best && spans.get(best[0]) >= spans.get(row[0]) ? best : row), null)?.[0];
    line(rows.some((row) => row[0] === followed) ? followed : longest, of);
    return [rows.length, rows.length];
  };
  options(metric, data.metrics.map(([name], at) => [at, name]));
  document.querySelector('.choose').addEventListener('input', () => { refresh(); apply(); });
  refresh();
  return list;
};

const showMap = () => {
  const table = document.querySelector('#map table');
  const found = data.reports.map((one) => one[1]).filter((year) => year);
  const years = found.length ? Array.from({ length: Math.min(30, Math.max(...found) - Math.min(...found) + 1) }, (_, at) => Math.max(...found) - at) : [];
  const head = [data.words.published, ...years, ...(data.reports.some((one) => !years.includes(one[1])) ? [data.words['no-year']] : [])];
  const rows = new Map();
  for (const one of data.reports) rows.set(one[0], [...(rows.get(one[0]) ?? []), one]);
  const kind = (one) => make('a', { href: data.pages[one[3]], textContent: one[2] || '✓' });
  const cell = (reports) => make('td', reports.length ? {} : { className: 'missing', textContent: '–', title: data.words.missing }, ...reports.map(kind));
  return (wanted) => {
    const meant = [...rows].map(([at, reports]) => [data.entities[at], reports])
      .filter(([name]) => name.toLowerCase().includes(wanted.words) && (!wanted.entity || name === wanted.entity))
      .sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
    table.replaceChildren(
      make('thead', {}, make('tr', {}, ...head.map((text) => make('th', { scope: 'col', textContent: text })))),
      make('tbody', {}, ...meant.slice(0, 3 * MOST).map(([name, reports]) => {
        const others = reports.filter((one) => !years.includes(one[1]));
        return make('tr', {}, make('th', { scope: 'row', textContent: name }),
          ...years.map((year) => cell(reports.filter((one) => one[1] === year))),
          ...(head.length > years.length + 1 ? [make('td', {}, ...others.map(kind))] : []));
      })));
    if (meant.length > 3 * MOST) table.append(make('caption', { className: 'more', textContent: data.words['more-rows'].replace('{count}', meant.length - 3 * MOST) }));
    return [meant.length, rows.size];
  };
};
const drawn = data ? { numbers: showNumbers, map: showMap } : {};
