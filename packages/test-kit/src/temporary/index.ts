/** Real directories and real processes for tests that need the real disk. */
export { killRounds } from './kill-rounds.ts';
export type { KillOptions, KillRound } from './kill-rounds.ts';
export { temporaryDirectory } from './temporary-directory.ts';
export type { TemporaryDirectory } from './temporary-directory.ts';
