/**
 * The page that `visualize` writes, put together from the files in `graph-page/`, which lie beside the program
 * and are read when they are needed. The scripts are modules to whoever edits and tests them; in the page, which is
 * one file, they follow one another in one function.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const SCRIPTS = ['inline', 'markdown', 'dom', 'graph', 'camera', 'draw', 'view', 'main'];

export interface PageParts {
  readonly title: string;
  /** JSON-able; any text in it is untrusted. */
  readonly data: unknown;
}

/** One HTML file that loads nothing: its policy allows its own style and script, by their hashes, and no more. */
export function graphPage({ title, data }: PageParts): string {
  const style = part('page.css');
  const script = `(() => {\n'use strict';\n${SCRIPTS.map((name) => joined(part(`${name}.js`))).join('\n')}\n})();`;
  const parts: Record<string, string> = {
    policy: `default-src 'none'; script-src '${hashOf(script)}'; style-src '${hashOf(style)}'; base-uri 'none'; form-action 'none'`,
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

const joined = (module: string): string =>
  module.replace(/^import [^;]*;\n/gm, '').replace(/^export (?=function|const)/gm, '');

const hashOf = (text: string): string =>
  `sha256-${createHash('sha256').update(text).digest('base64')}`;

const jsonInHtml = (data: unknown): string =>
  JSON.stringify(data).replace(/[<\u2028\u2029]/g, unicodeEscape);

const unicodeEscape = (char: string): string =>
  `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
