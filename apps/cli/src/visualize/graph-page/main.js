import { readGraph } from './graph.js';
import { keyboard } from './keyboard.js';
import { pageList } from './list.js';
import { pagePanel } from './panel.js';
import { pointer } from './pointer.js';
import { theme } from './theme.js';
import { typeFilter } from './types.js';
import { graphView } from './view.js';

const byId = (id) => document.getElementById(id);
const graph = readGraph(JSON.parse(byId('data').textContent));
const canvas = byId('graph');
const view = graphView(canvas, graph);
const app = { graph, canvas, view, byId, open, close };
const panel = pagePanel(app);
const shown = typeFilter(app, refresh);
const list = pageList({ ...app, shown });
const name = document.title;
/** Where the focus was when the panel opened. */
let before;

view.state.shown = shown;
view.state.covered = () => {
  const side = byId('side').getBoundingClientRect();
  const card = byId('panel').getBoundingClientRect();
  return canvas.clientWidth > 760
    ? { left: side.right, right: card.width > 0 ? innerWidth - card.left : 0, top: 0, bottom: 0 }
    : { left: 0, right: 0, top: side.bottom, bottom: card.height > 0 ? innerHeight - card.top : 0 };
};

function refresh() {
  list.show();
  const some = graph.pages.some((_, i) => shown(i));
  byId('empty').hidden = some;
  byId('empty').textContent =
    graph.pages.length > 0 ? 'All types are hidden.' : byId('empty').textContent;
}

function open(i, isPointedAt = false) {
  if (byId('panel').hidden) before = document.activeElement;
  history.pushState(undefined, '', `#${encodeURIComponent(graph.pages[i].path)}`);
  show(i, isPointedAt);
  byId('text').focus({ preventScroll: true });
}

function show(i, isPointedAt = false) {
  view.state.selected = i;
  document.body.dataset.open = String(i >= 0);
  document.title = i < 0 ? name : `${graph.pages[i].title} · ${name}`;
  if (i < 0) panel.hide();
  else {
    panel.show(i);
    if (shown(i)) view.goTo(i, isPointedAt);
  }
  view.redraw();
}

function close() {
  if (byId('panel').hidden) return;
  history.pushState(undefined, '', '#');
  show(-1);
  (before?.isConnected && before !== document.body ? before : canvas).focus();
}

/** The page that the address names, so that a link to it can be kept, and Back works. */
function follow() {
  let path = '';
  try {
    path = decodeURIComponent(location.hash.slice(1));
  } catch {
    // an address that somebody made by hand
  }
  show(graph.byPath.get(path) ?? -1);
}

const counted = (number, word) =>
  `${number.toLocaleString('en')} ${word}${number === 1 ? '' : 's'}`;
byId('counts').textContent =
  `${counted(graph.pages.length, 'page')}, ${counted(graph.edges.length, 'link')}`;
byId('close').addEventListener('click', close);
addEventListener('resize', () => view.redraw());
addEventListener('popstate', follow);
theme(app);
pointer(app);
keyboard({ ...app, list });
refresh();
view.fit();
follow();
