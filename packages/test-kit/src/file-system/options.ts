/** How a simulated disk behaves. */
import type { OrderModel } from './disk.ts';

export interface SimulationOptions {
  /** Which unsynced changes of names a power cut may keep; default `weak`. */
  readonly model?: OrderModel;
  /** Bytes that the files may hold together; default no limit. */
  readonly capacity?: number;
  /** Handles that may be open at once (EMFILE). */
  readonly maxOpen?: number;
  /** `false`: `link` fails with EPERM, as on exFAT. */
  readonly hardLinks?: boolean;
  /** Names that one file may have (EMLINK). */
  readonly maxLinks?: number;
  /** Directories that are other devices, by absolute path: `{ '/mnt': 2 }`; the rest is device 1. */
  readonly devices?: Readonly<Record<string, number>>;
  /** Two names with the same key are the same name: `(name) => name.normalize('NFC').toLowerCase()`. */
  readonly nameKey?: (name: string) => string;
  /** Masks the modes of new files and directories; default `0o022`. */
  readonly umask?: number;
}
