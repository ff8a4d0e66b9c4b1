import type { Element, ElementContent, Root } from 'hast';

import type { EquationStore } from '../math/equation-store.ts';
import { mathmlToLatex, tidyTex } from '../math/mathml-to-latex.ts';
import { attribute, eachElement, text, textOf, type Child } from './hast.ts';
import { replaceNodes } from './replace-nodes.ts';

/** Around a formula, programs keep a picture or a drawing of it, which the formula itself replaces. */
const HOLDERS =
  /^(?:mwe-math-element|katex-display|katex|MathJax(?:_Display|_SVG)?|MathJax_Preview)$/;

/** Puts formulas (MathML, and the TeX that MathJax reads) into the store and placeholders in their places. */
export function takeMath(tree: Root, equations: EquationStore): void {
  const replaced = new Map<Child, ElementContent[]>();
  const inside = new Set<Element>();
  eachElement(tree, (element) => {
    if (inside.has(element)) return;
    const latex = latexOf(element);
    if (latex === undefined) return;
    const placeholder = equations.add([latex.tex], { display: latex.display });
    replaced.set(element, placeholder === '' ? [] : [text(placeholder)]);
    eachElement({ type: 'root', children: [element] }, (one) => inside.add(one));
  });
  replaceNodes(tree, replaced);
}

function latexOf(element: Element): { tex: string; display: boolean } | undefined {
  const { tagName, properties } = element;
  if (tagName === 'math')
    return { tex: mathmlToLatex(element), display: attribute(properties['display']) === 'block' };
  if (tagName === 'script') {
    const type = attribute(properties['type']);
    if (!/^math\/tex/i.test(type)) return undefined;
    return { tex: tidyTex(textOf(element)), display: /mode=display/.test(type) };
  }
  const classes = attribute(properties['className']).split(' ');
  if (tagName !== 'mjx-container' && !classes.some((name) => HOLDERS.test(name))) return undefined;
  const math = firstMath(element);
  if (math === undefined)
    return classes.includes('MathJax_Preview') ? { tex: '', display: false } : undefined;
  const isDisplay =
    attribute(math.properties['display']) === 'block' ||
    attribute(properties['display']) === 'true' ||
    classes.some((name) => /display$/i.test(name));
  return { tex: mathmlToLatex(math), display: isDisplay };
}

function firstMath(element: Element): Element | undefined {
  let found: Element | undefined;
  eachElement({ type: 'root', children: [element] }, (one) => {
    if (one.tagName === 'math') found ??= one;
  });
  return found;
}
