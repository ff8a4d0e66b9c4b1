/**
 * Equations as LaTeX, kept aside while the text around them becomes Markdown, where their signs would be escaped. A
 * placeholder of private characters stands for each.
 */
const OPEN = '\uE000';
const CLOSE = '\uE001';

export class EquationStore {
  readonly #equations: string[] = [];

  /** Keeps formulas that stand in one place; gives what stands for them in the text, nothing for none. */
  add(formulas: readonly string[], { display }: { readonly display: boolean }): string {
    const filled = formulas.filter((latex) => /\S/.test(latex));
    if (filled.length === 0) return '';
    const mark = display ? '$$' : '$';
    this.#equations.push(filled.map((latex) => mark + onOneLine(latex) + mark).join(' '));
    return `${OPEN}${this.#equations.length - 1}${CLOSE}`;
  }

  /** Puts the equations in the places of their placeholders. */
  putBack(markdown: string): string {
    if (this.#equations.length === 0) return markdown;
    return markdown.replace(
      /\uE000(\d+)\uE001/g,
      (placeholder, index: string) => this.#equations[Number(index)] ?? placeholder,
    );
  }
}

/** An empty line would end the paragraph, and a bar the cell of a table. */
function onOneLine(latex: string): string {
  const line = latex.replace(/\s+/g, ' ').trim();
  if (!line.includes('|') || line.includes('\\begin{array}')) return line;
  return line.replaceAll('\\|', '\\Vert ').replaceAll('|', '\\vert ');
}
