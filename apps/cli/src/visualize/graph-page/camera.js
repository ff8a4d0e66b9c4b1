/**
 * Where the graph is looked at from: the middle of the window in the graph's places, and pixels for each unit.
 * @param scene `{ canvas, graph, state }`; `state` has `x`, `y`, `zoom`, `shown(page)` and `covered()`: how many
 * pixels of the window lie below cards at its `left`, `right`, `top` and `bottom`
 */
export function camera({ canvas, graph, state }) {
  const width = () => canvas.clientWidth;
  const height = () => canvas.clientHeight;
  const free = (margin) => {
    const { left, right, top, bottom } = state.covered();
    return {
      wide: Math.max(60, width() - left - right - 2 * margin),
      high: Math.max(60, height() - top - bottom - 2 * margin),
      // from the middle of the window to that of what is free
      dx: (left - right) / 2,
      dy: (top - bottom) / 2,
    };
  };
  const screen = (page) => [
    (page.x - state.x) * state.zoom + width() / 2,
    (page.y - state.y) * state.zoom + height() / 2,
  ];
  const lookAt = (x, y, { dx, dy }) => {
    state.x = x - dx / state.zoom;
    state.y = y - dy / state.zoom;
  };
  return {
    width,
    height,
    /** Where pages are in the window. */
    places(pages) {
      const [x, y] = [new Float64Array(pages.length), new Float64Array(pages.length)];
      // asked once: the browser works them out anew each time
      const [middleX, middleY] = [width() / 2, height() / 2];
      for (let i = 0; i < pages.length; i += 1) {
        x[i] = (pages[i].x - state.x) * state.zoom + middleX;
        y[i] = (pages[i].y - state.y) * state.zoom + middleY;
      }
      return { x, y };
    },
    /** Makes everything that is shown fit into the part of the window that no card covers. */
    fit() {
      const all = graph.pages.filter((_, i) => state.shown(i));
      if (all.length === 0) return;
      const bound = (of, better) =>
        all.reduce((found, page) => better(found, page[of]), all[0][of]);
      const [left, right] = [bound('x', Math.min), bound('x', Math.max)];
      const [top, bottom] = [bound('y', Math.min), bound('y', Math.max)];
      const place = free(40);
      state.zoom = Math.min(4, place.wide / (right - left + 1), place.high / (bottom - top + 1));
      lookAt((left + right) / 2, (top + bottom) / 2, place);
    },
    /** Zooms; what is under the point stays there. */
    zoomBy(factor, px = width() / 2, py = height() / 2) {
      const zoom = Math.min(12, Math.max(0.005, state.zoom * factor));
      state.x += (px - width() / 2) * (1 / state.zoom - 1 / zoom);
      state.y += (py - height() / 2) * (1 / state.zoom - 1 / zoom);
      state.zoom = zoom;
    },
    moveBy(dx, dy) {
      state.x -= dx / state.zoom;
      state.y -= dy / state.zoom;
    },
    /**
     * Brings a page into the middle of what is free, with the pages that it is linked with where they are near
     * enough. Who pointed at it sees it already, and keeps the view where no card covers it.
     */
    goTo(i, isPointedAt = false) {
      const place = free(50);
      const page = graph.pages[i];
      const isSeen = (one) => {
        const [x, y] = screen(one);
        const fromX = Math.abs(x - width() / 2 - place.dx);
        return fromX < place.wide / 2 && Math.abs(y - height() / 2 - place.dy) < place.high / 2;
      };
      const near = graph.near[i].filter((other) => state.shown(other)).map((n) => graph.pages[n]);
      if (isSeen(page) && state.zoom >= 0.5 && (isPointedAt || near.every(isSeen))) return;
      const reach = (of) => Math.max(1, ...near.map((other) => Math.abs(other[of] - page[of])));
      const whole = Math.min(place.wide / 2 / reach('x'), place.high / 2 / reach('y'));
      state.zoom = Math.min(Math.max(state.zoom, 0.8), Math.max(0.5, whole));
      lookAt(page.x, page.y, place);
    },
  };
}
