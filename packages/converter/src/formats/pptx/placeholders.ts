/** What a slide's shape takes from its layout and the layout from its master (ECMA-376 part 1, 19.3.1.36). */
import { tolerant, type OfficePackage, type Relationship } from '../../ooxml/package.ts';
import { at, child, descendants } from '../../xml/find-elements.ts';
import type { XmlElement } from '../../xml/read-xml.ts';
import type { Box } from './reading-order.ts';

export interface Placeholder {
  /** `title`, `ctrTitle`, `body`, `subTitle`, `ftr`, `dt`, `sldNum`, ... */
  readonly type: string;
  readonly index: string;
}

/** A slide's master parts from the nearest outwards, with the styles of its texts. */
export interface Template {
  readonly parts: readonly XmlElement[];
  readonly styles: XmlElement | undefined;
}

/** `undefined` for a shape that is none. */
export function placeholderOf(shape: XmlElement): Placeholder | undefined {
  const properties = shape.children.find(({ name }) => /^nv\w*Pr$/.test(name));
  const placeholder = at(properties, 'nvPr', 'ph');
  if (placeholder === undefined) return undefined;
  const { type = 'body', idx: index = '' } = placeholder.attributes;
  return { type, index };
}

export function readTemplate(
  office: OfficePackage,
  relationships: ReadonlyMap<string, Relationship>,
): Template {
  const layout = partOf(relationships, 'slideLayout');
  const master = layout && partOf(office.relationships(layout), 'slideMaster');
  const roots = [layout, master].map((path) => path && tolerant(() => office.root(path)));
  const [, masterRoot] = roots;
  return {
    parts: roots.flatMap((root) => (root ? [root] : [])),
    styles: masterRoot ? child(masterRoot, 'txStyles') : undefined,
  };
}

function partOf(
  relationships: ReadonlyMap<string, Relationship>,
  type: string,
): string | undefined {
  return [...relationships.values()].find((one) => one.type === type && !one.external)?.target;
}

/** The shapes of the layout and the master that a placeholder fills, the nearest first. */
export function inheritedShapes(placeholder: Placeholder, { parts }: Template): XmlElement[] {
  return parts.flatMap((part) => {
    const shapes = descendants(child(part, 'cSld'), 'sp').flatMap((shape) => {
      const other = placeholderOf(shape);
      return other ? [{ shape, other }] : [];
    });
    const byIndex = shapes.find(
      ({ other }) => placeholder.index !== '' && other.index === placeholder.index,
    );
    const byType = shapes.find(({ other }) => kindOf(other.type) === kindOf(placeholder.type));
    const found = byIndex ?? byType;
    return found ? [found.shape] : [];
  });
}

/** Types that stand for each other between a layout and its master. */
function kindOf(type: string): string {
  if (type === 'ctrTitle') return 'title';
  return /^(?:body|obj|subTitle|tbl|chart|dgm|pic|media|clipArt)$/.test(type) ? 'body' : type;
}

export function boxOf(shape: XmlElement): Box | undefined {
  const frame = at(shape, 'spPr', 'xfrm') ?? child(shape, 'xfrm') ?? at(shape, 'grpSpPr', 'xfrm');
  const [offset, extent] = [child(frame, 'off'), child(frame, 'ext')];
  if (offset === undefined || extent === undefined) return undefined;
  const [left, top, width, height] = [
    offset.attributes['x'],
    offset.attributes['y'],
    extent.attributes['cx'],
    extent.attributes['cy'],
  ].map(Number) as [number, number, number, number];
  const box = { top, left, width, height };
  return Object.values(box).every((value) => Number.isFinite(value)) ? box : undefined;
}
