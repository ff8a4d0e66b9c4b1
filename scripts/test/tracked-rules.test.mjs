import assert from 'node:assert/strict';
import { test } from 'node:test';

import { links, machinePath, registry } from '../support/tracked-rules.mjs';

const host = ['registry', 'npmjs', 'org'].join('.');

test('a registry is found in whatever file it stands', () => {
  for (const text of [
    `resolution: https://${host}/a`,
    `see ${host}`,
    `https://${['npm', 'proxy'].join('-')}.example.com/a`,
    'a=1\nregistry=x',
    '@openkb:registry = x',
  ]) {
    assert.equal(registry({ path: 'a.txt', text }).length, 1, text);
  }
  assert.equal(registry({ path: 'pnpm-lock.yaml', text: 'https://example.com' }).length, 1);
  assert.deepEqual(registry({ path: 'a.md', text: 'the registry of https://example.com' }), []);
});

test('the place of a finding is the line that holds it', () => {
  assert.equal(registry({ path: 'a.txt', text: `\n\nx ${host}` })[0].where, 'a.txt:3');
});

test('paths of this machine are found, and single names are left alone', () => {
  const rule = machinePath(['/srv/checkout', '/kb']);
  assert.equal(rule({ path: 'a.ts', text: 'open("/srv/checkout/a")' }).length, 1);
  assert.deepEqual(rule({ path: 'a.ts', text: 'open("/kb/wiki")' }), []);
});

test('a relative link that leads nowhere is found', () => {
  const rule = links(['README.md', 'docs/a.md', 'packages/x/README.md']);
  const targets = (text, path = 'README.md') => rule({ path, text }).length;
  assert.equal(targets('[a](docs/a.md) [b](docs/) [c](https://x.org) [d](#e) [f](docs/a.md#g)'), 0);
  assert.equal(targets('[a](docs/b.md)'), 1);
  assert.equal(targets('[a](../../docs/a.md)', 'packages/x/README.md'), 0);
  assert.equal(targets('`[a](no.md)`\n```\n[a](no.md)\n```\n'), 0);
});
