import { linkText } from '@openkb/wiki';

import type { Style } from '../style.ts';

/** Longer lines are shown as they are: no person writes them, and looking for marks in them takes long. */
const LONGEST = 20_000;

const MARKS = new RegExp(
  [
    String.raw`\\(?<escaped>[!-/:-@[-\x60{-~])`,
    String.raw`(?<ticks>\x60+)(?!\x60)(?<code>.+?)(?<!\x60)\k<ticks>(?!\x60)`,
    String.raw`!?\[\[(?<target>[^[\]|\n]+)(?:\|(?<label>[^[\]\n]*))?\]\]`,
    String.raw`!?\[(?<text>[^[\]\n]*)\]\(<?(?<url>[^()\s<>]*)>?(?:\s+"[^"]*")?\)`,
    String.raw`(?<strong>\*\*|__)(?=\S)(?<bold>.+?)(?<=\S)\k<strong>`,
    String.raw`(?<![\p{L}\p{N}])(?<weak>[*_])(?=\S)(?<italic>.+?)(?<=\S)\k<weak>(?![\p{L}\p{N}])`,
  ].join('|'),
  'gu',
);

/** The marks within a line of Markdown as a terminal shows them; without colour they go, and their text stays. */
export function renderInline(line: string, style: Style): string {
  if (line.length > LONGEST) return line;
  return line.replace(MARKS, (...match: unknown[]) =>
    shown(match.at(-1) as Record<string, string | undefined>, style),
  );
}

function shown(mark: Readonly<Record<string, string | undefined>>, style: Style): string {
  const { escaped, code, target, label, text, url, bold, italic } = mark;
  if (escaped !== undefined) return escaped;
  if (code !== undefined) return style.code(code.replace(/^ (.*\S.*) $/, '$1'));
  if (target !== undefined)
    return style.link(linkText({ target, ...(label !== undefined && label !== '' && { label }) }));
  if (url !== undefined) return address(text ?? '', url, style);
  if (bold !== undefined) return style.bold(renderInline(bold, style));
  return style.italic(renderInline(italic ?? '', style));
}

function address(text: string, url: string, style: Style): string {
  if (text === '' || text === url) return style.link(url);
  return url === '' ? renderInline(text, style) : `${style.link(text)} ${style.dim(`(${url})`)}`;
}
