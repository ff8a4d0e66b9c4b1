/** Fixed windows of pages, titled by their first line: the evidence of last resort. */
import type { Heading } from '../heading.ts';
import { type Page, isFurniture } from '../read-pages.ts';
import { cleanTitle, shorten } from '../text.ts';

export interface Limits {
  readonly maxPages: number;
  readonly maxTokens: number;
}

const LONGEST_TITLE = 80;

/** Titles of windows: the first line that is not a running header, else `label` and the pages. */
const windowTitle = (
  pages: readonly Page[],
  furniture: ReadonlySet<string>,
  label: string,
): string => {
  for (const page of pages) {
    const line = page.lines.find((each) => !isFurniture(each, furniture));
    const title = cleanTitle((line?.text ?? '').replace(/^[\s#>*|-]+/, ''));
    if (title !== '') return shorten(title, LONGEST_TITLE);
  }
  const [first, last] = [pages[0]?.number ?? 1, pages.at(-1)?.number ?? 1];
  return `${label} ${first === last ? first : `${first}–${last}`}`;
};

/** One heading a window over the pages, each window within both limits or one page long. */
export const windowsOf = (
  pages: readonly Page[],
  limits: Limits,
  furniture: ReadonlySet<string>,
  label: string,
): readonly Heading[] => {
  const windows: Page[][] = [];
  let tokens = 0;
  for (const page of pages) {
    const open = windows.at(-1);
    const fits = open && open.length < limits.maxPages && tokens + page.tokens <= limits.maxTokens;
    if (open && fits) {
      open.push(page);
      tokens += page.tokens;
    } else {
      windows.push([page]);
      tokens = page.tokens;
    }
  }
  return windows.map((window) => ({
    title: windowTitle(window, furniture, label),
    level: 1,
    page: window[0]?.number ?? 1,
    opens: true,
  }));
};
