import { parseFrontMatter, splitFrontMatter } from './front-matter.ts';
import { oneLine } from './lines.ts';

/** What a page is called: `title` of its front matter, else its first level-1 heading, else the words of its name. */
export function pageTitle(path: string, text: string): string {
  return titleFrom(path, text, parseFrontMatter(text) ?? {});
}

/** As `pageTitle`, for who has read the fields of the front matter already. */
export function titleFrom(
  path: string,
  text: string,
  fields: Readonly<Record<string, unknown>>,
): string {
  const { title } = fields;
  if (typeof title === 'string' && title.trim() !== '') return oneLine(title);
  const heading = /^# +(\S.*)$/m.exec(splitFrontMatter(text).body.slice(0, 20_000))?.[1];
  return heading === undefined ? nameInWords(path) : oneLine(heading.replace(/\s#+\s*$/, ''));
}

function nameInWords(path: string): string {
  const name = path.split('/').at(-1) ?? path;
  return (
    name
      .replace(/\.(?:md|json)$/i, '')
      .replace(/[-_]+/g, ' ')
      .trim() || path
  );
}
