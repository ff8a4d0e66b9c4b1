/** The knowledge base that `openkb use` chose: `default_kb` in the user's file, with `known_kbs` beside it. */
import { Document, isMap, parseDocument } from 'yaml';

import type { Services } from '../services.ts';
import { readSettings } from './config-file.ts';
import { readUserFile } from './user-file.ts';

/** Absolute, as it was chosen; nothing may be there any more. A file that is no YAML chooses none. */
export function defaultRoot(
  services: Pick<Services, 'environment' | 'fileSystem'>,
): string | undefined {
  const text = readUserFile(services)?.text ?? '';
  if (!text.includes('default_kb')) return undefined;
  const document = parseDocument(text, { logLevel: 'silent' });
  const root = isMap(document.contents) ? document.get('default_kb') : undefined;
  return typeof root === 'string' && root !== '' ? root : undefined;
}

/**
 * The file's text with this choice, which is also noted as known.
 *
 * @throws {CliError} `config-unusable` where the file is no YAML
 */
export function setDefaultRoot(text: string, root: string | undefined): string {
  readSettings(text, 'your own settings'); // what cannot be read is not written over
  const document = text.trim() === '' ? new Document({}) : parseDocument(text);
  if (root === undefined) document.delete('default_kb');
  else {
    document.set('default_kb', root);
    const known = (document.toJS() as { known_kbs?: unknown }).known_kbs;
    const all = Array.isArray(known) ? (known as unknown[]) : [];
    if (!all.includes(root)) document.set('known_kbs', document.createNode([...all, root]));
  }
  return document.toString({ lineWidth: 0 });
}
