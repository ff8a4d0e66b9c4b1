/* oxlint-disable no-await-in-loop, vitest/valid-expect -- a person does one thing after the other, and each expectation names its own */
/* The page of `visualize` as a person uses it, in a real browser. */
import { afterAll, expect, test } from 'vitest';

import { closeBrowser, drawn, focused, noBrowser, openFile, where } from './support/browser.ts';
import { five, graphFile } from './support/wiki.ts';

afterAll(closeBrowser);

const still = { reducedMotion: 'reduce' } as const;

test.skipIf(noBrowser)(
  `words that are typed list the pages that have them, and stand out${where}`,
  async () => {
    const page = await openFile(graphFile(five), still);
    expect(await page.locator('#counts').textContent()).toBe('5 pages, 4 links');
    await page.keyboard.press('/');
    expect(await focused(page)).toBe('search');
    const all = await drawn(page);
    await page.keyboard.type('aime');
    expect(await page.locator('#results button').allTextContents()).toEqual(['Aimé Argand']);
    expect(await drawn(page)).not.toBe(all);
    await page.fill('#search', 'lens before');
    expect(await page.locator('#results mark').allTextContents()).toEqual([
      'Lens',
      'Lens',
      'lens',
      'before',
    ]);
    await page.fill('#search', 'nowhere');
    expect(await page.locator('#found').textContent()).toBe('No page has these words');
    await page.keyboard.press('Escape');
    expect(await page.locator('#search').inputValue()).toBe('');
    expect(await page.locator('#results button').count()).toBe(5);
  },
);

test.skipIf(noBrowser)(
  `the keyboard alone finds, opens, follows and closes a page${where}`,
  async () => {
    const page = await openFile(graphFile(five), still);
    await page.keyboard.press('/');
    await page.keyboard.type('l');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const second = await focused(page);
    await page.keyboard.press('Enter');
    expect(await focused(page)).toBe('text');
    expect(second).toContain(await page.locator('#text h1').textContent());
    await page.keyboard.press('Tab');
    expect(await page.evaluate(`document.activeElement.matches('#panel :focus-visible')`)).toBe(
      true,
    );
    await page.keyboard.press('Enter');
    expect(second).not.toContain(await page.locator('#text h1').textContent());
    await page.keyboard.press('Escape');
    expect(await page.locator('#panel').isVisible()).toBe(false);
    expect(await focused(page)).toBe(second);
    await page.fill('#search', 'lens');
    await page.keyboard.press('Enter');
    expect(await page.locator('#text h1').textContent()).toBe('Lens');
  },
);

test.skipIf(noBrowser)(
  `every control is reached by Tab, in order, and its focus is seen${where}`,
  async () => {
    const page = await openFile(graphFile(five), still);
    const seen: string[] = [];
    for (let n = 0; n < 12; n += 1) {
      await page.keyboard.press('Tab');
      seen.push(await focused(page));
      const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle');
      expect(outline, seen.at(-1)).not.toBe('none');
    }
    expect(seen.slice(0, 3)).toEqual(['graph', 'theme', 'search']);
    expect(seen.slice(-5).toSorted()).toEqual(['Aimé Argand', 'Lamp', 'Lens', 'On lamps', 'Why?']);
  },
);

test.skipIf(noBrowser)(
  `a link in the text opens its page, and Back the one before${where}`,
  async () => {
    const page = await openFile(graphFile(five), still);
    await page.fill('#search', 'lens');
    await page.keyboard.press('Enter');
    await page.locator('#text a', { hasText: 'lamp' }).click();
    const heading = page.locator('#text h1');
    expect(await heading.textContent()).toBe('Lamp');
    expect(await page.title()).toContain('Lamp');
    await page.goBack();
    expect(await heading.textContent()).toBe('Lens');
    expect(await page.locator('#text .missing').textContent()).toBe('gone');
    await page.goForward();
    expect(await heading.textContent()).toBe('Lamp');
    await page.locator('#near button', { hasText: 'Aimé' }).click();
    expect(await heading.textContent()).toBe('Aimé Argand');
  },
);

test.skipIf(noBrowser)(
  `a click on a page of the graph opens it; drags and the wheel do not${where}`,
  async () => {
    const page = await openFile(graphFile({ 'concepts/lamp.md': five['concepts/lamp.md'] }), still);
    // the only page is in the middle of what the card at the side leaves
    const side = await page.locator('#side').boundingBox();
    const x = ((side?.x ?? 0) + (side?.width ?? 0) + 1280) / 2;
    const before = await drawn(page);
    await page.mouse.move(x, 400);
    await page.mouse.down();
    await page.mouse.move(x + 90, 450, { steps: 4 });
    await page.mouse.up();
    expect(await drawn(page)).not.toBe(before);
    expect(await page.locator('#panel').isVisible()).toBe(false);
    await page.mouse.click(x, 400);
    expect(await page.locator('#panel').isVisible()).toBe(false);
    await page.mouse.move(x + 90, 450);
    await page.mouse.wheel(0, -600);
    await page.mouse.click(x + 90, 450);
    expect(await page.locator('#text h1').textContent()).toBe('Lamp');
    await page.keyboard.press('Escape');
    await page.keyboard.press('0');
    await page.mouse.move(5, 795);
    expect(await drawn(page)).toBe(before);
  },
);
