// What is printed: the findings alone, the findings with the text, or the reading list. A browser's own command prints
// the findings with the text.
const PRINTS = ['findings', 'context', 'reading'];
const printOut = (name) => {
  $('printing').close();
  if (name === 'reading') drawReading();
  document.body.dataset.print = name;
  window.print();
};
window.addEventListener('afterprint', () => { document.body.dataset.print = 'context'; });
const printDialog = () => el('dialog', { id: 'printing', 'aria-label': say('print') }, el('h2', {}, say('print')),
  el('div', { class: 'ways' }, ...PRINTS.map((name) => el('button', { 'data-way': name, onclick: () => printOut(name) },
    el('b', {}, say(`print.${name}`)), el('small', {}, say(`print.${name}-hint`))))),
  el('form', { method: 'dialog' }, el('button', {}, say('close'))));
