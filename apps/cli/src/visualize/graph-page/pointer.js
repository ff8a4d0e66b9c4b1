const place = (event) => [event.clientX, event.clientY];

/** Drags, pinches, wheels, hovers and clicks on the graph. */
export function pointer({ canvas, graph, view, open }) {
  const pointers = new Map();
  let moved = 0;
  const hover = (over) => {
    canvas.classList.toggle('over', over >= 0);
    canvas.title = over >= 0 ? graph.pages[over].title : '';
    if (over === view.state.hovered) return;
    view.state.hovered = over;
    view.redraw();
  };
  canvas.addEventListener('pointerdown', (event) => {
    canvas.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, place(event));
    moved = 0;
  });
  canvas.addEventListener('pointermove', (event) => {
    const last = pointers.get(event.pointerId);
    if (!last) return hover(view.at(...place(event)));
    const now = place(event);
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    if (other) view.zoomBy(distance(now, other) / (distance(last, other) || 1), ...other);
    else view.moveBy(now[0] - last[0], now[1] - last[1]);
    moved += distance(now, last);
    pointers.set(event.pointerId, now);
  });
  for (const end of ['pointerup', 'pointercancel'])
    canvas.addEventListener(end, (event) => {
      pointers.delete(event.pointerId);
      if (end !== 'pointerup' || moved > 6) return;
      const over = view.at(...place(event));
      if (over >= 0) open(over, true);
    });
  canvas.addEventListener('pointerleave', () => hover(-1));
  canvas.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const pixels = event.deltaY * (event.deltaMode === 1 ? 33 : 1);
      view.zoomBy(Math.exp(-pixels * 0.0015), ...place(event));
    },
    { passive: false },
  );
}

const distance = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);
