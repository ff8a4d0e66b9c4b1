import { defineCommand } from '../command.ts';

export default defineCommand({
  command: 'diff [change]',
  describe: 'Show what a command changed, page by page',
  builder: (y) =>
    y
      .positional('change', {
        type: 'string',
        describe: "A number of 'openkb history'; the last change where none is given",
      })
      .option('path', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'Only these files, or what is below these directories',
      })
      .example('$0 diff', 'What the last command changed')
      .example('$0 diff 12 --path wiki/concepts', 'What change 12 did to concept pages'),
  handler: async (argv) => argv.end(await (await import('./diff.run.ts')).run(argv)),
});
