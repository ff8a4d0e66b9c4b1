/** The list under Related Documents: one line a document, in the order of their names. */
import { parseLinks } from '@openkb/wiki';

import { compareText } from '../text/keys.ts';
import { foreignText, piecesOf } from './own-lines.ts';
import { type BodyBlock, block } from './page-body.ts';

/** Adds or renews a document's line; a page of another hand without the section does not get one. */
export function addRelatedDocument(
  blocks: readonly BodyBlock[],
  name: string,
  link: string,
  ours: boolean,
): BodyBlock[] {
  const at = blocks.findIndex(isList);
  const found = blocks[at];
  if (found === undefined) {
    if (!ours) return [...blocks];
    const last = blocks.at(-1);
    const head =
      last === undefined
        ? []
        : blocks.with(blocks.length - 1, { ...last, text: `${last.text.trimEnd()}\n\n` });
    return [...head, block(`## Related Documents\n\n- ${link}\n`)];
  }
  const lines = piecesOf(found.text);
  const own = lines.findIndex((line) => documentOf(line) === name);
  if (own >= 0) {
    const line = `- ${link}`;
    return lines[own] === line || !ours
      ? [...blocks]
      : blocks.with(at, block(lines.with(own, line).join('\n')));
  }
  const later = lines.findIndex((line) => compareText(documentOf(line) ?? '', name) > 0);
  const last = lines.findLastIndex((line) => documentOf(line) !== undefined);
  const empty = lines.findIndex((line, index) => index > 0 && line.trim() !== '');
  const place = ours && later >= 0 ? later : last >= 0 ? last + 1 : empty >= 0 ? empty : 2;
  const padded = lines.length < 2 ? [...lines, ''] : lines;
  return blocks.with(at, block(padded.toSpliced(place, 0, `- ${link}`).join('\n')));
}

export function removeRelatedDocument(blocks: readonly BodyBlock[], name: string): BodyBlock[] {
  return blocks.map((one) => {
    if (!isList(one)) return one;
    const lines = piecesOf(one.text);
    const rest = lines.filter((line) => documentOf(line) !== name);
    return rest.length === lines.length ? one : block(rest.join('\n'));
  });
}

/** What a person wrote into the list. */
export function foreignRelatedText(one: BodyBlock): string {
  return foreignText(one.text, (line) => line.startsWith('## ') || documentOf(line) !== undefined);
}

function isList(one: BodyBlock): boolean {
  return one.level === 2 && /^related documents$/i.test(one.heading);
}

/** Name of the document that a list line links, if it is a link to one and nothing else. */
function documentOf(line: string): string | undefined {
  if (!/^\s*[-*+]\s+\[\[[^\]\n]+\]\]\s*$/.test(line)) return undefined;
  const target = parseLinks(line)[0]?.target ?? '';
  return /^summaries\/(.+?)(?:\.md)?$/.exec(target)?.[1];
}
