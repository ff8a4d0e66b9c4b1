/** Office Math (ECMA-376 part 1, 22.1) to LaTeX as KaTeX and MathJax read it. */
import type { XmlElement } from '../xml/read-xml.ts';
import { latexText } from './latex-symbols.ts';

export function toLatex(math: XmlElement): string {
  return sequence(math).replace(/\s+/g, ' ').trim();
}

type Rule = (element: XmlElement) => string;

const rules: Readonly<Record<string, Rule>> = {
  r: run,
  f: fraction,
  sSup: (node) => `${base(node)}^{${part(node, 'sup')}}`,
  sSub: (node) => `${base(node)}_{${part(node, 'sub')}}`,
  sSubSup: (node) => `${base(node)}_{${part(node, 'sub')}}^{${part(node, 'sup')}}`,
  sPre: (node) => `{}_{${part(node, 'sub')}}^{${part(node, 'sup')}}${base(node)}`,
  rad: radical,
  nary,
  d: delimited,
  m: (node) => `\\begin{matrix} ${matrixRows(node)} \\end{matrix}`,
  eqArr: (node) =>
    `\\begin{aligned} ${all(node, 'e')
      .map((row) => sequence(row))
      .join(' \\\\ ')} \\end{aligned}`,
  func: (node) => `${functionName(node)}{${part(node, 'e')}}`,
  limLow: (node) => `${limitBase(node)}_{${part(node, 'lim')}}`,
  limUpp: (node) => `${limitBase(node)}^{${part(node, 'lim')}}`,
  acc: (node) =>
    `${accents.get(value(node, 'accPr', 'chr') ?? '\u0302') ?? '\\hat'}{${part(node, 'e')}}`,
  bar: (node) =>
    `${value(node, 'barPr', 'pos') === 'top' ? '\\overline' : '\\underline'}{${part(node, 'e')}}`,
  groupChr: groupCharacter,
  borderBox: (node) => `\\boxed{${part(node, 'e')}}`,
  phant: (node) => `\\phantom{${part(node, 'e')}}`,
};

const accents: ReadonlyMap<string, string> = new Map([
  ['\u0302', '\\hat'],
  ['\u0303', '\\tilde'],
  ['\u0304', '\\bar'],
  ['\u0305', '\\overline'],
  ['\u0307', '\\dot'],
  ['\u0308', '\\ddot'],
  ['\u20D7', '\\vec'],
  ['\u0301', '\\acute'],
  ['\u0300', '\\grave'],
  ['\u0306', '\\breve'],
  ['\u030C', '\\check'],
]);

const FUNCTIONS =
  /^(?:arccos|arcsin|arctan|arg|cos|cosh|cot|coth|csc|deg|det|dim|exp|gcd|hom|inf|ker|lg|lim|ln|log|max|min|sec|sin|sinh|sup|tan|tanh)$/;

/** The children one after the other; elements without a rule (`box`, insertions, properties' holders) pass through. */
function sequence(element: XmlElement): string {
  return element.children
    .filter(({ name }) => !name.endsWith('Pr') && name !== 'del')
    .map((child) => (rules[child.name] ?? sequence)(child))
    .join('');
}

function run(node: XmlElement): string {
  const text = all(node, 't')
    .map(({ text: piece }) => piece)
    .join('');
  const properties = first(node, 'rPr');
  if (properties !== undefined && first(properties, 'nor') !== undefined && /\p{L}{2}/u.test(text))
    return `\\text{${text}}`;
  return latexText(text);
}

function fraction(node: XmlElement): string {
  const [numerator, denominator] = [part(node, 'num'), part(node, 'den')];
  const type = value(node, 'fPr', 'type');
  if (type === 'noBar') return `\\genfrac{}{}{0pt}{}{${numerator}}{${denominator}}`;
  if (type === 'lin' || type === 'skw') return `{${numerator}}/{${denominator}}`;
  return `\\frac{${numerator}}{${denominator}}`;
}

function radical(node: XmlElement): string {
  const degree = part(node, 'deg');
  return degree === '' ? `\\sqrt{${part(node, 'e')}}` : `\\sqrt[${degree}]{${part(node, 'e')}}`;
}

function nary(node: XmlElement): string {
  const sign = latexText(value(node, 'naryPr', 'chr') ?? '∫').trim();
  const [below, above] = [part(node, 'sub'), part(node, 'sup')];
  return `${sign}${below && `_{${below}}`}${above && `^{${above}}`} ${part(node, 'e')}`;
}

function delimited(node: XmlElement): string {
  const open = delimiter(value(node, 'dPr', 'begChr') ?? '(');
  const close = delimiter(value(node, 'dPr', 'endChr') ?? ')');
  const between = latexText(value(node, 'dPr', 'sepChr') ?? '|');
  return `\\left${open} ${all(node, 'e')
    .map((inner) => sequence(inner))
    .join(between)} \\right${close}`;
}

function delimiter(char: string): string {
  const named: Readonly<Record<string, string>> = {
    '': '.',
    '{': '\\{',
    '}': '\\}',
    '|': '\\vert',
    '‖': '\\Vert',
    '⟨': '\\langle',
    '⟩': '\\rangle',
    '⌈': '\\lceil',
    '⌉': '\\rceil',
    '⌊': '\\lfloor',
    '⌋': '\\rfloor',
  };
  return named[char] ?? char;
}

function matrixRows(node: XmlElement): string {
  return all(node, 'mr')
    .map((row) =>
      all(row, 'e')
        .map((cell) => sequence(cell))
        .join(' & '),
    )
    .join(' \\\\ ');
}

function functionName(node: XmlElement): string {
  const name = part(node, 'fName').trim();
  const plain = name.replace(/^\\(?:mathrm|operatorname)\{(.*)\}$/, '$1');
  if (FUNCTIONS.test(plain)) return `\\${plain}`;
  return /^[A-Za-z]{2,}$/.test(plain) ? `\\operatorname{${plain}}` : name;
}

function limitBase(node: XmlElement): string {
  const name = part(node, 'e').trim();
  return FUNCTIONS.test(name) ? `\\${name}` : `{${name}}`;
}

function groupCharacter(node: XmlElement): string {
  const char = value(node, 'groupChrPr', 'chr') ?? '⏟';
  const name = {
    '⏟': '\\underbrace',
    '⏞': '\\overbrace',
    '→': '\\overrightarrow',
    '←': '\\overleftarrow',
  }[char];
  return name === undefined ? part(node, 'e') : `${name}{${part(node, 'e')}}`;
}

/** The base of a script; several characters are held together. */
function base(node: XmlElement): string {
  const text = part(node, 'e');
  return /^(?:[^\\{}]|\\[A-Za-z]+ ?)?$/u.test(text) ? text : `{${text}}`;
}

function part(node: XmlElement, name: string): string {
  const child = first(node, name);
  return child === undefined ? '' : sequence(child).trim();
}

function first(node: XmlElement, name: string): XmlElement | undefined {
  return node.children.find((child) => child.name === name);
}

function all(node: XmlElement, name: string): XmlElement[] {
  return node.children.filter((child) => child.name === name);
}

/** `m:val` of a property. */
function value(node: XmlElement, holder: string, name: string): string | undefined {
  const properties = first(node, holder);
  return properties && first(properties, name)?.attributes['val'];
}
