/**
 * Listens to the directories of `raw/`, whichever there are. Each is heard alone: where the system has no
 * recursive events, Node.js would listen to every single file instead. Events are a hint that it is time to
 * look, and no more: `raw/` is looked at again and again in any case, for events that were lost, and for disks
 * that have none (network disks, some containers).
 */
import type { Services } from '../services.ts';
import { hasSystemCode } from '../system-code.ts';
import type { DirectoryWatch } from './directory-events.ts';

export interface Ears {
  /** Listens to these directories, absolute, and to no other ones. */
  follow(directories: readonly string[]): void;
  close(): void;
}

export interface EarsOptions {
  readonly services: Pick<Services, 'watchDirectory'>;
  readonly onChange: () => void;
  /** Told once where the system gives no events. */
  readonly onDeaf: (error: Error) => void;
}

export function ears({ services, onChange, onDeaf }: EarsOptions): Ears {
  const open = new Map<string, DirectoryWatch>();
  let deaf = false;
  const listen = (path: string): void => {
    const onEnd = () => {
      open.delete(path);
      onChange();
    };
    try {
      open.set(path, services.watchDirectory(path, { onChange, onEnd }));
      // what came before the ear was there made no sound
      onChange();
    } catch (error) {
      if (hasSystemCode(error, ['ENOENT', 'ENOTDIR'])) return;
      deaf = true;
      onDeaf(error as Error);
    }
  };
  return {
    follow(directories) {
      const wanted = new Set(directories);
      for (const [path, ear] of open)
        if (!wanted.has(path)) {
          ear.close();
          open.delete(path);
        }
      for (const path of directories) if (!deaf && !open.has(path)) listen(path);
    },
    close() {
      for (const ear of open.values()) ear.close();
      open.clear();
    },
  };
}
