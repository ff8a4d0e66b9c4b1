import { labelsOf } from '../../extractive/labels.ts';
/** A long document as its section tree with summaries: what the passes read in place of its text. */
import { escapeMarkdown } from '../../extractive/pages/escape.ts';
import type { SectionPart } from './split-sections.ts';
import type { SectionSummaries } from './summarise-sections.ts';

export interface Digest {
  /** For prompts: every section with its summary. */
  readonly text: string;
  /** For the summary page: lines of a list. */
  readonly outline: readonly string[];
}

/** Levels of the tree that the summary page shows. */
const LEVELS = 4;
/** Characters of a summary on the summary page. */
const SHOWN = 240;

/** Within `limit` characters: of a longer tree the summaries are cut, all by the same part. */
export function digestOf(
  parts: readonly SectionPart[],
  { summaries }: Pick<SectionSummaries, 'summaries'>,
  { language, limit }: { readonly language: string; readonly limit: number },
): Digest {
  const labels = labelsOf(language);
  const place = ({ pages }: SectionPart): string =>
    pages === undefined ? '' : ` (${labels.pages(pages[0], pages[1])})`;
  const head = (part: SectionPart): string =>
    `${'  '.repeat(part.depth)}- ${part.title}${place(part)}`;
  const heads = parts.reduce((sum, part) => sum + head(part).length + 3, 0);
  const said = parts.reduce((sum, { id }) => sum + (summaries.get(id)?.length ?? 0), 0);
  const share = Math.min(1, Math.max(0, limit - heads) / Math.max(1, said));
  const text = parts
    .map((part) => {
      const summary = summaries.get(part.id) ?? '';
      const shown = cut(summary, Math.floor(summary.length * share));
      return shown === '' ? head(part) : `${head(part)}: ${shown}`;
    })
    .join('\n');
  const outline = parts
    .filter(({ depth, title }) => depth < LEVELS && title !== '')
    .map((part) => {
      const summary = escapeMarkdown(cut(summaries.get(part.id) ?? '', SHOWN));
      const title = `${'  '.repeat(part.depth)}- ${escapeMarkdown(part.title)}${place(part)}`;
      return summary === '' ? title : `${title}: ${summary}`;
    });
  return { text: cut(text, limit), outline };
}

/** At most `limit` characters, cut at a space, with `…` where words are missing. */
function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  if (limit < 2) return '';
  const head = text.slice(0, limit - 1);
  const space = head.lastIndexOf(' ');
  return `${head.slice(0, space > limit / 2 ? space : undefined).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
