/**
 * What a summary page records for the compiler and no reader wants to see: a comment that is the last line
 * of the page. Pages of earlier versions have the same in front matter (`page_starts`, `written_lines`).
 *
 *     <!-- extractive-page {"page_starts":[0,4,9],"written_lines":"1gpse69 1xju3fd"} -->
 */
import { readFrontMatter } from '@openkb/wiki';

import type { PageStarts } from '../text/page-starts.ts';

export interface SummaryRecord {
  /** Empty where the document has no pages. */
  readonly pageStarts: PageStarts;
  /** Marks of the lines that the compiler wrote; `undefined`: all are its own. */
  readonly lines: string | undefined;
}

/** A page in two: what is read, and the record with the text that `withRecord` puts back. */
export interface RecordedPage {
  readonly page: string;
  readonly record: SummaryRecord;
  /** Empty where the record is in front matter, or nowhere. */
  readonly comment: string;
}

const COMMENT = /\n?^<!-- extractive-page (\{.*\}) -->\r?\n?/gm;

export function takeRecord(text: string): RecordedPage {
  for (const match of [...text.matchAll(COMMENT)].toReversed()) {
    const fields = parse(match[1] ?? '');
    if (fields === undefined) continue;
    const page = text.slice(0, match.index) + text.slice(match.index + match[0].length);
    return { page, record: recordOf(fields), comment: match[0].trim() };
  }
  return { page: text, record: recordOf(readFrontMatter(text)), comment: '' };
}

export function withRecord(page: string, comment: string): string {
  if (comment === '') return page;
  return `${page}${page.endsWith('\n') ? '' : '\n'}\n${comment}\n`;
}

export function recordComment({ pageStarts, lines }: SummaryRecord): string {
  const json = JSON.stringify({
    ...(pageStarts.length === 0 ? {} : { page_starts: pageStarts }),
    written_lines: lines,
  });
  return `<!-- extractive-page ${json} -->`;
}

function recordOf(fields: Readonly<Record<string, unknown>>): SummaryRecord {
  const { page_starts: starts, written_lines: lines } = fields;
  const numbers = Array.isArray(starts) ? (starts as unknown[]) : [];
  return {
    pageStarts: numbers.filter((one): one is number => typeof one === 'number'),
    lines: typeof lines === 'string' ? lines : undefined,
  };
}

function parse(json: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(json) as Record<string, unknown>;
  } catch {
    // a person has edited the comment: it is theirs
    return undefined;
  }
}
