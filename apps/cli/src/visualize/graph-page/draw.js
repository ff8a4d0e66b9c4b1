/**
 * Draws a scene: links, pages, names. Names are drawn where there is room for them, of the pages with most links
 * first, so that five pages and five thousand can be read.
 * @param scene `{ pen, graph, state, colours, look, order, size(page) }`; `look` is a camera
 */
export function draw(scene) {
  const { pen, state, graph, look } = scene;
  pen.clearRect(0, 0, look.width(), look.height());
  const focus = state.hovered >= 0 ? state.hovered : state.selected;
  const lit = focus < 0 ? undefined : new Set([focus, ...graph.near[focus]]);
  drawLinks(scene, focus, lit !== undefined);
  drawPages(scene, lit);
  drawNames(scene, focus, lit);
}

function drawLinks({ pen, graph, state, colours, look }, focus, isLit) {
  const places = graph.pages.map((page) => look.toScreen(page));
  const stroke = (alpha, line, wanted) => {
    pen.globalAlpha = alpha;
    pen.lineWidth = line;
    pen.beginPath();
    for (const [a, b] of graph.edges) {
      if (!state.shown(a) || !state.shown(b) || !wanted(a, b)) continue;
      pen.moveTo(places[a][0], places[a][1]);
      pen.lineTo(places[b][0], places[b][1]);
    }
    pen.stroke();
    pen.globalAlpha = 1;
  };
  pen.strokeStyle = colours.edge;
  const crowd = Math.max(0.13, Math.min(0.6, 400 / (graph.edges.length + 1)));
  stroke(isLit ? crowd * 0.4 : crowd, 1, (a, b) => a !== focus && b !== focus);
  if (isLit) stroke(0.95, 1.6, (a, b) => a === focus || b === focus);
}

function drawPages({ pen, graph, state, colours, look, order, size }, lit) {
  for (const i of order.toReversed()) {
    if (!state.shown(i)) continue;
    const [x, y] = look.toScreen(graph.pages[i]);
    const r = size(i);
    if (x < -r || y < -r || x > look.width() + r || y > look.height() + r) continue;
    const faint = (lit && !lit.has(i)) || (state.found && !state.found.has(i));
    pen.globalAlpha = faint ? 0.2 : 1;
    pen.fillStyle = colours.kinds[graph.pages[i].kind];
    pen.beginPath();
    pen.arc(x, y, r, 0, 2 * Math.PI);
    pen.fill();
    if (i !== state.selected) continue;
    pen.strokeStyle = colours.mark;
    pen.lineWidth = 3;
    pen.stroke();
  }
  pen.globalAlpha = 1;
}

/** Of a crowd few names are drawn, with room around them; who zooms in gets more. */
const crowded = (graph, state) => graph.pages.length > 300 && state.zoom < 0.5;

function drawNames(scene, focus, lit) {
  const { pen, graph, state, look, order, size } = scene;
  pen.textAlign = 'center';
  pen.textBaseline = 'top';
  pen.lineJoin = 'round';
  const crowd = crowded(graph, state) && !lit;
  const [most, room] = crowd ? [45, 40] : [140, 0];
  const taken = [];
  const first = lit ? [...lit] : order;
  for (const i of first) {
    if (taken.length >= most) break;
    if (!state.shown(i) || (state.found && !state.found.has(i) && !lit)) continue;
    const [x, y] = look.toScreen(graph.pages[i]);
    if (x < 0 || y < 0 || x > look.width() || y > look.height()) continue;
    const name = shortened(graph.pages[i].title);
    pen.font = `${i === focus ? '600 ' : ''}12px system-ui, sans-serif`;
    const half = pen.measureText(name).width / 2 + 3;
    const top = y + size(i) + 2;
    const box = [x - half - room, top - room / 2, x + half + room, top + 14 + room / 2];
    if (i !== focus && taken.some((other) => overlap(box, other))) continue;
    taken.push(box);
    writeName(scene, name, x, top);
  }
}

const shortened = (title) => (title.length > 34 ? `${title.slice(0, 33)}…` : title);

const overlap = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];

function writeName({ pen, colours }, name, x, y) {
  pen.lineWidth = 3.5;
  pen.strokeStyle = colours.ground;
  pen.strokeText(name, x, y);
  pen.fillStyle = colours.ink;
  pen.fillText(name, x, y);
}
