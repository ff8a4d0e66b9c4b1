import { camera } from './camera.js';
import { draw } from './draw.js';

/** The graph on a canvas. Whoever changes `state` calls `redraw`. */
export function graphView(canvas, graph) {
  const state = {
    x: 0,
    y: 0,
    zoom: 1,
    shown: () => true,
    covered: () => ({ left: 0, right: 0, top: 0, bottom: 0 }),
    selected: -1,
    hovered: -1,
    /** Pages that a search has found; undefined without one. */
    found: undefined,
  };
  const look = camera({ canvas, graph, state });
  const radii = graph.near.map((near) => 3.5 + Math.min(14, Math.sqrt(near.length) * 1.7));
  const size = (i) => radii[i] * Math.min(1.6, Math.max(0.3, Math.sqrt(state.zoom)));
  const scene = { pen: canvas.getContext('2d'), graph, state, look, size, order: graph.byLinks };
  let waiting = false;
  const redraw = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      if (scene.colours === undefined) return;
      fill(canvas, scene.pen);
      draw(scene);
    });
  };
  const redrawn =
    (move) =>
    (...given) => {
      look[move](...given);
      redraw();
    };
  return {
    state,
    redraw,
    fit: redrawn('fit'),
    zoomBy: redrawn('zoomBy'),
    moveBy: redrawn('moveBy'),
    goTo: redrawn('goTo'),
    /** Reads the colours anew. */
    paint() {
      scene.colours = coloursOf(graph.kinds.length);
      redraw();
    },
    /** The page under a point of the canvas, -1 where there is none. */
    at: (px, py) => nearest(scene, px, py),
  };
}

/** Gives the canvas as many pixels as the screen has for it. */
function fill(canvas, pen) {
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight].map((one) =>
    Math.round(one * ratio),
  );
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
}

/** The canvas takes no names of colours from the style, only what they come to. */
function coloursOf(kinds) {
  const probe = document.body.appendChild(document.createElement('i'));
  const read = (name) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const [edge, ink, ground, mark] = ['--edge', '--ink', '--ground', '--mark'].map(read);
  const colours = Array.from({ length: kinds }, (_, kind) => read(`--c${kind}`));
  probe.remove();
  return { edge, ink, ground, mark, kinds: colours };
}

function nearest({ graph, state, look, size }, px, py) {
  let best = -1;
  let least = 5;
  const { x, y } = look.places(graph.pages);
  for (let i = 0; i < x.length; i += 1) {
    if (!state.shown(i)) continue;
    const distance = Math.hypot(x[i] - px, y[i] - py) - size(i);
    if (distance < least) {
      best = i;
      least = distance;
    }
  }
  return best;
}
