/**
 * Names are drawn where there is room for them, of the pages with most links first, so that five pages and five
 * thousand can be read. A name covers no other, and none of the pages that have more links than its own.
 */
const HEIGHT = 14;

export function drawNames(scene, { places, focus, lit }) {
  const { pen, graph, state, look, order, size } = scene;
  pen.textAlign = 'center';
  pen.textBaseline = 'top';
  pen.lineJoin = 'round';
  const [width, height] = [look.width(), look.height()];
  const crowd = graph.pages.length > 300 && state.zoom < 0.5 && !lit;
  const room = crowd ? 40 : 4;
  const most = Math.min(crowd ? 45 : 140, (width * height) / 7000);
  const taken = boxes();
  const first = lit ? [...lit] : order;
  const inSight = (i) =>
    state.shown(i) &&
    !(state.found && !state.found.has(i) && !lit) &&
    places.x[i] >= 0 &&
    places.y[i] >= 0 &&
    places.x[i] <= width &&
    places.y[i] <= height;
  let written = 0;
  for (const i of first) {
    if (written >= most) break;
    if (!inSight(i)) continue;
    const [x, y] = [places.x[i], places.y[i]];
    // the page that is open has a ring
    const r = size(i) + (i === state.selected ? 5 : 0);
    const { name, half } = measured(pen, graph.pages[i], i === focus);
    const tops = crowd ? [y + r + 3] : [y + r + 3, y - r - HEIGHT - 1];
    const top = tops.find((one) => i === focus || taken.free(around(x, one, half, room)));
    taken.add([x - r, y - r, x + r, y + r]);
    if (top === undefined) continue;
    taken.add(around(x, top, half, room));
    pen.font = i === focus ? BOLD : PLAIN;
    writeName(scene, name, x, top);
    written += 1;
  }
}

const around = (x, top, half, room) => [
  x - half - room,
  top - room / 4,
  x + half + room,
  top + HEIGHT + room / 4,
];

const [PLAIN, BOLD] = ['12px system-ui, sans-serif', '600 12px system-ui, sans-serif'];
/** Page -> its name as it is drawn, and half its width: to measure is slow. */
const known = new Map();

function measured(pen, page, isBold) {
  const found = isBold ? undefined : known.get(page);
  if (found) return found;
  const name = shortened(page.title);
  pen.font = isBold ? BOLD : PLAIN;
  const made = { name, half: pen.measureText(name).width / 2 };
  if (!isBold) known.set(page, made);
  return made;
}

const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function shortened(title) {
  if (title.length <= 34) return title;
  const all = [...letters.segment(title.slice(0, 200))].map(({ segment }) => segment);
  return all.length <= 34 ? all.join('') : `${all.slice(0, 33).join('')}…`;
}

/** Boxes `[left, top, right, bottom]` by the squares of the window that they lie in. */
function boxes() {
  const SIDE = 120;
  const squares = new Map();
  const each = (box, visit) => {
    for (let x = Math.floor(box[0] / SIDE); x <= Math.floor(box[2] / SIDE); x += 1)
      for (let y = Math.floor(box[1] / SIDE); y <= Math.floor(box[3] / SIDE); y += 1)
        visit(`${x} ${y}`);
  };
  return {
    add: (box) =>
      each(box, (key) => {
        if (squares.has(key)) squares.get(key).push(box);
        else squares.set(key, [box]);
      }),
    free(box) {
      let isFree = true;
      each(box, (key) => {
        isFree &&= !squares.get(key)?.some((other) => overlap(box, other));
      });
      return isFree;
    },
  };
}

const overlap = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];

function writeName({ pen, colours }, name, x, y) {
  pen.lineWidth = 3.5;
  pen.strokeStyle = colours.ground;
  pen.strokeText(name, x, y);
  pen.fillStyle = colours.ink;
  pen.fillText(name, x, y);
}
