import type { ConversionMessage } from '../document.ts';

/** What an Office file has that is never used. */
export function officeMessages(
  files: ReadonlyMap<string, Uint8Array>,
  externalPictures: number,
): ConversionMessage[] {
  const hasMacros = [...files.keys()].some((path) => /vbaProject\.bin$/i.test(path));
  return [...(hasMacros ? [MACROS] : []), ...(externalPictures > 0 ? [EXTERNAL_IMAGE] : [])];
}

const MACROS: ConversionMessage = {
  level: 'info',
  code: 'macros-left-out',
  text: 'The file has macros: they are neither run nor read.',
};

const EXTERNAL_IMAGE: ConversionMessage = {
  level: 'warning',
  code: 'external-image',
  text: 'A picture outside of the document is left out: such links are never followed.',
};
