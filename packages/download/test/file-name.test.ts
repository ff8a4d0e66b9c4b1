import fc from 'fast-check';
import { expect, test } from 'vitest';

import { fileNameOf } from '../src/file-name.ts';

const nameOf = (path: string, disposition?: string, final = path) => {
  const answer = {
    status: 200,
    header: (name: string) => (name === 'content-disposition' ? disposition : undefined),
    body: (async function* () {})(),
    address: '',
    close: () => {},
  };
  return fileNameOf(
    answer,
    new URL(`https://example.org${path}`),
    new URL(`https://cdn.example.org${final}`),
  );
};

test.each([
  [`attachment; filename="a b.pdf"`, 'a b.pdf'],
  [`attachment; filename=plain.pdf; size=3`, 'plain.pdf'],
  [`attachment; filename="say \\"hi\\".pdf"`, 'say "hi".pdf'],
  [`attachment; filename="x.pdf"; filename*=UTF-8''na%C3%AFve%20%E2%82%AC.pdf`, 'naïve €.pdf'],
  [`attachment; filename*=iso-8859-1'en'%A3.pdf`, '£.pdf'],
  [Buffer.from('attachment; filename="報告.pdf"').toString('latin1'), '報告.pdf'],
  [`attachment; filename="caf\u00E9.pdf"`, 'café.pdf'],
  [`attachment; filename="my%20paper.pdf"`, 'my paper.pdf'],
  [`attachment; filename="../../etc/passwd"`, 'passwd'],
  [`attachment; filename="..\\\\..\\\\boot.ini"`, 'boot.ini'],
  [`attachment; filename=".."`, 'url.pdf'],
  [`attachment; filename=""`, 'url.pdf'],
  ['inline', 'url.pdf'],
])('%s names it %s', (disposition, name) => {
  expect(nameOf('/url.pdf', disposition)).toBe(name);
});

test('without a name from the server the path names it, the end with an ending first', () => {
  expect(nameOf('/a/b%20c.pdf')).toBe('b c.pdf');
  expect(nameOf('/report.pdf', undefined, '/blob/77aa')).toBe('report.pdf');
  expect(nameOf('/go', undefined, '/x/final.pdf?sig=1')).toBe('final.pdf');
  expect(nameOf('/wiki/Argand_lamp/')).toBe('Argand_lamp');
  expect(nameOf('/pdf/2509.11420')).toBe('2509.11420');
  expect(nameOf('/')).toBe('cdn.example.org');
  expect(nameOf('/%ff%fe.pdf')).toBe('%ff%fe.pdf');
  expect(nameOf('/a%2Fb%2f..%2fc.pdf')).toBe('c.pdf');
});

test('no name leads anywhere or hides anything', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      const name = nameOf(
        '/x',
        `attachment; filename*=UTF-8''${encodeURIComponent(text.replace(/\p{Cs}/gu, '?'))}`,
      );
      expect(name).toMatch(/^[^/\\\p{Cc}\u202E]+$/u);
      expect(name).not.toMatch(/^\.+$/);
      expect(name.length).toBeLessThanOrEqual(255);
    }),
  );
});
