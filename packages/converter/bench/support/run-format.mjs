/** One conversion in a process of its own: prints its times and the peak of its memory as JSON. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

import { convert } from '../../dist/index.js';

const path = process.argv[2];
const bytes = readFileSync(path);
const before = process.cpuUsage();
const start = performance.now();
const { markdown, pages } = await convert({ name: basename(path), bytes });
const wall = performance.now() - start;
const { user, system } = process.cpuUsage(before);
console.log(
  JSON.stringify({
    wall,
    processor: (user + system) / 1000,
    peak: process.resourceUsage().maxRSS * 1024,
    characters: markdown.length,
    pages: pages?.length,
  }),
);
