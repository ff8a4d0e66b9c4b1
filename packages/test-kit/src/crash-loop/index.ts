/**
 * Explores what crashes, faults and lies do to an operation on the simulated file system, and
 * whether a recovery puts it right.
 */
export { exploreCrashes } from './explore-crashes.ts';
export type { CrashExploration, OperationRun } from './explore-crashes.ts';
export { formatReport } from './report.ts';
export type { Report, Violation } from './report.ts';
