/** Light and dark as the system has it, until somebody chooses. */
export function theme({ view, byId }) {
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  dark.addEventListener('change', () => view.paint());
  byId('theme').addEventListener('click', () => {
    const isDark = root.dataset.theme === undefined ? dark.matches : root.dataset.theme === 'dark';
    root.dataset.theme = isDark ? 'light' : 'dark';
    view.paint();
  });
  view.paint();
}
