const SKIPPED = /^(?:script|style|template|noscript|head)$/;
const BLOCK =
  /^(?:p|div|br|li|tr|h[1-6]|table|ul|ol|section|article|header|footer|blockquote|pre|dd|dt)$/;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** The words of a page in one pass over its characters, with a paragraph for each block. */
export function plainText(html: string): string {
  let text = '';
  let skipUntil = '';
  for (const [, closing, name, words] of html.matchAll(
    /<!--[^]*?(?:-->|$)|<(\/?)([a-z][a-z0-9-]*)[^>]*>|([^<]+|<)/gi,
  )) {
    const tag = name?.toLowerCase();
    if (skipUntil !== '') {
      if (closing === '/' && tag === skipUntil) skipUntil = '';
    } else if (words !== undefined) text += words;
    else if (tag !== undefined && closing !== '/' && SKIPPED.test(tag)) skipUntil = tag;
    else if (tag !== undefined && BLOCK.test(tag)) text += '\n\n';
  }
  const decoded = text.replace(
    /&(#x?[0-9a-f]{1,6}|[a-z]{2,5});/gi,
    (whole, body: string) => decode(body) ?? whole,
  );
  const lines = decoded.split('\n').map((line) => line.replace(/\s+/g, ' ').trim());
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}

function decode(body: string): string | undefined {
  if (!body.startsWith('#')) return ENTITIES[body.toLowerCase()];
  const code = /^#x/i.test(body) ? parseInt(body.slice(2), 16) : Number(body.slice(1));
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
