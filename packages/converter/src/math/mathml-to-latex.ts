/** MathML Core (W3C) to LaTeX as KaTeX and MathJax read it; what a program left as TeX beside it is taken instead. */
import type { Element } from 'hast';

import { attribute, textOf } from '../html-to-markdown/hast.ts';
import { latexText } from './latex-symbols.ts';

export function mathmlToLatex(math: Element): string {
  const tex = texOf(math);
  return tex ?? sequence(math, 0).replace(/\s+/g, ' ').trim();
}

const MAXIMUM_DEPTH = 64;
const TEX = /^(?:application\/x-tex|text\/x-tex|latex|tex)$/i;

function texOf(math: Element): string | undefined {
  const stack = [...math.children].toReversed();
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (next.type !== 'element') continue;
    const encoding = attribute(next.properties['encoding']);
    if (next.tagName === 'annotation' && TEX.test(encoding)) return tidyTex(textOf(next));
    for (const child of next.children) stack.push(child);
  }
  return undefined;
}

/** MediaWiki wraps each formula: `{\displaystyle E=mc^2}`. */
export function tidyTex(tex: string): string {
  const trimmed = tex.trim();
  return /^\{\\(?:displaystyle|textstyle) ([^]*)\}$/.exec(trimmed)?.[1]?.trim() ?? trimmed;
}

type Rule = (parts: readonly string[], element: Element) => string;

const rules: Readonly<Record<string, Rule>> = {
  mfrac: ([top = '', bottom = '']) => `\\frac{${top}}{${bottom}}`,
  msqrt: (parts) => `\\sqrt{${parts.join('')}}`,
  mroot: ([radicand = '', degree = '']) => `\\sqrt[${degree}]{${radicand}}`,
  msup: ([base = '', sup = '']) => `${held(base)}^{${sup}}`,
  msub: ([base = '', sub = '']) => `${held(base)}_{${sub}}`,
  msubsup: ([base = '', sub = '', sup = '']) => `${held(base)}_{${sub}}^{${sup}}`,
  munder: ([base = '', under = '']) => below(base, under),
  mover: ([base = '', over = '']) => above(base, over),
  munderover: ([base = '', under = '', over = '']) => `${held(base)}_{${under}}^{${over}}`,
  mtable: (parts) => `\\begin{matrix} ${parts.join(' \\\\ ')} \\end{matrix}`,
  mtr: (parts) => parts.join(' & '),
  mtext: (_parts, element) => textPiece(element),
  ms: (_parts, element) => textPiece(element),
  mspace: () => ' ',
  mphantom: (parts) => `\\phantom{${parts.join('')}}`,
  menclose: (parts) => `\\boxed{${parts.join('')}}`,
  mfenced: fenced,
  mo: (_parts, element) => operator(textOf(element).trim()),
  mi: (_parts, element) => identifier(textOf(element).trim()),
  mn: (_parts, element) => latexText(textOf(element).trim()),
  mmultiscripts: multiscripts,
  annotation: () => '',
  'annotation-xml': () => '',
};

function sequence(element: Element, depth: number): string {
  return partsOf(element, depth).join('');
}

function partsOf(element: Element, depth: number): string[] {
  return element.children.flatMap((child) => {
    if (child.type === 'text') return /\S/.test(child.value) ? [latexText(child.value.trim())] : [];
    return child.type === 'element' ? [turn(child, depth + 1)] : [];
  });
}

function turn(element: Element, depth: number): string {
  if (depth > MAXIMUM_DEPTH) return latexText(textOf(element));
  const rule = rules[element.tagName.replace(/^.*:/, '')];
  const parts = partsOf(element, depth);
  return rule === undefined ? parts.join('') : rule(parts, element);
}

const FUNCTIONS =
  /^(?:arccos|arcsin|arctan|arg|cos|cosh|cot|coth|csc|deg|det|dim|exp|gcd|hom|inf|ker|lg|lim|ln|log|max|min|sec|sin|sinh|sup|tan|tanh)$/;

function identifier(text: string): string {
  if (FUNCTIONS.test(text)) return `\\${text} `;
  return /^[A-Za-z]{2,}$/.test(text) ? `\\mathrm{${text}}` : latexText(text);
}

const FENCES: Readonly<Record<string, string>> = {
  '{': '\\{',
  '}': '\\}',
  '⌈': '\\lceil ',
  '⌉': '\\rceil ',
  '⌊': '\\lfloor ',
  '⌋': '\\rfloor ',
};

function operator(text: string): string {
  if (FUNCTIONS.test(text)) return `\\${text} `;
  return FENCES[text] ?? latexText(text);
}

function textPiece(element: Element): string {
  const text = textOf(element).replace(/\s+/g, ' ');
  return /\S/.test(text) ? `\\text{${text.replace(/[#$%&_{}\\]/g, '\\$&')}}` : ' ';
}

const OVER: Readonly<Record<string, string>> = {
  '^': '\\hat',
  ˆ: '\\hat',
  '˜': '\\tilde',
  '~': '\\tilde',
  '\\sim ': '\\tilde',
  '¯': '\\overline',
  '‾': '\\overline',
  '-': '\\bar',
  '˙': '\\dot',
  '.': '\\dot',
  '¨': '\\ddot',
  '\\to ': '\\vec',
  '⃗': '\\vec',
  ˇ: '\\check',
  '˘': '\\breve',
  '⏞': '\\overbrace',
};

function above(base: string, over: string): string {
  const accent = OVER[over];
  if (accent !== undefined) return `${accent}{${base}}`;
  return isLarge(base) ? `${base}^{${over}}` : `\\overset{${over}}{${base}}`;
}

function below(base: string, under: string): string {
  if (under === '_' || under === '\\_' || under === '‾') return `\\underline{${base}}`;
  if (under === '⏟') return `\\underbrace{${base}}`;
  return isLarge(base) ? `${base}_{${under}}` : `\\underset{${under}}{${base}}`;
}

/** Signs and functions that set their limits above and below. */
function isLarge(base: string): boolean {
  return /^\\(?:sum|prod|int|iint|iiint|oint|bigcup|bigcap|lim|max|min|sup|inf|coprod)\s*$/.test(
    base,
  );
}

function fenced(parts: readonly string[], element: Element): string {
  const open = attribute(element.properties['open']) || '(';
  const close = attribute(element.properties['close']) || ')';
  const between = attribute(element.properties['separators']) || ',';
  return `\\left${operator(open)}${parts.join(between[0])}\\right${operator(close)}`;
}

/** Pairs of lower and upper marks after the base, and after `mprescripts` before it. */
function multiscripts(parts: readonly string[], element: Element): string {
  const names = element.children.flatMap((child) =>
    child.type === 'element' ? [child.tagName] : [],
  );
  const turning = names.indexOf('mprescripts');
  const after = parts.slice(1, turning < 0 ? undefined : turning);
  const before = turning < 0 ? [] : parts.slice(turning + 1);
  return `${before.length > 0 ? `{}${scripts(before)}` : ''}${held(parts[0] ?? '')}${scripts(after)}`;
}

function scripts([sub = '', sup = '']: readonly string[]): string {
  return `${sub && `_{${sub}}`}${sup && `^{${sup}}`}`;
}

/** The base of a script; several characters are held together. */
function held(base: string): string {
  return /^(?:[^\\{}]|\\[A-Za-z]+ ?)?$/u.test(base) ? base : `{${base}}`;
}
