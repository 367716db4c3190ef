const form = document.querySelector('form');
const shown = form.querySelector('output');
const buttons = [...form.querySelectorAll('.views button')];
const views = buttons.map((button) => {
  const view = document.getElementById(button.dataset.view);
  const entries = [...view.querySelectorAll('[data-entity]')].map((node) => ({ node, words: node.textContent.toLowerCase() }));
  return { button, view, entries };
});
const none = document.getElementById('none');
let chosen = views.find((one) => one.button.dataset.view === location.hash.slice(1)) ?? views[0];

const fits = ({ node, words }) => {
  const { entity, year, severity, words: wanted } = form.elements;
  return (!entity.value || node.dataset.entity === entity.value)
    && (!year.value || node.dataset.year === year.value)
    && (!severity.value || node.dataset.severity.split(' ').includes(severity.value))
    && words.includes(wanted.value.trim().toLowerCase());
};
const apply = () => {
  const list = drawn[chosen.button.dataset.view];
  if (list) {
    chosen.list ??= list();
    const [fitting, all] = chosen.list({ words: form.elements.words.value.trim().toLowerCase(), entity: form.elements.entity.value });
    shown.value = fitting === all ? `${all}` : `${fitting} / ${all}`;
    none.hidden = fitting > 0;
    return;
  }
  let count = 0;
  for (const one of chosen.entries) {
    one.node.hidden = !fits(one);
    count += one.node.hidden ? 0 : 1;
  }
  shown.value = `${count} / ${chosen.entries.length}`;
  none.hidden = count > 0;
};
const choose = (view) => {
  chosen = view;
  for (const name of ['year', 'severity']) form.elements[name].closest('label').hidden = view.button.dataset.view in drawn;
  for (const one of views) {
    one.view.hidden = one !== view;
    one.button.setAttribute('aria-pressed', String(one === view));
  }
  apply();
};

for (const view of views) {
  view.button.addEventListener('click', () => {
    history.replaceState(null, '', `#${view.button.dataset.view}`);
    choose(view);
  });
}
form.addEventListener('input', apply);
form.addEventListener('submit', (event) => event.preventDefault());
// A browser that comes back to the page fills in the filters after the script has run.
window.addEventListener('pageshow', () => choose(chosen));
choose(chosen);
