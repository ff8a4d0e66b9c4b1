import { pageButton, marked } from './buttons.js';
import { excerpt, matches, searcher, wordsOf } from './search.js';

/** Pages in the list at first, without a search, and how many more at a time. */
const [WITHOUT, STEP] = [12, 60];

/**
 * The list of pages: those that a search has found, or those with most links.
 * @param app `{ graph, view, byId, shown, open }`
 */
export function pageList(app) {
  const { graph, view, byId, shown } = app;
  const search = searcher(graph);
  let most = STEP;
  let asked = '';
  const item = (i, words) => {
    const made = document.createElement('li');
    const button = pageButton(app, i, words);
    const { title, text } = graph.pages[i];
    const others = words.filter((word) => !matches(title, [word]).some(([, isMatch]) => isMatch));
    if (others.length > 0) {
      const found = marked(excerpt(text, others), words);
      found.className = 'excerpt';
      button.lastChild.append(found);
    }
    made.append(button);
    return made;
  };
  const show = () => {
    const query = byId('search').value.trim();
    if (query !== asked) most = STEP;
    asked = query;
    const words = wordsOf(query);
    const found = (query === '' ? graph.byLinks : search(query)).filter(shown);
    view.state.found = query === '' ? undefined : new Set(found);
    byId('found').textContent =
      query === '' ? (found.length > 0 ? 'Most linked' : '') : told(found.length);
    const some = found.slice(0, query === '' ? WITHOUT : most);
    byId('results').replaceChildren(...some.map((i) => item(i, words)));
    byId('more').hidden = query === '' || found.length <= most;
    byId('side').dataset.searching = String(query !== '');
    view.redraw();
  };
  byId('search').addEventListener('input', show);
  byId('more').addEventListener('click', () => {
    const next = most;
    most += STEP;
    show();
    byId('results').children[next]?.firstChild.focus();
  });
  return { show };
}

const told = (number) =>
  number === 0
    ? 'No page has these words'
    : number === 1
      ? '1 page'
      : `${number.toLocaleString('en')} pages`;
