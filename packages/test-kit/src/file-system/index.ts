/**
 * A simulated file system that can die, fail, lie and lose its cache, the trees to compare on it,
 * and the suite that holds it to the behaviour of the real one.
 */
export { describeCall } from './calls.ts';
export type { Call, CallName, Fault } from './calls.ts';
export type { CrashImageOptions } from './crash-images.ts';
export type { OrderModel } from './disk.ts';
export { SimulatedCrash } from './gate.ts';
export type { FaultPredicate, Observer } from './gate.ts';
export type { SimulationOptions } from './options.ts';
export type { FileHandle, FileStat, FileSystem, OpenFlag } from './port.ts';
export { seededRandom } from './random.ts';
export type { Random } from './random.ts';
export { SimulatedFileSystem } from './simulated-file-system.ts';
export type { CrashImage } from './simulated-file-system.ts';
export { systemError } from './system-error.ts';
export type { ErrorCode } from './system-error.ts';
export { diffTrees, populate, snapshotTree } from './tree.ts';
export type { PopulateTree, Tree, TreeEntry } from './tree.ts';
export { conformanceSuite } from './conformance.ts';
export type { ConformanceOptions, Subject } from './conformance.ts';
