import { expect, test } from 'vitest';

import { decodeConfig, defaults, setInConfig } from '../../src/knowledge-base/config.ts';
import { rawSettings } from '../../src/settings/config-file.ts';

test('what is missing has its default', () => {
  expect(decodeConfig(undefined)).toEqual(defaults);
  expect(decodeConfig('')).toEqual(defaults);
  expect(decodeConfig('# only a comment\n')).toEqual(defaults);
  expect(decodeConfig('model:\nlanguage: de\n')).toEqual({ ...defaults, language: 'de' });
});

test('the settings of the Python program are understood', () => {
  const config = decodeConfig(
    'concurrency: 3\nentity_types:\n- Person\n- Ship\nlanguage: en\nlitellm:\n  timeout: 600\nmodel: gpt-5.4\npageindex_threshold: 12\n',
  );
  expect(config).toEqual({
    ...defaults,
    model: 'gpt-5.4',
    language: 'en',
    pageindex_threshold: 12,
    entity_types: ['person', 'ship'],
    concurrency: 3,
    'litellm.timeout': 600,
  });
});

test.each([
  ['pageindex_threshold: 0', '"pageindex_threshold" cannot be 0'],
  ['pageindex_threshold: 1.5', '"pageindex_threshold" cannot be 1.5'],
  ['concurrency: true', '"concurrency" cannot be true'],
  ['concurrency: -1', '"concurrency" cannot be -1'],
  ['entity_types: person', '"entity_types" cannot be "person"'],
  ['entity_types: [person, 3]', '"entity_types" cannot be'],
  ['model: 7', '"model" cannot be 7'],
  ['- a', 'it holds no settings'],
  ['model: [', '.openkb/config.yaml'],
])('an unusable setting is named: %s', (text, why) => {
  expect(() => decodeConfig(text)).toThrow(
    expect.objectContaining({ code: 'config-unusable', message: expect.stringContaining(why) }),
  );
});

test('an empty list of entity types is none at all', () => {
  expect(decodeConfig('entity_types: []').entity_types).toEqual(defaults.entity_types);
});

test('a number in quotes counts as a number', () => {
  expect(decodeConfig('concurrency: "4"').concurrency).toBe(4);
});

test('setting a value keeps comments and every key that is not ours', () => {
  const before =
    '# mine\nmodel: gpt-5.4 # the good one\nlitellm:\n  extra_headers: {a: "b"}\nzeta: [1, 2]\n';
  expect(setInConfig(before, { model: 'extractive', concurrency: 2 })).toBe(
    '# mine\nmodel: extractive # the good one\nlitellm:\n  extra_headers: {a: "b"}\nzeta: [1, 2]\nconcurrency: 2\n',
  );
});

test('a text is parsed once, however often it is asked for, and nobody changes what others are given', () => {
  const text = 'model: a/b\nlitellm:\n  extra_headers: {x: "1"}\nmine: &a [1]\nother: *a\n';
  const first = rawSettings(text, 'one.yaml');
  expect(rawSettings(text, 'two.yaml')).toBe(first);
  expect(() => Object.assign(first['litellm'] as object, { timeout: 1 })).toThrow(TypeError);
  for (let n = 0; n < 9; n += 1) rawSettings(`model: a/b${n}`, 'others.yaml');
  expect(rawSettings(text, 'one.yaml')).toEqual(first);
});

test('what cannot be read is told with the name of each file that says it', () => {
  const text = 'a: [\n';
  expect(() => rawSettings(text, 'one.yaml')).toThrow('"one.yaml"');
  expect(() => rawSettings(text, 'two.yaml')).toThrow('"two.yaml"');
});
