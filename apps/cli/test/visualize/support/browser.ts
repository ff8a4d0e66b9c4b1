import { existsSync } from 'node:fs';

import {
  type Browser,
  type BrowserContextOptions,
  chromium,
  type Page,
  type Request,
} from 'playwright-core';
import { expect, onTestFinished } from 'vitest';

const executablePath = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => existsSync(path));

let browser: Promise<Browser> | undefined;

/** For `afterAll` of each file that opens anything. */
export async function closeBrowser(): Promise<void> {
  const open = browser;
  browser = undefined;
  await (await open)?.close();
}

/** Tests that drive a real Chromium are skipped where there is none, and say so in their names. */
export const noBrowser = executablePath === undefined;
export const where = noBrowser ? ' (skipped without Chromium)' : '';

interface OpenOptions extends BrowserContextOptions {
  /** Whether the test tries what the policy of the page forbids. */
  readonly expectBlocked?: boolean;
}

/**
 * Opens a file in a window of its own. When the test ends, nothing may have been said on the console, thrown, or
 * asked of anybody: the one request is that for the file.
 */
export async function openFile(
  path: string,
  { expectBlocked = false, ...options }: OpenOptions = {},
): Promise<Page> {
  browser ??= chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] });
  const context = await (
    await browser
  ).newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const said: string[] = [];
  const asked: Request[] = [];
  context.on('console', (message) => said.push(message.text()));
  context.on('weberror', (error) => said.push(error.error().message));
  context.on('dialog', (dialog) => {
    said.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on('request', (request) => {
    if (!request.url().startsWith('data:')) asked.push(request);
  });
  const page = await context.newPage();
  const address = `file://${path.split('/').map(encodeURIComponent).join('/')}`;
  await page.goto(address);
  onTestFinished(async () => {
    await context.close();
    expect(expectBlocked ? said.filter((one) => !isRefusal(one)) : said).toEqual([]);
    const sent = expectBlocked ? asked.filter((one) => !isRefused(one)) : asked;
    expect(sent.map((one) => one.url())).toEqual([address]);
  });
  return page;
}

const isRefusal = (said: string) => said.includes('Content Security Policy');
const isRefused = (asked: Request) => asked.failure()?.errorText === 'csp';

/** Where the focus is: the id, else the text, of the element that has it. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate(`document.activeElement.id || document.activeElement.textContent.trim()`);

/** What the canvas shows, as a number that changes with it. */
export async function drawn(page: Page): Promise<string> {
  await page.evaluate(
    'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))',
  );
  return page.evaluate(`document.getElementById('graph').toDataURL()`);
}

/** How many pixels of the canvas, or of a part of its width, have exactly this colour, `[red, green, blue]`. */
export async function pixelsOf(
  page: Page,
  colour: readonly number[],
  { from, to }: { from: number; to: number } = { from: 0, to: 1e5 },
): Promise<number> {
  await drawn(page);
  return page.evaluate(`(() => {
    const { width, height } = document.getElementById('graph');
    const copy = Object.assign(document.createElement('canvas'), { width, height });
    const pen = copy.getContext('2d', { willReadFrequently: true });
    pen.drawImage(document.getElementById('graph'), 0, 0);
    const { data } = pen.getImageData(${from}, 0, Math.min(width, ${to}) - ${from}, height);
    let count = 0;
    for (let i = 0; i < data.length; i += 4)
      if (${colour.map((one, k) => `data[i + ${k}] === ${one}`).join(' && ')}) count += 1;
    return count;
  })()`);
}
