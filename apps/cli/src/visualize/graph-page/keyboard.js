const MOVES = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };

/** The keys that the card at the side tells of. */
export function keyboard({ canvas, view, byId, close, list }) {
  const search = byId('search');
  const escape = (typing) => {
    if (!typing || search.value === '') close();
    else {
      search.value = '';
      list.show();
    }
  };
  const zooms = {
    '+': () => view.zoomBy(1.25),
    '=': () => view.zoomBy(1.25),
    '-': () => view.zoomBy(0.8),
    0: () => view.fit(),
  };
  document.addEventListener('keydown', (event) => {
    // Enter also chooses a character where letters are put together
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target === search;
    if (event.key === 'Escape') escape(typing);
    else if (event.key === '/' && !typing) {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.target === canvas && MOVES[event.key]) {
      event.preventDefault();
      view.moveBy(...MOVES[event.key]);
    } else if (!typing && Object.hasOwn(zooms, event.key)) zooms[event.key]();
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp')
      walk(event, search, byId('results'));
    else if (event.key === 'Enter' && typing) byId('results').querySelector('button')?.click();
  });
}

/** The arrow keys go from the search box through the list and back. */
function walk(event, search, results) {
  const buttons = [...results.querySelectorAll('button')];
  const at = event.target === search ? -1 : buttons.indexOf(event.target);
  if (at === -1 && event.target !== search) return;
  event.preventDefault();
  const next = at + (event.key === 'ArrowDown' ? 1 : -1);
  (buttons[next] ?? (next < 0 ? search : buttons.at(-1)))?.focus();
}
