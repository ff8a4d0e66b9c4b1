/** What the styles of a text document (ISO/IEC 26300-1, 16) say about words, paragraphs and lists. */
import { decodeXml } from '../../xml/decode-xml.ts';
import { child, children } from '../../xml/find-elements.ts';
import type { ReadElements, XmlElement } from '../../xml/read-xml.ts';

interface Style {
  readonly parent: string | undefined;
  readonly bold: boolean | undefined;
  readonly italic: boolean | undefined;
  readonly struck: boolean | undefined;
  /** `super 58%`, `sub 58%` */
  readonly position: string | undefined;
}

export interface TextMarks {
  readonly bold: boolean;
  readonly italic: boolean;
  readonly struck: boolean;
  readonly raised: 'sup' | 'sub' | undefined;
}

export interface TextStyles {
  /** Names of a paragraph style and those it comes from, with `_20_` for spaces undone. */
  ancestry(name: string | undefined): string[];
  marks(name: string | undefined): TextMarks;
  /** Whether a list of the style is numbered at a level, 1 the outermost. */
  isOrdered(list: string | undefined, level: number): boolean;
}

const MOST_PARENTS = 20;

const wanted = (name: string): boolean => name === 'automatic-styles' || name === 'styles';

export function readStyles(
  files: ReadonlyMap<string, Uint8Array>,
  readElements: ReadElements,
): TextStyles {
  const styles = new Map<string, Style>();
  const lists = new Map<string, XmlElement>();
  for (const path of ['styles.xml', 'content.xml']) {
    const bytes = files.get(path);
    if (bytes === undefined) continue;
    for (const holder of readElements(decodeXml(bytes), wanted)) {
      for (const style of children(holder, 'style'))
        styles.set(style.attributes['style:name'] ?? '', styleOf(style));
      for (const list of children(holder, 'list-style'))
        lists.set(list.attributes['style:name'] ?? '', list);
    }
  }
  const chain = (name: string | undefined): Style[] => {
    const found: Style[] = [];
    for (let at = name; at !== undefined && found.length < MOST_PARENTS;) {
      const style = styles.get(at);
      if (style === undefined) break;
      found.push(style);
      at = style.parent;
    }
    return found;
  };
  return {
    ancestry: (name) =>
      [name, ...chain(name).map(({ parent }) => parent)].flatMap((one) =>
        one === undefined ? [] : [one.replaceAll('_20_', ' ')],
      ),
    marks(name) {
      const found = chain(name);
      const position = found.find((one) => one.position !== undefined)?.position ?? '';
      return {
        bold: found.find(({ bold }) => bold !== undefined)?.bold ?? false,
        italic: found.find(({ italic }) => italic !== undefined)?.italic ?? false,
        struck: found.find(({ struck }) => struck !== undefined)?.struck ?? false,
        raised: /^super|^[1-9]/.test(position)
          ? 'sup'
          : /^sub|^-/.test(position)
            ? 'sub'
            : undefined,
      };
    },
    isOrdered(list, level) {
      const style = lists.get(list ?? '');
      const own = style?.children.find(({ attributes }) => attributes['text:level'] === `${level}`);
      return (
        own?.name === 'list-level-style-number' && (own.attributes['style:num-format'] ?? '') !== ''
      );
    },
  };
}

function styleOf(style: XmlElement): Style {
  const text = child(style, 'text-properties')?.attributes ?? {};
  const weight = text['fo:font-weight'];
  const slope = text['fo:font-style'];
  const line = text['style:text-line-through-style'];
  return {
    parent: style.attributes['style:parent-style-name'],
    bold: weight === undefined ? undefined : weight === 'bold' || Number(weight) >= 600,
    italic: slope === undefined ? undefined : slope !== 'normal',
    struck: line === undefined ? undefined : line !== 'none',
    position: text['style:text-position'],
  };
}
