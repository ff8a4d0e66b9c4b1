import { expect, test } from 'vitest';

import { scriptedModel, type ScriptedRequest } from '../src/scripted-model/index.ts';

const ask = (content: string): ScriptedRequest => ({ messages: [{ role: 'user', content }] });
const passOf = ({ messages }: ScriptedRequest) => messages.at(-1)?.content ?? '';

test('answers go by key and by how often it was asked, the last again and again', async () => {
  const model = scriptedModel({
    passOf,
    replies: {
      a: [{ text: 'first' }, { object: { second: true } }],
      b: ({ attempt, prompt }) => ({ text: `${prompt}${attempt}` }),
      '*': { text: 'other', finishReason: 'length' },
    },
  });
  const texts = [];
  for (const key of ['a', 'a', 'a', 'b', 'b', 'c'])
    // oxlint-disable-next-line no-await-in-loop -- one after the other is what is tested
    texts.push((await model.generate(ask(key))).text);
  expect(texts).toEqual(['first', '{"second":true}', '{"second":true}', 'b0', 'b1', 'other']);
  expect(await model.generate(ask('c'))).toMatchObject({ finishReason: 'length' });
  expect(model.keys()).toEqual(['a', 'a', 'a', 'b', 'b', 'c', 'c']);
  expect(model.mostAtOnce()).toBe(1);
});

test('a request that the script does not know, an error of the script and an aborted signal reject', async () => {
  const error = new Error('down');
  const model = scriptedModel({ passOf, replies: { down: { error }, up: { text: 'x' } } });
  await expect(model.generate(ask('nobody'))).rejects.toThrow('no answer for "nobody"');
  await expect(model.generate(ask('down'))).rejects.toBe(error);
  const signal = AbortSignal.abort(error);
  await expect(model.generate({ ...ask('up'), signal })).rejects.toBe(error);
});

test('requests that wait are answered in the order that the test picks', async () => {
  const replies = { '*': { text: 'x' } };
  const model = scriptedModel({ passOf, replies, pick: (waiting) => waiting.length - 1 });
  const done: string[] = [];
  await Promise.all(
    ['a', 'b', 'c'].map(async (key) => {
      await model.generate(ask(key));
      done.push(key);
    }),
  );
  expect(done).toEqual(['c', 'b', 'a']);
  expect(model.mostAtOnce()).toBe(3);
});
