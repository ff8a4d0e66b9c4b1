import { expect, test } from 'vitest';

import { commitOnce, journalOf, put, temporaryRoot, tree, write } from '../support/real.ts';

test.each([`${'n'.repeat(253)}.md`, `${'\u00e9'.repeat(127)}.md`])(
  '73: a name of 256 bytes or more refuses the whole set',
  async (name) => {
    const root = temporaryRoot();
    write(root, { 'a.md': 'before' });
    const attempt = commitOnce(journalOf(root), [put('a.md'), put(`new/${name}`)]);
    await expect(attempt).rejects.toMatchObject({ code: 'bad-path' });
    expect(tree(root)).toEqual({ 'a.md': 'before' });
  },
);
