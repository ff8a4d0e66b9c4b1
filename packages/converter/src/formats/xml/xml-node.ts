import { words, type DataNode } from '../../data/data-node.ts';
import { parseXml, type XmlAttributes } from '../../xml/parse-xml.ts';

interface OpenElement {
  readonly name: string;
  readonly fields: [string, DataNode][];
  /** How many of the fields are attributes. */
  readonly attributes: number;
  text: string;
  /** Words and elements stand side by side: the element is a text with marks in it. */
  isMixed: boolean;
  /** All words below, for a text with marks. */
  all: string;
}

export interface XmlNode {
  readonly node: DataNode;
  readonly title: string | undefined;
  readonly unknownEntities: number;
}

/** An element without elements is its words; others are fields, of which those of the same name are a list. */
export async function readXmlNode(
  xml: string,
  { values, signal }: { readonly values: number; readonly signal: AbortSignal | undefined },
): Promise<XmlNode> {
  const open: OpenElement[] = [openElement('', {})];
  let unknownEntities = 0;
  let made = 0;
  let title: string | undefined;
  await parseXml(
    xml,
    {
      open(name, attributes) {
        const parent = open.at(-1);
        if (parent && /\S/.test(parent.text)) parent.isMixed = true;
        open.push(openElement(name, attributes));
      },
      text(text) {
        const parent = open.at(-1);
        if (parent === undefined) return;
        parent.text += text;
        parent.all += text;
        if (/\S/.test(text) && parent.fields.length > parent.attributes) parent.isMixed = true;
      },
      close(name) {
        const element = open.pop();
        const parent = open.at(-1);
        if (element === undefined || parent === undefined) return;
        const node = nodeOf(element);
        if (name === 'title' && node.kind === 'words' && open.length <= 3)
          title ??= oneLine(node.words);
        parent.all += element.all;
        made += 1;
        // the rest is counted by the writer; here only memory is bounded
        if (made <= values * 2) parent.fields.push([name, node]);
      },
    },
    { signal, onUnknownEntity: () => (unknownEntities += 1) },
  );
  const [[rootName, root] = ['', words('')]] = open[0]?.fields ?? [];
  const node: DataNode =
    root.kind === 'words' ? { kind: 'fields', fields: [[rootName, root]] } : root;
  return { node, title: title === '' ? undefined : title, unknownEntities };
}

/** Attributes are fields; what binds namespaces and schemas says nothing to a reader. */
function openElement(name: string, attributes: XmlAttributes): OpenElement {
  const prefixed = Object.keys(attributes).filter((key) => key.includes(':'));
  const bindings = new Set(
    prefixed
      .filter((key) => /^(?:xmlns|xsi):/.test(key))
      .map((key) => key.slice(key.indexOf(':') + 1)),
  );
  const fields = Object.entries(attributes)
    .filter(
      ([key, value]) =>
        key !== 'xmlns' && !key.includes(':') && !bindings.has(key) && value.trim() !== '',
    )
    .map(([key, value]): [string, DataNode] => [key, words(value)]);
  return { name, fields, attributes: fields.length, text: '', isMixed: false, all: '' };
}

function nodeOf({ fields, attributes, text, isMixed, all }: OpenElement): DataNode {
  if (isMixed) return words(oneLine(all));
  const trimmed = text.trim();
  if (fields.length === 0) return words(trimmed);
  if (trimmed !== '' && fields.length === attributes) return words(`${trimmed} (${named(fields)})`);
  const own: [string, DataNode][] = trimmed === '' ? fields : [...fields, ['text', words(trimmed)]];
  const grouped = groupByName(own);
  const [[, only] = ['', words('')]] = grouped;
  // a holder of nothing but things of one kind is their list
  return grouped.length === 1 && only.kind === 'list' ? only : { kind: 'fields', fields: grouped };
}

function named(fields: readonly (readonly [string, DataNode])[]): string {
  return fields
    .map(([name, node]) => `${name}: ${node.kind === 'words' ? node.words : ''}`)
    .join(', ');
}

function groupByName(
  fields: readonly (readonly [string, DataNode])[],
): (readonly [string, DataNode])[] {
  const groups = new Map<string, DataNode[]>();
  for (const [name, node] of fields) {
    const nodes = groups.get(name);
    if (nodes) nodes.push(node);
    else groups.set(name, [node]);
  }
  return [...groups].map(([name, nodes]) => {
    const [first] = nodes;
    return [name, nodes.length === 1 && first ? first : { kind: 'list', items: nodes }] as const;
  });
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
