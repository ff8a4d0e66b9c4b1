import type { Context } from './context.ts';
import type { MutationLayout } from './layout.ts';
import { ancestors } from './paths.ts';
import type { FoundRecord } from './record-file.ts';

/** Why a record must not be acted upon: unreadable, or one of its paths leads elsewhere by now (I2). */
export function faultOf(
  context: Context,
  mutation: MutationLayout,
  found: Exclude<FoundRecord, { kind: 'none' | 'later-version' }>,
): string | undefined {
  const { fileSystem, layout } = context;
  if (found.kind === 'unreadable') return `its record cannot be read (${found.reason})`;
  const { beforeDirectory, afterDirectory } = mutation;
  const paths = [...found.record.touched.map(({ path }) => path), ...found.record.made];
  const all = new Set(paths.flatMap((path) => ancestors(path).concat(path)));
  const link = [beforeDirectory, afterDirectory, ...[...all].map((path) => layout.live(path))].find(
    (path) => fileSystem.stat(path)?.kind === 'symlink',
  );
  return link === undefined ? undefined : `its record cannot be trusted ("${link}" is a link)`;
}
