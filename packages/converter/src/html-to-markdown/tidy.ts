const CODE_OR_REFERENCE = /(```[^]*?(?:```|$)|`[^`\n]+`)|(?<!\\)&#x([0-9A-F]{1,6});/g;

/**
 * Undoes what the printer escapes to no purpose: letters and spaces beside emphasis as character references (a
 * literal one has a backslash), and `&` in an address where no reference follows.
 */
export function tidyMarkdown(markdown: string): string {
  return markdown
    .replace(CODE_OR_REFERENCE, (whole, code: string | undefined, digits: string | undefined) =>
      code === undefined && digits !== undefined
        ? String.fromCodePoint(parseInt(digits, 16))
        : whole,
    )
    .replace(/\]\([^\s()<>]*\\&[^\s()<>]*/g, (link) => link.replace(/\\&(?!#?\w+;)/g, '&'))
    .replace(/^\n+/, '');
}
