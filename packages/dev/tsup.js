/**
 * ESM only, one file an entry, source maps; declarations come from tsc.
 * @param {import('tsup').Options} extra
 * @returns {import('tsup').Options}
 */
export const library = (extra = {}) => ({
  entry: ['src/index.ts'],
  format: ['esm'],
  platform: 'node',
  target: 'es2023',
  sourcemap: true,
  clean: true,
  splitting: false,
  dts: false,
  ...extra,
});
