import { dot, pageButton } from './buttons.js';
import { build, fileLink, make } from './dom.js';
import { own } from './graph.js';
import { markdown } from './markdown.js';

/** Neighbours beyond so many are found by the graph and the search. */
const MOST_NEAR = 200;
/** Characters of a text that are shown at once. */
const AT_ONCE = 100_000;

/**
 * The panel with a page.
 * @param app `{ graph, byId, open }`
 */
export function pagePanel(app) {
  const { graph, byId } = app;
  return {
    show(i) {
      const { path, kind, type, title, text, sources = [] } = graph.pages[i];
      byId('kind').replaceChildren(
        dot(kind),
        make('span', `${type || graph.kinds[kind].name} · `),
        fileLink(`../wiki/${path.split('/').map(encodeURIComponent).join('/')}`, path),
      );
      showText(app, i, { title, text });
      byId('sources').replaceChildren(...sourcesOf(app, sources));
      const near = graph.near[i];
      byId('near').replaceChildren(
        make(
          'h2',
          near.length === 0
            ? 'No linked pages'
            : `Linked pages (${near.length.toLocaleString('en')})`,
        ),
        ...near.slice(0, MOST_NEAR).map((other) => pageButton(app, other)),
      );
      byId('panel').hidden = false;
      byId('text').scrollTop = 0;
    },
    hide() {
      byId('panel').hidden = true;
    },
  };
}

/** A very long text comes in pieces: whole at once it would hold up the window for seconds. */
function showText({ graph, byId, open }, i, { title, text }) {
  const { files, pictures } = graph.pages[i];
  const around = {
    page(target, relative) {
      const to = graph.linked(i, target, relative);
      return to === undefined ? undefined : () => open(to);
    },
    file: (address) => own(files, address),
    picture: (address) => graph.pictures[own(pictures, address)],
  };
  const rest = pieceEnd(text, 0);
  const tree = markdown(text.slice(0, rest));
  byId('text').replaceChildren(
    ...(tree[0]?.tag === 'h1' ? [] : [make('h1', title)]),
    build(tree, around),
    ...(rest < text.length ? [moreButton(text, rest, around)] : []),
  );
}

/** Where a piece of a text ends: after a paragraph if there is one to end it, else after a line. */
function pieceEnd(text, from) {
  const most = from + AT_ONCE;
  if (most >= text.length) return text.length;
  const after = (mark) => text.lastIndexOf(mark, most - mark.length) + mark.length;
  return ['\n\n', '\n'].map(after).find((end) => end > from + AT_ONCE / 2) ?? most;
}

function moreButton(text, from, around) {
  const button = make('button', 'Show more of this page');
  button.type = 'button';
  button.addEventListener('click', () => {
    const to = pieceEnd(text, from);
    const more = to < text.length ? [moreButton(text, to, around)] : [];
    button.closest('#text').focus({ preventScroll: true });
    button.replaceWith(build(markdown(text.slice(from, to)), around), ...more);
  });
  return button;
}

function sourcesOf(app, sources) {
  if (sources.length === 0) return [];
  const list = make('ul');
  for (const { name, page, file } of sources) {
    const item = make('li');
    if (page !== undefined) item.append(pageButton(app, page));
    else item.append(file === undefined ? name : fileLink(file, name));
    list.append(item);
  }
  return [make('h2', 'Sources'), list];
}
