import { toLatex } from '../../math/omml-to-latex.ts';
/**
 * Equations (OMML) as LaTeX. Mammoth drops them, so each is replaced by a placeholder of private characters
 * before, and the placeholder by the LaTeX after the Markdown is printed, where nothing escapes it any more.
 */
import { decodeXml } from '../../xml/decode-xml.ts';
import type { ReadElements } from '../../xml/read-xml.ts';

const OPEN = '\uE000';
const CLOSE = '\uE001';
const PARTS = /^word\/(?:document\d*|footnotes|endnotes)\.xml$/;

/** Replaces the equations in `files`, in place; gives their Markdown in order. */
export function takeEquations(
  files: Map<string, Uint8Array>,
  readElements: ReadElements,
): string[] {
  const equations: string[] = [];
  for (const [path, bytes] of files) {
    if (!PARTS.test(path)) continue;
    const xml = decodeXml(bytes);
    if (!/oMath[\s>]/.test(xml)) continue;
    const replaced = replaceEquations(xml, equations, readElements);
    files.set(
      path,
      Buffer.from(replaced.replace(/^(<\?xml[^>]*encoding=)["'][^"']*["']/, '$1"UTF-8"')),
    );
  }
  return equations;
}

function replaceEquations(xml: string, equations: string[], readElements: ReadElements): string {
  const root = /<(\w+:)?(?:document|footnotes|endnotes)[\s>]/.exec(xml);
  const prefix = root === null ? 'w:' : (root[1] ?? '');
  let result = '';
  let done = 0;
  for (const element of readElements(xml, (name) => name === 'oMathPara' || name === 'oMath')) {
    const formulas =
      element.name === 'oMath'
        ? [element]
        : element.children.filter(({ name }) => name === 'oMath');
    const latex = formulas.map((formula) => toLatex(formula)).filter((text) => text !== '');
    result += xml.slice(done, element.start);
    done = element.end;
    if (latex.length === 0) continue;
    const mark = element.name === 'oMathPara' ? '$$' : '$';
    equations.push(latex.map((text) => mark + text + mark).join(' '));
    result += `<${prefix}r><${prefix}t>${OPEN}${equations.length - 1}${CLOSE}</${prefix}t></${prefix}r>`;
  }
  return result + xml.slice(done);
}

export function putEquationsBack(markdown: string, equations: readonly string[]): string {
  return markdown.replace(
    /\uE000(\d+)\uE001/g,
    (placeholder, index: string) => equations[Number(index)] ?? placeholder,
  );
}
