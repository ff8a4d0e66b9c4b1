import fc from 'fast-check';
import { expect, test } from 'vitest';

import {
  type DownloadError,
  isWebAddress,
  parseAddress,
  scopeOf,
  withoutCredentials,
} from '../src/index.ts';

test.each([
  [
    'public',
    [
      '8.8.8.8',
      '1.1.1.1',
      '172.32.0.1',
      '100.128.0.1',
      '223.255.255.255',
      '2606:4700::1111',
      '64:ff9b::808:808',
      '::ffff:8.8.8.8',
      '2002:808:808::1',
      '11.0.0.0',
    ],
  ],
  [
    'private',
    [
      '10.0.0.1',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '100.64.0.1',
      '100.127.255.255',
      '198.18.0.1',
      '224.0.0.1',
      '255.255.255.255',
      'fd12:3456::1',
      'fc00::1',
      'ff02::1',
      '2001:db8::1',
      '::ffff:10.0.0.1',
      '::ffff:a00:1',
      '64:ff9b::a00:1',
      '2002:c0a8:101::',
    ],
  ],
  [
    'link',
    [
      '169.254.169.254',
      'fe80::1',
      'fe80::1%eth0',
      'FEBF::1',
      '::ffff:169.254.169.254',
      'fd00:ec2::254',
      '100.100.100.200',
      '168.63.129.16',
      '64:ff9b::a9fe:a9fe',
      '2002:a9fe:a9fe::',
    ],
  ],
  [
    'machine',
    [
      '127.0.0.1',
      '127.255.255.255',
      '0.0.0.0',
      '0.1.2.3',
      '::1',
      '::',
      '[::1]',
      '0:0:0:0:0:0:0:1',
      '::ffff:127.0.0.1',
      '::ffff:7f00:1',
      '::127.0.0.1',
      '64:ff9b::127.0.0.1',
      '2001:0:0:0:0:0:80ff:fffe',
      '',
      'localhost',
      '1.2.3',
      '1.2.3.256',
      '1::2::3',
      'g::1',
      '1:2:3:4:5:6:7',
      '1:2:3:4:5:6:7:8:9',
    ],
  ],
] as const)('%s addresses are told in every form', (scope, addresses) => {
  for (const address of addresses) expect([address, scopeOf(address)]).toEqual([address, scope]);
});

test('an IPv4 address and every IPv6 form of it are judged alike', () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      const hex = address.split('.').map((part) => Number(part).toString(16).padStart(2, '0'));
      const [high, low] = [hex.slice(0, 2).join(''), hex.slice(2).join('')];
      for (const form of [
        `::ffff:${address}`,
        `::ffff:${high}:${low}`,
        `64:ff9b::${address}`,
        `2002:${high}:${low}::1`,
      ])
        expect([form, scopeOf(form)]).toEqual([form, scopeOf(address)]);
    }),
  );
});

test('every address that can be written is judged, and the judgement is the same for long and short forms', () => {
  fc.assert(
    fc.property(fc.ipV6(), (address) => {
      const canonical = new URL(`http://[${address}]/`).hostname;
      expect(scopeOf(address)).toBe(scopeOf(canonical));
    }),
  );
});

test('a URL is shown without its credentials, whatever they hold', () => {
  const credential = fc.stringMatching(/^[\w!$&'()*+,;=:@%.~-]{1,20}$/);
  fc.assert(
    fc.property(credential, (secret) => {
      expect(withoutCredentials(`https://${secret}@example.org/a@b?c=@d`)).toBe(
        'https://example.org/a@b?c=@d',
      );
    }),
  );
  for (const same of ['https://example.org/@ana', 'https://example.org?m=a@b.c', 'notes.md'])
    expect(withoutCredentials(same)).toBe(same);
});

test('the query is kept, the fragment and the credentials are not', () => {
  const { url, authorization } = parseAddress(' https://ana:x@Example.org:443/a?token=1#part ');
  expect([url.href, authorization]).toEqual([
    'https://example.org/a?token=1',
    `Basic ${btoa('ana:x')}`,
  ]);
});

test.each([
  ['file:///home/ana/my%20notes.md', 'Name the file by its path: /home/ana/my notes.md'],
  ['ftp://ana:secret@example.org/x.pdf', 'Download it with another program and add the file.'],
  ['data:text/plain,hello', 'Save its content as a file and add that.'],
])('%s is refused with what to do', (text, hint) => {
  expect(isWebAddress(text)).toBe(true);
  const error = thrownBy(() => parseAddress(text));
  expect(error).toMatchObject({ code: 'unsupported-scheme', hint });
  expect(error.message).not.toContain('secret');
});

test.each(['https://', 'http://ex ample.org', 'https://ana:secret@exa mple/'])(
  '"%s" is no URL',
  (text) => {
    const error = thrownBy(() => parseAddress(text));
    expect(error.code).toBe('bad-url');
    expect(`${error.message}${error.stack}${JSON.stringify(error.cause)}`).not.toContain('secret');
  },
);

test('paths are no web addresses', () => {
  for (const path of ['notes.md', 'C:\\notes.md', 'C:/notes.md', './https', 'a:b.md', '/http://x'])
    expect([path, isWebAddress(path)]).toEqual([path, false]);
  for (const url of ['https://x.org', 'HTTP://X.org', 'https:/x.org', 'gopher://x.org'])
    expect([url, isWebAddress(url)]).toEqual([url, true]);
});

function thrownBy(work: () => unknown): DownloadError {
  try {
    work();
  } catch (error) {
    return error as DownloadError;
  }
  throw new Error('it did not throw');
}
