import type { Installation } from '../services.ts';
import type { Finding } from './finding.ts';

/** The oldest Node.js that the program is made for, as in package.json. */
const OLDEST = [20, 19] as const;

export function installationFindings({ node, koffi, pdfium }: Installation): Finding[] {
  return [nodeFinding(node), koffiFinding(koffi), pdfiumFinding(pdfium)];
}

function nodeFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const name = 'node';
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]))
    return { name, status: 'ok', text: `Node.js ${version}` };
  return {
    name,
    status: 'broken',
    text: `Node.js ${version} is too old`,
    hint: `Install Node.js ${OLDEST.join('.')} or later.`,
  };
}

function koffiFinding(fault: string | undefined): Finding {
  const name = 'koffi';
  if (fault === undefined) return { name, status: 'ok', text: 'the kernel is called directly' };
  return {
    name,
    status: 'note',
    text: `koffi cannot be loaded (${fault}); locks are taken in another way`,
    hint: 'Install openkb with its optional dependencies.',
  };
}

function pdfiumFinding(fault: string | undefined): Finding {
  const name = 'pdfium';
  if (fault === undefined) return { name, status: 'ok', text: 'PDF can be read' };
  return {
    name,
    status: 'broken',
    text: `PDF cannot be read: ${fault}`,
    hint: 'Install openkb again.',
  };
}
