import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

import { plainYaml } from '../../src/settings/plain-yaml.ts';

test('settings as they usually are need no YAML parser', () => {
  const text = `# Ours
model: openai/gpt-4.1-mini

language: en
pageindex_threshold: 20
entity_types:
  - person
  - work
`;
  expect(plainYaml(text)).toEqual({
    model: 'openai/gpt-4.1-mini',
    language: 'en',
    pageindex_threshold: 20,
    entity_types: ['person', 'work'],
  });
});

test('what is read without the parser is what the parser reads', () => {
  const value = fc.oneof(
    fc.constantFrom('true', 'False', 'NULL', 'yes', 'no', 'on', 'e5', 'Infinity', 'NaN', 'a: b'),
    fc.constantFrom('0', '007', '12', '0x1F', '0o7', '1e3', '1.5', '-1', '.inf', '~', '2001-01-01'),
    fc.constantFrom('"x"', "'x'", '[a, b]', '{a: b}', '|', '>', '&a b', '*a', '!!str 1', 'a #b'),
    fc.constantFrom('word', 'a/b-c.d', 'a ', 'é', 'a\tb', '- x', 'x:', 'a:b'),
    fc.stringMatching(/^[\w./-]{1,6}$/),
  );
  const name = fc.constantFrom(
    'model',
    'language',
    'a_b',
    'x1',
    '__proto__',
    'constructor',
    'Ü',
    '1',
  );
  const good = fc.tuple(
    fc.constantFrom('model', 'a_b', 'x1'),
    fc.constantFrom('word', '7', 'a/b-c.d'),
  );
  const line = fc.oneof(
    { weight: 8, arbitrary: good.map(([one, two]) => `${one}: ${two}`) },
    { weight: 8, arbitrary: good.map(([one]) => `${one}:\n  - a\n  - b`) },
    fc.tuple(name, value).map(([one, two]) => `${one}: ${two}`),
    fc.tuple(name, value).map(([one, two]) => `${one}:\n  - ${two}`),
    value.map((one) => `  - ${one}`),
    value.map((one) => `- ${one}`),
    name.map((one) => `${one}:`),
    fc.constantFrom(
      '',
      '# c',
      '#c',
      ' # c',
      '---',
      '...',
      '  x: y',
      '\t- a',
      'a: b\r',
      '%YAML 1.2',
    ),
  );
  let read = 0;
  fc.assert(
    fc.property(fc.array(line, { maxLength: 5 }), fc.constantFrom('', '\n'), (lines, end) => {
      const text = lines.join('\n') + end;
      const plain = plainYaml(text);
      if (plain === undefined) return;
      read += 1;
      expect(plain).toEqual(parse(text));
    }),
    { numRuns: 3000 },
  );
  expect(read).toBeGreaterThan(200);
});
