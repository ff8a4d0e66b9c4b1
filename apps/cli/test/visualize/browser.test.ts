/* oxlint-disable no-await-in-loop, vitest/valid-expect -- a person does one thing after the other, and each expectation names its own */
/* The page of `visualize` as a person uses it, in a real browser. */
import { afterAll, expect, test } from 'vitest';

import {
  closeBrowser,
  drawn,
  focused,
  noBrowser,
  openFile,
  pixelsOf,
  where,
} from './support/browser.ts';
import { five, graphFile, many } from './support/wiki.ts';

afterAll(closeBrowser);

/** Of the light theme. */
const [GREEN, BLUE] = [
  [0x2c, 0x8a, 0x4b],
  [0x2f, 0x6f, 0xb3],
];
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

test.skipIf(noBrowser)(`a type that is unticked is neither drawn nor found${where}`, async () => {
  const page = await openFile(graphFile(five), still);
  expect(await pixelsOf(page, GREEN ?? [])).toBeGreaterThan(100);
  await page.getByLabel('Concepts').uncheck();
  expect(await pixelsOf(page, GREEN ?? [])).toBe(0);
  expect(await pixelsOf(page, BLUE ?? [])).toBeGreaterThan(50);
  await page.fill('#search', 'lamp');
  const found = await page.locator('#results button > span:last-child').allTextContents();
  expect(found.some((one) => one.startsWith('On lamps'))).toBe(true);
  expect(found).not.toContain('Lamp');
  await page.getByLabel('Concepts').check();
  expect(await pixelsOf(page, GREEN ?? [])).toBeGreaterThan(100);
});

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

test.skipIf(noBrowser)(
  `the theme is that of the system until somebody chooses, and is readable${where}`,
  async () => {
    const file = graphFile(five);
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await openFile(file, { ...still, colorScheme });
      await page.fill('#search', 'lamp');
      await page.keyboard.press('Enter');
      for (const { what, ratio, least } of await contrasts(page))
        expect(ratio, `${colorScheme}: ${what}`).toBeGreaterThanOrEqual(least);
      const ground = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
      const first = await ground();
      expect(first).toBe(colorScheme === 'light' ? 'rgb(247, 247, 245)' : 'rgb(21, 23, 28)');
      await page.getByRole('button', { name: 'Switch between light and dark' }).click();
      expect(await ground()).not.toBe(first);
    }
  },
);

/** How far texts, the signs of types, and edges of fields stand out (WCAG 2.2, 1.4.3 and 1.4.11). */
const contrasts = async (page: Awaited<ReturnType<typeof openFile>>) =>
  page.evaluate<{ what: string; ratio: number; least: number }[]>(`(() => {
    const light = (text) => {
      const [r, g, b] = text.match(/[\\d.]+/g).map(Number).map((one) => one / 255)
        .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (element) => {
      for (let at = element; at; at = at.parentElement) {
        const colour = getComputedStyle(at).backgroundColor;
        if (!/, 0\\)$/.test(colour)) return colour;
      }
    };
    const ratio = (a, b) => {
      const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
      return (x + 0.05) / (y + 0.05);
    };
    const all = (query, of, least) => [...document.querySelectorAll(query)].map((element) => ({
      what: query + ' ' + element.textContent.slice(0, 20),
      ratio: ratio(getComputedStyle(element)[of], behind(of === 'color' ? element : element.parentElement)),
      least,
    }));
    return [
      ...all('h1, h2, p, a, label, mark, kbd, #results button, .excerpt, .count, .missing', 'color', 4.5),
      ...all('.dot', 'backgroundColor', 3),
      ...all('#search', 'borderTopColor', 3),
    ];
  })()`);

test.skipIf(noBrowser)(
  `a window of 400 pixels has the whole page, without scrolling sideways${where}`,
  async () => {
    const file = graphFile(many(300));
    const page = await openFile(file, { ...still, viewport: { width: 400, height: 800 } });
    const bottom = async (id: string) => {
      const box = await page.locator(id).boundingBox();
      return {
        left: box?.x ?? -1,
        right: (box?.x ?? 0) + (box?.width ?? 0),
        top: box?.y ?? 0,
        bottom: (box?.y ?? 0) + (box?.height ?? 0),
      };
    };
    expect((await bottom('#side')).bottom).toBeLessThan(300);
    await page.fill('#search', 'subject 12');
    await page.keyboard.press('Enter');
    const [side, panel] = [await bottom('#side'), await bottom('#panel')];
    for (const { left, right } of [side, panel]) {
      expect(left).toBeGreaterThanOrEqual(0);
      expect(right).toBeLessThanOrEqual(400);
    }
    // what is between them shows the page on the graph
    expect(panel.top - side.bottom).toBeGreaterThan(80);
    expect(panel.bottom).toBeLessThanOrEqual(800);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(400);
  },
);

test.skipIf(noBrowser)(`an empty wiki says what to do${where}`, async () => {
  const page = await openFile(graphFile({}), still);
  expect(await page.locator('#empty').textContent()).toContain('openkb add');
  expect(await page.locator('#empty').isVisible()).toBe(true);
  await page.keyboard.press('/');
  await page.keyboard.type('x');
  await page.keyboard.press('Enter');
  expect(await page.locator('#panel').isVisible()).toBe(false);
});

test.skipIf(noBrowser)(`five thousand pages are drawn, searched and opened${where}`, async () => {
  const page = await openFile(graphFile(many(5000)), still);
  expect(await page.locator('#counts').textContent()).toMatch(/^5,000 pages, /);
  expect(await pixelsOf(page, GREEN ?? [])).toBeGreaterThan(2000);
  await page.fill('#search', 'subject 4321');
  expect(await page.locator('#results button').allTextContents()).toEqual(['Subject 4321']);
  await page.keyboard.press('Enter');
  expect(await page.locator('#text h1').textContent()).toBe('Subject 4321');
  await page.fill('#search', 'subject');
  await page.getByRole('button', { name: 'More pages' }).click();
  expect(await page.locator('#results button').count()).toBe(120);
});
