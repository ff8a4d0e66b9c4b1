import { escapeHtml, htmlList, type ListItem } from '../../html-to-markdown/escape-html.ts';
import type { EquationStore } from '../../math/equation-store.ts';
import { toLatex } from '../../math/omml-to-latex.ts';
import { relationOf, type Relationship } from '../../ooxml/package.ts';
import { at, child, children } from '../../xml/find-elements.ts';
import type { XmlElement } from '../../xml/read-xml.ts';

export interface TextContext {
  readonly relationships: ReadonlyMap<string, Relationship>;
  readonly equations: EquationStore;
  /** Elements that hold `lvl1pPr` and so on, the nearest first. */
  readonly styles: readonly XmlElement[];
}

/** The paragraphs of a text (ECMA-376 part 1, 21.1.2) as HTML: bulleted ones are lists. */
export function bodyToHtml(body: XmlElement | undefined, context: TextContext): string {
  let html = '';
  let items: ListItem[] = [];
  const endList = (): void => {
    html += htmlList(items);
    items = [];
  };
  for (const paragraph of children(body, 'p')) {
    const content = paragraphToHtml(paragraph, context);
    if (!/\S/.test(content.replace(/<[^>]*>/g, ''))) continue;
    const list = listOf(paragraph, context.styles);
    if (list === undefined) {
      endList();
      html += `<p>${content}</p>`;
    } else items.push({ ...list, html: content });
  }
  endList();
  return html;
}

/** The words of a paragraph with emphasis, links and formulas. */
export function paragraphToHtml(paragraph: XmlElement, context: TextContext): string {
  return paragraph.children.map((piece) => pieceToHtml(piece, context)).join('');
}

function pieceToHtml(piece: XmlElement, context: TextContext): string {
  switch (piece.name) {
    case 'r':
      return runToHtml(piece, context);
    case 'br':
      return '<br>';
    case 'fld':
      return /^slidenum|^datetime/.test(piece.attributes['type'] ?? '')
        ? ''
        : escapeHtml(child(piece, 't')?.text ?? '');
    case 'm':
    case 'oMathPara':
    case 'oMath':
      return formulaToHtml(piece, context.equations);
    case 'AlternateContent':
      return [child(piece, 'Choice') ?? child(piece, 'Fallback')]
        .flatMap((content) => content?.children ?? [])
        .map((inner) => pieceToHtml(inner, context))
        .join('');
    default:
      return '';
  }
}

function formulaToHtml(piece: XmlElement, equations: EquationStore): string {
  const block = piece.name === 'm' ? child(piece, 'oMathPara') : undefined;
  const holder = block ?? piece;
  const formulas = holder.name === 'oMath' ? [holder] : children(holder, 'oMath');
  return equations.add(
    formulas.map((formula) => toLatex(formula)),
    { display: holder.name === 'oMathPara' },
  );
}

function runToHtml(run: XmlElement, { relationships }: TextContext): string {
  const text = (child(run, 't')?.text ?? '').replace(/[\v\n]/g, ' ');
  if (text === '') return '';
  const properties = child(run, 'rPr');
  const { b: bold, i: italic, strike, baseline = '0' } = properties?.attributes ?? {};
  let html = escapeHtml(text);
  if (/\S/.test(text)) {
    if (Number(baseline) > 0) html = `<sup>${html}</sup>`;
    if (Number(baseline) < 0) html = `<sub>${html}</sub>`;
    if (strike !== undefined && strike !== 'noStrike') html = `<del>${html}</del>`;
    if (isOn(italic)) html = `<em>${html}</em>`;
    if (isOn(bold)) html = `<strong>${html}</strong>`;
  }
  const click = child(properties, 'hlinkClick');
  const link = click && relationOf(click, 'id', relationships);
  return link?.external === true && /^(?:https?|mailto|ftp):/i.test(link.target)
    ? `<a href="${escapeHtml(link.target)}">${html}</a>`
    : html;
}

function isOn(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}

/** Whether and how a paragraph is an item of a list: by itself, or by the nearest style that says so. */
function listOf(
  paragraph: XmlElement,
  styles: readonly XmlElement[],
): Omit<ListItem, 'html'> | undefined {
  const own = child(paragraph, 'pPr');
  const level = Math.min(8, Math.max(0, Number(own?.attributes['lvl'] ?? 0) || 0));
  const levels = [own, ...styles.map((style) => child(style, `lvl${level + 1}pPr`))];
  for (const properties of levels)
    for (const { name, attributes } of properties?.children ?? []) {
      if (name === 'buNone') return undefined;
      if (name === 'buChar' || name === 'buBlip') return { level, ordered: false };
      if (name === 'buAutoNum') {
        const start = Number(attributes['startAt'] ?? 1);
        return { level, ordered: true, ...(start > 1 && { start }) };
      }
    }
  return undefined;
}

/** The styles of a shape's own text. */
export function ownStyles(shape: XmlElement): XmlElement[] {
  const styles = at(shape, 'txBody', 'lstStyle');
  return styles ? [styles] : [];
}
