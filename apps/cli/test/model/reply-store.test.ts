import { existsSync, mkdirSync, readdirSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { knowledgeBaseAt } from '../../src/knowledge-base/open.ts';
import { documentReplies, removeOldReplies } from '../../src/model/reply-store.ts';
import { read, write } from '../helpers/knowledge-base.ts';
import { servicesIn, temporaryDirectory } from '../helpers/run.ts';

function started() {
  const root = temporaryDirectory(onTestFinished);
  mkdirSync(join(root, '.openkb'));
  const services = servicesIn(root);
  return { root, replies: documentReplies(knowledgeBaseAt(services, root, 'test'), services) };
}

test('what was answered is given back until its document is committed', () => {
  const { root, replies } = started();
  void replies.set('k', 'answer');
  expect(replies.get('k')).toBe('answer');
  replies.forget();
  expect(readdirSync(join(root, '.openkb/cache/replies'))).toEqual([]);
});

for (const linked of ['.openkb/cache', '.openkb/cache/replies'])
  test(`nothing is read, written or removed through a link in the place of ${linked}`, () => {
    const { root, replies } = started();
    write(root, { 'theirs/k': 'theirs', 'theirs/replies/k': 'theirs' });
    mkdirSync(join(root, linked, '..'), { recursive: true });
    symlinkSync(join(root, 'theirs'), join(root, linked));
    expect(replies.get('k')).toBeUndefined();
    expect(() => replies.set('other', 'answer')).toThrow('must be a directory');
    void replies.delete('k');
    replies.forget();
    expect(read(root, 'theirs/k')).toBe('theirs');
    expect(read(root, 'theirs/replies/k')).toBe('theirs');
    expect(existsSync(join(root, 'theirs/other'))).toBe(false);
  });

test('answers that nobody came back for in a month go, younger ones stay', () => {
  const { root, replies } = started();
  void replies.set('old', 'answer');
  void replies.set('young', 'answer');
  const directory = join(root, '.openkb/cache/replies');
  const day = 24 * 3600;
  const now = Date.now() / 1000;
  utimesSync(join(directory, 'old'), now - 31 * day, now - 31 * day);
  utimesSync(join(directory, 'young'), now - 29 * day, now - 29 * day);
  removeOldReplies(knowledgeBaseAt(servicesIn(root), root, 'test'), new Date());
  expect(readdirSync(directory)).toEqual(['young']);
});
