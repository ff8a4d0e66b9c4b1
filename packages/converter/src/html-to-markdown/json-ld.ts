/** What a page says about itself in JSON-LD by the words of schema.org. */
export interface LinkedData {
  readonly title?: string;
  readonly authors?: readonly string[];
  readonly date?: string;
}

const TYPES = /^(?:(?:\w*Article|BlogPosting|\w*Posting|WebPage|Report|Book|Chapter|TechArticle))$/;
const LONGEST = 2 ** 20;

/** Reads the first thing that is a text with an author or a date. */
export function readJsonLd(scripts: readonly string[]): LinkedData {
  for (const script of scripts) {
    if (script.length > LONGEST) continue;
    for (const thing of thingsOf(parsed(script))) {
      const type = [thing['@type']]
        .flat()
        .find((one) => typeof one === 'string' && TYPES.test(one));
      const authors = namesOf(thing['author']);
      const date = thing['datePublished'] ?? thing['dateCreated'];
      if (type === undefined || (authors.length === 0 && typeof date !== 'string')) continue;
      const title = thing['headline'] ?? thing['name'];
      return {
        ...(typeof title === 'string' && title.trim() !== '' && { title: title.trim() }),
        ...(authors.length > 0 && { authors }),
        ...(typeof date === 'string' && date !== '' && { date }),
      };
    }
  }
  return {};
}

type Thing = Readonly<Record<string, unknown>>;

function parsed(script: string): unknown {
  try {
    return JSON.parse(script.replace(/^\s*<!\[CDATA\[|\]\]>\s*$/g, ''));
  } catch {
    return undefined;
  }
}

function thingsOf(value: unknown): Thing[] {
  if (Array.isArray(value)) return value.flatMap((one) => (isThing(one) ? [one] : []));
  if (!isThing(value)) return [];
  return [value, ...thingsOf(value['@graph'])];
}

function isThing(value: unknown): value is Thing {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function namesOf(value: unknown): string[] {
  const names = [value].flat().map((one) => (isThing(one) ? one['name'] : one));
  return names.flatMap((name) =>
    typeof name === 'string' && name.trim() !== '' && !/^https?:/.test(name) ? [name.trim()] : [],
  );
}
