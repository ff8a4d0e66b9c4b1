/** Text of documents as the model sees it: between marks that it cannot forge. */

/** `<page path="...">`, the text, `</page>`. */
export function quoted(
  mark: 'passage' | 'page' | 'source' | 'picture',
  attributes: Readonly<Record<string, string>>,
  text: string,
): string {
  const named = Object.entries(attributes).map(
    ([name, value]) => ` ${name}="${value.replace(/["<>\s]+/g, ' ').trim()}"`,
  );
  return `<${mark}${named.join('')}>\n${withoutMarks(text)}\n</${mark}>`;
}

/** Text that cannot end its own quotation, or open another. */
export const withoutMarks = (text: string): string =>
  text.replace(/<(?=\s*\/?\s*(?:passage|page|source|picture|conventions)\b)/gi, '‹');
