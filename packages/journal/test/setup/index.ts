/**
 * For the whole run of this package's tests: builds the programs that run as real processes, and
 * says at the end what was explored in all.
 */
import { buildChildren } from './build-children.ts';
import { collectExplorations } from './collect-explorations.ts';

export default async function setup(): Promise<() => Promise<void>> {
  const finishChildren = await buildChildren();
  const finishExplorations = collectExplorations();
  return async () => {
    await finishChildren();
    finishExplorations();
  };
}
