import type { PlannedChange } from '../knowledge-base/planned-changes.ts';
import type { Style } from './style.ts';
import { bytes } from './words.ts';

/** One line of a plan: `update  wiki/index.md (1.2 kB)`. */
export function printChange({ action, path, bytes: size }: PlannedChange, style: Style): string {
  return `${action.padEnd(6)}  ${path}${size === undefined ? '' : style.dim(` (${bytes(size)})`)}`;
}
