import type { EquationStore } from '../../math/equation-store.ts';
import { toLatex } from '../../math/omml-to-latex.ts';
/**
 * Equations (OMML) as LaTeX. Mammoth drops them, so each is replaced by a placeholder of private characters
 * before.
 */
import { decodeXml } from '../../xml/decode-xml.ts';
import type { ReadElements } from '../../xml/read-xml.ts';

const PARTS = /^word\/(?:document\d*|footnotes|endnotes)\.xml$/;

/** Replaces the equations in `files`, in place, by their placeholders. */
export function takeEquations(
  files: Map<string, Uint8Array>,
  equations: EquationStore,
  readElements: ReadElements,
): void {
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
}

function replaceEquations(
  xml: string,
  equations: EquationStore,
  readElements: ReadElements,
): string {
  const root = /<(\w+:)?(?:document|footnotes|endnotes)[\s>]/.exec(xml);
  const prefix = root === null ? 'w:' : (root[1] ?? '');
  let result = '';
  let done = 0;
  for (const element of readElements(xml, (name) => name === 'oMathPara' || name === 'oMath')) {
    const formulas =
      element.name === 'oMath'
        ? [element]
        : element.children.filter(({ name }) => name === 'oMath');
    const placeholder = equations.add(
      formulas.map((formula) => toLatex(formula)),
      { display: element.name === 'oMathPara' },
    );
    result += xml.slice(done, element.start);
    done = element.end;
    if (placeholder !== '')
      result += `<${prefix}r><${prefix}t>${placeholder}</${prefix}t></${prefix}r>`;
  }
  return result + xml.slice(done);
}
