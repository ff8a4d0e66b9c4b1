import { pathKey } from '../page-path.ts';
import type { Violation } from './violation.ts';

/** Names hold on every system and in Obsidian, and no two of them are one on a disk that ignores case. */
export function checkNames(paths: Iterable<string>): Violation[] {
  const violations: Violation[] = [];
  const byKey = new Map<string, string>();
  for (const path of [...paths].toSorted()) {
    const reason = forbidden(path);
    if (reason !== undefined) {
      violations.push({
        code: 'forbidden-name',
        path,
        message: `The name of "${path}" ${reason}.`,
      });
    }
    const key = pathKey(path);
    const other = byKey.get(key);
    if (other === undefined) byKey.set(key, path);
    else {
      const message = `"${path}" and "${other}" are one file on a disk that ignores case.`;
      violations.push({ code: 'path-clash', path, message, subject: other });
    }
  }
  return violations;
}

const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** Most names, and none that is forbidden but for a device's. */
const PLAIN = /^[a-z0-9_-]{1,120}(?:\.[a-z0-9_-]{1,120})?$/i;

function forbidden(path: string): string | undefined {
  for (const segment of path.split('/')) {
    if (PLAIN.test(segment) && !DEVICE.test(segment)) continue;
    const character = /[#^[\]|\\:<>"?*]/.exec(segment)?.[0];
    if (character !== undefined) return `holds "${character}"`;
    if (hasControl(segment)) return 'holds a control character';
    if (segment === '' || segment === '.' || segment === '..')
      return 'has an empty or relative part';
    if (/[. ]$/.test(segment)) return 'has a part that ends in a dot or a space';
    if (DEVICE.test(segment)) return 'has a part that Windows keeps for a device';
    if (new TextEncoder().encode(segment).length > 255) return 'has a part of more than 255 bytes';
  }
  return undefined;
}

function hasControl(segment: string): boolean {
  return /\p{Cc}/u.test(segment);
}
