import { build, make } from './dom.js';
import { readGraph } from './graph.js';
import { markdown } from './markdown.js';
import { graphView } from './view.js';

const byId = (id) => document.getElementById(id);
const graph = readGraph(JSON.parse(byId('data').textContent));
const canvas = byId('graph');
const view = graphView(canvas, graph);
const hidden = new Set();
const MOST_RESULTS = 60;

const shown = (i) => !hidden.has(graph.pages[i].kind);
view.state.shown = shown;

function dot(kind) {
  const made = make('span', undefined, 'dot');
  made.style.background = `var(--c${kind % 7})`;
  return made;
}

function pageButton(i) {
  const button = make('button');
  button.type = 'button';
  button.append(dot(graph.pages[i].kind), make('span', graph.pages[i].title));
  button.addEventListener('click', () => select(i));
  return button;
}

function showTypes() {
  for (const [kind, name] of graph.kinds.entries()) {
    const label = make('label');
    const box = make('input');
    box.type = 'checkbox';
    box.checked = true;
    box.addEventListener('change', () => {
      if (box.checked) hidden.delete(kind);
      else hidden.add(kind);
      showResults();
    });
    const number = graph.pages.filter((page) => page.kind === kind).length;
    label.append(
      box,
      dot(kind),
      make('span', name),
      make('span', number.toLocaleString(), 'count'),
    );
    byId('types').append(label);
  }
}

/** Without a query: the pages with most links. */
function showResults() {
  const query = byId('search').value.trim();
  const all = query === '' ? graph.byLinks : graph.search(query);
  const found = all.filter(shown);
  view.state.found = query === '' ? undefined : new Set(found);
  const number = found.length.toLocaleString();
  byId('found').textContent =
    query === ''
      ? 'Most linked'
      : found.length === 1
        ? '1 page'
        : found.length > MOST_RESULTS
          ? `${number} pages, the first ${MOST_RESULTS}`
          : `${number} pages`;
  byId('results').replaceChildren(
    ...found.slice(0, query === '' ? 12 : MOST_RESULTS).map((i) => {
      const item = make('li');
      item.append(pageButton(i));
      return item;
    }),
  );
  view.redraw();
}

function select(i, options = {}) {
  const { path, kind, title, text } = graph.pages[i];
  view.state.selected = i;
  byId('panel').hidden = false;
  byId('kind').replaceChildren(dot(kind), make('span', `${graph.kinds[kind]} · ${path}`));
  const open = (target, relative) => {
    const to = graph.linked(i, target, relative);
    return to === undefined ? undefined : () => select(to);
  };
  const tree = markdown(text);
  byId('text').replaceChildren(
    ...(tree[0]?.tag === 'h1' ? [] : [make('h1', title)]),
    build(tree, open),
  );
  byId('text').scrollTop = 0;
  const near = graph.near[i].map((other) => pageButton(other));
  byId('near').replaceChildren(
    make(
      'h2',
      near.length === 0 ? 'No linked pages' : `Linked pages (${near.length.toLocaleString()})`,
    ),
    ...near.slice(0, 200),
  );
  if (!hidden.has(kind)) view.goTo(i);
  if (!options.quiet) {
    byId('text').focus({ preventScroll: true });
    history.pushState(undefined, '', `#${encodeURIComponent(path)}`);
  }
  view.redraw();
}

function close() {
  if (byId('panel').hidden) return;
  byId('panel').hidden = true;
  view.state.selected = -1;
  canvas.focus();
  history.pushState(undefined, '', '#');
  view.redraw();
}

/** The page that the address names, so that a link to it can be kept, and Back works. */
function follow() {
  let path = '';
  try {
    path = decodeURIComponent(location.hash.slice(1));
  } catch {
    // an address that somebody made by hand
  }
  const i = graph.byPath.get(path);
  if (i !== undefined) return select(i, { quiet: true });
  byId('panel').hidden = true;
  view.state.selected = -1;
  view.redraw();
}

const place = (event) => [event.clientX, event.clientY];

function pointer() {
  const pointers = new Map();
  let moved = 0;
  canvas.addEventListener('pointerdown', (event) => {
    canvas.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, place(event));
    moved = 0;
  });
  canvas.addEventListener('pointermove', (event) => {
    const last = pointers.get(event.pointerId);
    if (!last) {
      const over = view.at(...place(event));
      canvas.classList.toggle('over', over >= 0);
      canvas.title = over >= 0 ? graph.pages[over].title : '';
      if (over !== view.state.hovered) {
        view.state.hovered = over;
        view.redraw();
      }
      return;
    }
    const now = place(event);
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    if (other)
      view.zoomBy(
        Math.hypot(now[0] - other[0], now[1] - other[1]) /
          (Math.hypot(last[0] - other[0], last[1] - other[1]) || 1),
        ...other,
      );
    else view.moveBy(now[0] - last[0], now[1] - last[1]);
    moved += Math.hypot(now[0] - last[0], now[1] - last[1]);
    pointers.set(event.pointerId, now);
  });
  for (const end of ['pointerup', 'pointercancel'])
    canvas.addEventListener(end, (event) => {
      pointers.delete(event.pointerId);
      if (end !== 'pointerup' || moved > 6) return;
      const over = view.at(...place(event));
      if (over >= 0) select(over);
    });
  canvas.addEventListener('pointerleave', () => {
    view.state.hovered = -1;
    view.redraw();
  });
  canvas.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      view.zoomBy(
        Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0015)),
        ...place(event),
      );
    },
    { passive: false },
  );
}

const moves = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };

function keyboard() {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target === byId('search');
    if (event.key === 'Escape') {
      if (typing && byId('search').value !== '') {
        byId('search').value = '';
        showResults();
      } else close();
    } else if (event.key === '/' && !typing) {
      event.preventDefault();
      byId('search').focus();
    } else if (event.target === canvas && moves[event.key]) {
      event.preventDefault();
      view.moveBy(...moves[event.key]);
    } else if (!typing && (event.key === '+' || event.key === '=')) view.zoomBy(1.25);
    else if (!typing && event.key === '-') view.zoomBy(0.8);
    else if (!typing && event.key === '0') view.fit();
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') walk(event);
    else if (event.key === 'Enter' && typing) byId('results').querySelector('button')?.click();
  });
}

/** The arrow keys go from the search box through the list and back. */
function walk(event) {
  const buttons = [...byId('results').querySelectorAll('button')];
  const at = event.target === byId('search') ? -1 : buttons.indexOf(event.target);
  if (at === -1 && event.target !== byId('search')) return;
  event.preventDefault();
  const next = at + (event.key === 'ArrowDown' ? 1 : -1);
  (buttons[next] ?? (next < 0 ? byId('search') : buttons.at(-1)))?.focus();
}

function set(name) {
  document.documentElement.dataset.theme = name;
  view.paint();
}

function theme() {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  dark.addEventListener('change', () => set(dark.matches ? 'dark' : 'light'));
  byId('theme').addEventListener('click', () =>
    set(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark'),
  );
  set(dark.matches ? 'dark' : 'light');
}

byId('counts').textContent =
  `${graph.pages.length.toLocaleString()} pages, ${graph.edges.length.toLocaleString()} links`;
byId('search').addEventListener('input', showResults);
byId('close').addEventListener('click', close);
addEventListener('resize', () => view.redraw());
addEventListener('popstate', follow);
showTypes();
theme();
pointer();
keyboard();
view.fit();
showResults();
follow();
