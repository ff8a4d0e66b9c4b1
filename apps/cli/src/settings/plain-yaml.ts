/**
 * Settings as nearly every file has them, without the YAML parser, which takes longer to begin than most commands take:
 * `name: word`, `name: 12`, and `name:` with a list of words below. Anything else is left to the parser.
 */

const LINE = /^([a-z]\w*):(?: ([A-Za-z][\w./-]*|0|[1-9]\d{0,8}))?$/;
const ITEM = /^ {2}- ([A-Za-z][\w./-]*)$/;
/** What looks like a word and is none. */
const NO_WORD = /^(?:true|false|null)$/i;

/** The values of a file; `undefined` where only the parser can tell them. */
export function plainYaml(text: string): Record<string, unknown> | undefined {
  const values = new Map<string, unknown>();
  let items: string[] | undefined;
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const item = items && ITEM.exec(line)?.[1];
    if (item !== undefined && !NO_WORD.test(item)) {
      items?.push(item);
      continue;
    }
    const [, name, value] = LINE.exec(line) ?? [];
    const endsEmpty = items?.length === 0;
    if (name === undefined || endsEmpty || values.has(name) || NO_WORD.test(value ?? ''))
      return undefined;
    items = value === undefined ? [] : undefined;
    values.set(name, items ?? (/^\d/.test(value ?? '') ? Number(value) : value));
  }
  return items?.length === 0 || values.size === 0 ? undefined : Object.fromEntries(values);
}
