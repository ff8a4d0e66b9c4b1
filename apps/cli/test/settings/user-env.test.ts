import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { settingLayers } from '../../src/settings/layers.ts';
import { write } from '../helpers/knowledge-base.ts';
import { servicesIn, temporaryDirectory } from '../helpers/run.ts';

test("the user's own .env is looked for below $XDG_CONFIG_HOME, then below ~/.config", () => {
  const dir = temporaryDirectory(onTestFinished);
  const environment = { HOME: join(dir, 'home'), XDG_CONFIG_HOME: join(dir, 'xdg') };
  const services = { ...servicesIn(dir), environment };
  const key = () => settingLayers(services, undefined).user?.env?.['OPENAI_API_KEY'];
  expect(key()).toBeUndefined();
  write(dir, { 'home/.config/openkb/.env': 'OPENAI_API_KEY=below-home\n' });
  expect(key()).toBe('below-home');
  write(dir, { 'xdg/openkb/.env': 'OPENAI_API_KEY=below-xdg\n' });
  expect(key()).toBe('below-xdg');
});
