/* oxlint-disable no-await-in-loop -- a person does one thing after the other */
/* What pages of anybody's may hold, in a real browser: it is shown, and runs nothing. */
import { afterAll, expect, test } from 'vitest';

import { closeBrowser, noBrowser, openFile, where } from './support/browser.ts';
import { graphFile, page } from './support/wiki.ts';

afterAll(closeBrowser);

const EVIL = [
  '<script>window.ran = 1; alert(1)</script>',
  '</script><script>window.ran = 2</script>',
  '<img src=x onerror="window.ran = 3">',
  '[link](javascript:window.ran=4) [data](data:text/html,<script>1</script>)',
  '![picture](https://example.invalid/beacon.png) ![other](//example.invalid/b.png)',
  '[up](../../../../etc/passwd) [[../../etc/passwd]] [[__proto__]] [[constructor|c]] [p](__proto__)',
  '<a href="javascript:window.ran=5">a</a> <svg onload="window.ran=6"> <!-- --> --!> <style>*{display:none}</style>',
  'line\u2028and paragraph\u2029separators, \u0000 nothing, \uD800 half a letter, \u202Ereversed',
].join('\n\n');

test.skipIf(noBrowser)(`hostile content is text, and runs nothing${where}`, async () => {
  const file = graphFile({
    'concepts/evil.md': page('<b onclick=1>', '</title><script>window.ran=7</script>', EVIL),
    'concepts/__proto__.md': page('Concept', '__proto__', 'No [[concepts/evil]].'),
  });
  const view = await openFile(file);
  await view.fill('#search', 'javascript');
  await view.keyboard.press('Enter');
  const text = (await view.locator('#text').textContent()) ?? '';
  expect(text).toContain('</script><script>window.ran = 2</script>');
  expect(text).toContain('<img src=x onerror="window.ran = 3">');
  expect(text).toContain('line\u2028and paragraph');
  expect(await view.locator('#kind').textContent()).toContain('<b onclick=1>');
  const links = await view
    .locator('#text a')
    .evaluateAll((all: { getAttribute(name: string): string | null }[]) =>
      all.map((one) => one.getAttribute('href')),
    );
  // only that to the page of a strange name
  expect(links).toEqual(['#']);
  expect(await view.locator('#text img, #text script, #text svg, #text style').count()).toBe(0);
  await view.evaluate(`for (const one of document.querySelectorAll('#text *')) one.click()`);
  expect(await view.evaluate('window.ran')).toBeUndefined();
  expect(await view.title()).toContain('__proto__');
});

test.skipIf(noBrowser)(
  `the policy of the page lets no other script, style or request through${where}`,
  async () => {
    const view = await openFile(graphFile({ 'concepts/a.md': page('Concept', 'A', 'b') }), {
      expectBlocked: true,
    });
    const blocked = await view.evaluate<string[]>(`new Promise((done) => {
    const blocked = [];
    document.addEventListener('securitypolicyviolation', (event) => {
      blocked.push(event.effectiveDirective);
      if (blocked.length === 4) done(blocked.sort());
    });
    const add = (tag, values) => document.body.append(Object.assign(document.createElement(tag), values));
    add('script', { textContent: 'window.ran = 1' });
    add('style', { textContent: 'body { color: red }' });
    add('img', { src: 'https://example.invalid/a.png' });
    fetch('https://example.invalid/').catch(() => {});
  })`);
    expect(blocked).toEqual(['connect-src', 'img-src', 'script-src-elem', 'style-src-elem']);
  },
);

test.skipIf(noBrowser)(
  `titles of any script are shown, found and cut between letters${where}`,
  async () => {
    const titles = ['مصباح الغاز', '光の塔', '👩‍👩‍👧‍👦'.repeat(40), 'הפנס', 'Ωμέγα', 'naïve'];
    const pages = titles.map((title, n) => [`concepts/t-${n}.md`, page('Concept', title, title)]);
    const view = await openFile(graphFile(Object.fromEntries(pages) as Record<string, string>));
    for (const title of titles) {
      await view.fill('#search', title.toUpperCase());
      expect(await view.locator('#results button').first().textContent()).toBe(title);
      await view.keyboard.press('Enter');
      expect(await view.locator('#text h1').textContent()).toBe(title);
    }
  },
);

test.skipIf(noBrowser)(
  `a page of two megabytes and a table of many rows open, piece by piece${where}`,
  async () => {
    const long =
      'A sentence of a page that nobody cut into pieces, with [[concepts/table]].\n\n'.repeat(
        27_000,
      );
    const rows =
      '| a | b | c | d |\n|---|---|---|---|\n' + '| 1 | `2` | **3** | 4 |\n'.repeat(10_000);
    const view = await openFile(
      graphFile({
        'concepts/long.md': page('Concept', 'Long', `${long}The end.`),
        'concepts/table.md': page('Concept', 'Table', rows),
      }),
    );
    for (const name of ['Long', 'Table']) {
      await view.fill('#search', name);
      await view.keyboard.press('Enter');
      expect(await view.locator('#text h1').textContent()).toBe(name);
      const before = (await view.locator('#text').textContent())?.length ?? 0;
      expect(before).toBeLessThan(150_000);
      await view.getByRole('button', { name: 'Show more of this page' }).click();
      const after = (await view.locator('#text').textContent())?.length ?? 0;
      expect(after).toBeGreaterThan(before * 1.5);
    }
  },
);
