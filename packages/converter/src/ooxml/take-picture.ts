import type { ImageStore } from '../images/image-store.ts';
import { IMAGE_SCHEME } from '../link-images.ts';
import { descendants } from '../xml/find-elements.ts';
import type { XmlElement } from '../xml/read-xml.ts';
import { relationOf, type OfficePackage, type Relationship } from './package.ts';

export interface PictureStore {
  readonly office: OfficePackage;
  readonly store: ImageStore;
  /** Called for a picture that lies outside of the package, which is never followed. */
  readonly onExternal: () => void;
}

/** Takes the picture that a `blip` shows; its address, or `undefined` when it is left out. */
export function takePicture(
  element: XmlElement,
  relationships: ReadonlyMap<string, Relationship>,
  { office, store, onExternal }: PictureStore,
  page?: number,
): string | undefined {
  for (const blip of descendants(element, 'blip')) {
    const relation =
      relationOf(blip, 'embed', relationships) ?? relationOf(blip, 'link', relationships);
    if (relation === undefined) continue;
    if (relation.external) {
      onExternal();
      continue;
    }
    const bytes = office.files.get(relation.target);
    if (bytes === undefined) continue;
    const name = store.add(bytes, {
      suggestion: relation.target,
      ...(page !== undefined && { page }),
    });
    if (name !== undefined) return IMAGE_SCHEME + name;
  }
  return undefined;
}

/** Names that programs give to pictures, and what they say of descriptions of their own. */
const GENERATED_NAME =
  /^(?:(?:picture|image|graphic|grafik|bild|afbeelding|imagen|immagine|obraz)\s*\d*|\S+\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|svg))$/i;
const GENERATED_NOTE =
  /\s*(?:Description automatically generated(?: with [a-z ]+)?|AI-generated content may be incorrect\.?)$/i;

/** The words that stand for a picture, as its `descr` has them. */
export function altOf(element: XmlElement): string {
  return plainAlt(descendants(element, 'cNvPr')[0]?.attributes['descr'] ?? '');
}

/** Without what programs put there by themselves. */
export function plainAlt(text: string): string {
  const alt = text.replace(/\s+/g, ' ').trim().replace(GENERATED_NOTE, '');
  return GENERATED_NAME.test(alt) ? '' : alt;
}
