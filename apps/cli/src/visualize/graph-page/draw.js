import { drawNames } from './names.js';
import { outline } from './shapes.js';

/**
 * Draws a scene: links, pages, names.
 * @param scene `{ pen, graph, state, colours, look, order, size(page) }`; `look` is a camera
 */
export function draw(scene) {
  const { pen, state, graph, look } = scene;
  pen.clearRect(0, 0, look.width(), look.height());
  const focus = state.hovered >= 0 ? state.hovered : state.selected;
  const lit = focus < 0 ? undefined : new Set([focus, ...graph.near[focus]]);
  const places = look.places(graph.pages);
  drawLinks(scene, { places, focus });
  drawPages(scene, { places, lit });
  drawNames(scene, { places, focus, lit });
}

function drawLinks({ pen, graph, state, colours, look }, { places, focus }) {
  const { x, y } = places;
  const [width, height] = [look.width(), look.height()];
  const stroke = (alpha, line, wanted) => {
    pen.globalAlpha = alpha;
    pen.lineWidth = line;
    pen.beginPath();
    for (const [a, b] of graph.edges) {
      if (!wanted(a, b) || !state.shown(a) || !state.shown(b)) continue;
      if (outside(x, a, b, width) || outside(y, a, b, height)) continue;
      pen.moveTo(x[a], y[a]);
      pen.lineTo(x[b], y[b]);
    }
    pen.stroke();
    pen.globalAlpha = 1;
  };
  pen.strokeStyle = colours.edge;
  const crowd = Math.max(0.13, Math.min(0.6, 400 / (graph.edges.length + 1)));
  stroke(focus >= 0 ? crowd * 0.4 : crowd, 1, (a, b) => a !== focus && b !== focus);
  if (focus >= 0) stroke(0.95, 1.6, (a, b) => a === focus || b === focus);
}

const outside = (of, a, b, most) => (of[a] < 0 && of[b] < 0) || (of[a] > most && of[b] > most);

/** Pages of one kind are one path; the faint ones lie below the others. */
function drawPages(scene, { places: { x, y }, lit }) {
  const { pen, graph, state, colours, look, size } = scene;
  const clear = lit ?? state.found;
  const [width, height] = [look.width(), look.height()];
  const isFaint = (i) => clear !== undefined && !clear.has(i);
  const piles = new Map();
  for (const [i, { kind }] of graph.pages.entries()) {
    const r = size(i);
    if (!state.shown(i) || x[i] < -r || y[i] < -r) continue;
    if (x[i] > width + r || y[i] > height + r) continue;
    const key = `${isFaint(i) ? 0 : 1} ${kind}`;
    const pile = piles.get(key) ?? [];
    piles.set(key, pile);
    pile.push(i);
  }
  const outlined = [...piles.values()].flat().length < 1500;
  for (const [key, pile] of [...piles].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const [full, kind] = key.split(' ').map(Number);
    pen.globalAlpha = full ? 1 : 0.2;
    pen.fillStyle = colours.kinds[kind];
    pen.strokeStyle = colours.ground;
    pen.lineWidth = 1;
    pen.beginPath();
    for (const i of pile) outline(pen, kind, [x[i], y[i], size(i)]);
    pen.fill();
    if (full && outlined) pen.stroke();
  }
  pen.globalAlpha = 1;
  if (state.selected >= 0) ring(scene, x[state.selected], y[state.selected]);
}

function ring({ pen, state, colours, size }, x, y) {
  pen.strokeStyle = colours.mark;
  pen.lineWidth = 3;
  pen.beginPath();
  pen.arc(x, y, size(state.selected) + 4, 0, 2 * Math.PI);
  pen.stroke();
}
