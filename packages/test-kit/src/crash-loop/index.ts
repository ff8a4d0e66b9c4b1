/**
 * Explores what crashes, faults and lies do to an operation on the simulated file system, and
 * whether a recovery puts it right.
 */
export { exploreCrashes } from './explore-crashes.ts';
export type { CrashExploration, OperationRun } from './explore-crashes.ts';
export { exploreFaults } from './explore-faults.ts';
export type { FaultExploration } from './explore-faults.ts';
export { exploreLies } from './explore-lies.ts';
export type { Lie, LieReport } from './explore-lies.ts';
export { formatReport } from './report.ts';
export type { Report, Violation } from './report.ts';
