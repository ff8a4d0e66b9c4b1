import { dot } from './buttons.js';
import { make } from './dom.js';

/**
 * A box for each type of pages that there is.
 * @returns whether a page is shown
 */
export function typeFilter({ graph, byId }, changed) {
  const hidden = new Set();
  for (const [kind, { name, pages }] of graph.kinds.entries()) {
    if (pages === 0) continue;
    const label = make('label');
    const box = make('input');
    box.type = 'checkbox';
    box.checked = true;
    box.addEventListener('change', () => {
      if (box.checked) hidden.delete(kind);
      else hidden.add(kind);
      changed();
    });
    const number = make('span', pages.toLocaleString('en'), 'count');
    label.append(box, dot(kind), make('span', name), number);
    byId('types').append(label);
  }
  byId('types').hidden = graph.pages.length === 0;
  return (i) => !hidden.has(graph.pages[i].kind);
}
