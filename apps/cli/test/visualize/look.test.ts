/* oxlint-disable no-await-in-loop -- one window after the other */
/* What a person sees of the page of `visualize`, in a real browser. */
import { afterAll, expect, test } from 'vitest';

import { closeBrowser, drawn, noBrowser, openFile, pixelsOf, where } from './support/browser.ts';
import { five, graphFile, many } from './support/wiki.ts';

afterAll(closeBrowser);

/** Of the light theme. */
const GREEN = [0x2c, 0x8a, 0x4b];
const BLUE = [0x2f, 0x6f, 0xb3];
const MARK = [0xb3, 0x26, 0x1e];
const still = { reducedMotion: 'reduce' } as const;

test.skipIf(noBrowser)(`a type that is unticked is neither drawn nor found${where}`, async () => {
  const page = await openFile(graphFile(five), still);
  expect(await pixelsOf(page, GREEN)).toBeGreaterThan(100);
  await page.getByLabel('Concepts').uncheck();
  expect(await pixelsOf(page, GREEN)).toBe(0);
  expect(await pixelsOf(page, BLUE)).toBeGreaterThan(50);
  await page.fill('#search', 'lamp');
  const found = await page.locator('#results button > span:last-child').allTextContents();
  expect(found.some((one) => one.startsWith('On lamps'))).toBe(true);
  expect(found).not.toContain('Lamp');
  await page.getByLabel('Concepts').check();
  expect(await pixelsOf(page, GREEN)).toBeGreaterThan(100);
});

test.skipIf(noBrowser)(`when no type is ticked, that is said${where}`, async () => {
  const page = await openFile(graphFile(five), still);
  for (const box of await page.locator('#types input').all()) await box.uncheck();
  expect(await page.locator('#empty').textContent()).toBe('All types are hidden.');
  expect(await page.locator('#results button').count()).toBe(0);
  await page.getByLabel('Entities').check();
  expect(await page.locator('#empty').isVisible()).toBe(false);
});

test.skipIf(noBrowser)(
  `a page that is opened from the list is seen with its links${where}`,
  async () => {
    const page = await openFile(graphFile(five), still);
    await page.fill('#search', 'aime');
    await page.keyboard.press('Enter');
    await drawn(page);
    // its ring, and the page that it links, between the two cards
    const side = await page.locator('#side').boundingBox();
    const panel = await page.locator('#panel').boundingBox();
    const part = {
      from: Math.ceil((side?.x ?? 0) + (side?.width ?? 0)),
      to: Math.floor(panel?.x ?? 0),
    };
    expect(await pixelsOf(page, MARK, part)).toBeGreaterThan(20);
    expect(await pixelsOf(page, GREEN, part)).toBeGreaterThan(50);
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
  expect(await pixelsOf(page, GREEN)).toBeGreaterThan(2000);
  await page.fill('#search', 'subject 4321');
  expect(await page.locator('#results button').allTextContents()).toEqual(['Subject 4321']);
  await page.keyboard.press('Enter');
  expect(await page.locator('#text h1').textContent()).toBe('Subject 4321');
  await page.fill('#search', 'subject');
  await page.getByRole('button', { name: 'More pages' }).click();
  expect(await page.locator('#results button').count()).toBe(120);
});
