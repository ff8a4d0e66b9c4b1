/**
 * The page that `visualize` writes, put together from the files in `graph-page/`, which lie beside the program
 * and are read when they are needed. The scripts are modules to whoever edits and tests them; in the page, which is
 * one file, each is a function, and they follow one another.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Each after those that it imports. */
const SCRIPTS =
  'inline markdown dom graph search camera shapes names draw view buttons list types panel pointer keyboard theme main'.split(
    ' ',
  );

export interface PageParts {
  readonly title: string;
  /** JSON-able; any text in it is untrusted. */
  readonly data: unknown;
}

/** One HTML file that loads nothing: its policy allows its own style and script, by their hashes, and no more. */
export function graphPage({ title, data }: PageParts): string {
  const style = part('page.css');
  const script = `(() => {\n'use strict';\n${SCRIPTS.map(scoped).join('\n')}\n})();`;
  const parts: Record<string, string> = {
    policy: `default-src 'none'; script-src '${hashOf(script)}'; style-src '${hashOf(style)}'; img-src data:; base-uri 'none'; form-action 'none'`,
    title: escaped(title),
    style: `<style>${style}</style>`,
    script: `<script>${script}</script>`,
    // no text in the data can end the element that holds it
    data: `<script type="application/json" id="data">${jsonInHtml(data)}</script>`,
  };
  return part('page.html').replace(
    /\{\{(\w+)\}\}|<!-- (\w+) -->/g,
    (_, text: string | undefined, element: string) => parts[text ?? element] ?? '',
  );
}

const part = (name: string): string =>
  readFileSync(new URL(`./graph-page/${name}`, import.meta.url), 'utf8');

/** A module as a function that is called once: `const $name = { what it exports }`. */
function scoped(name: string): string {
  const module = part(`${name}.js`);
  const exported = [...module.matchAll(/^export (?:function|const) (\w+)/gm)].map(([, one]) => one);
  const body = module
    .replace(/^import (\{[^}]*\}) from '\.\/(\w+)\.js';$/gm, 'const $1 = $$$2;')
    .replace(/^export (?=function|const)/gm, '');
  return `const $${name} = (() => {\n${body}\nreturn { ${exported.join(', ')} };\n})();`;
}

const hashOf = (text: string): string =>
  `sha256-${createHash('sha256').update(text).digest('base64')}`;

const jsonInHtml = (data: unknown): string =>
  JSON.stringify(data).replace(/[<\u2028\u2029]/g, unicodeEscape);

const unicodeEscape = (char: string): string =>
  `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
