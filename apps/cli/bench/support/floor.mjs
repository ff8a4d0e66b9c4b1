// The least that a command can do, as a process: `node floor.mjs stat|read <directory>` asks for the state of every file
// below the directory, or reads every one.
import { closeSync, lstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';

const [, , work, root] = process.argv;
const buffer = Buffer.alloc(1 << 24);

function visit(directory) {
  for (const name of readdirSync(directory)) {
    const path = join(directory, name);
    const stat = lstatSync(path);
    if (stat.isDirectory()) visit(path);
    else if (work === 'read' && stat.isFile()) {
      const descriptor = openSync(path, 'r');
      readSync(descriptor, buffer);
      closeSync(descriptor);
    }
  }
}

visit(root);
