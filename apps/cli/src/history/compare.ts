import { bytes } from '../report/words.ts';

/** One path with its bytes before and after; `undefined` where there was no file, `lost` where nobody has them any more. */
export interface Compared {
  readonly path: string;
  readonly was: Uint8Array | 'lost' | undefined;
  readonly is: Uint8Array | 'lost' | undefined;
}

/** Lines around a change. */
const CONTEXT = 3;

/** The difference in the unified form, two lines of names first; of files that are no text only the sizes. */
export async function differenceOf({ path, was, is }: Compared): Promise<readonly string[]> {
  const names = [
    `--- ${was === undefined ? '/dev/null' : `a/${path}`}`,
    `+++ ${is === undefined ? '/dev/null' : `b/${path}`}`,
  ];
  const [before, after] = [textOf(was), textOf(is)];
  if (before === undefined || after === undefined)
    return [...names, `${sizeOf(was)} before, ${sizeOf(is)} after`];
  const { structuredPatch } = await import('diff');
  const { hunks } = structuredPatch('', '', before, after, '', '', { context: CONTEXT });
  const all = [...names];
  for (const { oldStart, oldLines, newStart, newLines, lines } of hunks) {
    all.push(`@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`);
    for (const line of lines) all.push(line);
  }
  return all;
}

/** Of nothing the line before it is named, as diff(1) does. */
const range = (start: number, lines: number) => `${lines === 0 ? start - 1 : start},${lines}`;

function sizeOf(content: Compared['was']): string {
  if (content === undefined) return 'nothing';
  return content === 'lost' ? 'something that is lost' : bytes(content.length);
}

/** `undefined` where it is no text. */
function textOf(content: Compared['was']): string | undefined {
  if (content === undefined) return '';
  if (content === 'lost' || content.subarray(0, 8000).includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return undefined;
  }
}
