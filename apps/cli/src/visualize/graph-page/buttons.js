import { make } from './dom.js';
import { matches } from './search.js';

/** The sign of a kind of pages, as on the graph. */
export function dot(kind) {
  const made = make('span', undefined, `dot k${kind}`);
  made.setAttribute('aria-hidden', 'true');
  return made;
}

/** Text in which the words of a search stand out. */
export function marked(text, words) {
  const made = make('span');
  for (const [part, isMatch] of matches(text, words))
    made.append(isMatch ? make('mark', part) : part);
  return made;
}

/** A button that opens a page. */
export function pageButton({ graph, open }, i, words = []) {
  const button = make('button');
  button.type = 'button';
  button.dataset.page = String(i);
  button.append(dot(graph.pages[i].kind), marked(graph.pages[i].title, words));
  button.addEventListener('click', () => open(i));
  return button;
}
