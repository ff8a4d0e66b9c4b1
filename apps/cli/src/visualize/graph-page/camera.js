/**
 * Where the graph is looked at from: the middle of the window in the graph's places, and pixels for each unit.
 * @param scene `{ canvas, graph, state }`; `state` has `x`, `y`, `zoom` and `shown(page)`
 */
export function camera({ canvas, graph, state }) {
  const width = () => canvas.clientWidth;
  const height = () => canvas.clientHeight;
  const isWide = () => width() > 760;
  return {
    width,
    height,
    toScreen({ x, y }) {
      return [(x - state.x) * state.zoom + width() / 2, (y - state.y) * state.zoom + height() / 2];
    },
    /** Makes everything that is shown fit into the part of the window that no card covers. */
    fit() {
      const all = graph.pages.filter((_, i) => state.shown(i));
      if (all.length === 0) return;
      const margin = isWide()
        ? { left: 300, right: 60, top: 40, bottom: 50 }
        : { left: 24, right: 24, top: height() * 0.42, bottom: 30 };
      const bound = (of, better) =>
        all.reduce((found, page) => better(found, page[of]), all[0][of]);
      const [left, right] = [bound('x', Math.min), bound('x', Math.max)];
      const [top, bottom] = [bound('y', Math.min), bound('y', Math.max)];
      const wide = Math.max(60, width() - margin.left - margin.right);
      const high = Math.max(60, height() - margin.top - margin.bottom);
      state.zoom = Math.min(2.5, wide / (right - left + 1), high / (bottom - top + 1));
      state.x = (left + right) / 2 + (margin.right - margin.left) / 2 / state.zoom;
      state.y = (top + bottom) / 2 + (margin.bottom - margin.top) / 2 / state.zoom;
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
    /** Brings a page into the middle of what no card covers, near enough to read its neighbours. */
    goTo(i) {
      state.zoom = Math.max(state.zoom, 0.8);
      state.x = graph.pages[i].x + (isWide() ? 90 / state.zoom : 0);
      state.y = graph.pages[i].y + (isWide() ? 0 : 90 / state.zoom);
    },
  };
}
