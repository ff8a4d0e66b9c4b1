import { expect, test } from 'vitest';

import { checkWiki, defaultConventions, parseLinks, readFrontMatter } from '../src/index.ts';

test('the conventions name the language and every folder, and are a page without faults', () => {
  const page = defaultConventions('pt-BR');
  expect(page).toContain('pt-BR');
  for (const folder of [
    'summaries',
    'concepts',
    'entities',
    'explorations',
    'sources',
    'reports',
  ]) {
    expect(page).toContain(`\`${folder}/\``);
  }
  expect(readFrontMatter(page)['type']).toBe('Conventions');
  expect(parseLinks(page)).toEqual([]);
  expect(checkWiki(new Map([['AGENTS.md', page]]))).toEqual([]);
});

test('the conventions are short, because every request carries them', () => {
  expect(defaultConventions('en').split(/\s+/).length).toBeLessThan(600);
});
