import { defineCommand } from '../command.ts';

export default defineCommand({
  command: 'lint',
  describe: 'Check pages, links, index and registry; with a model, what the pages say',
  builder: (y) =>
    y
      .option('fix', {
        type: 'boolean',
        default: false,
        describe: 'Mend what can be mended without a person; on a terminal it shows what, and asks',
      })
      .option('dry-run', {
        alias: 'n',
        type: 'boolean',
        default: false,
        describe: 'With --fix: show what would change, and change nothing',
      })
      .option('model', {
        alias: 'm',
        type: 'string',
        requiresArg: true,
        describe:
          'Ask provider/model for contradictions, gaps and redundancy; else as the settings say. --no-model asks none',
      })
      .option('groups', {
        type: 'number',
        requiresArg: true,
        default: 20,
        describe: 'Ask about so many groups of related pages at most',
      })
      .option('max-cost', {
        type: 'number',
        requiresArg: true,
        describe: 'Ask the model nothing more once so many US dollars are spent',
      })
      .option('save', {
        type: 'boolean',
        default: false,
        describe: 'Write a report into wiki/reports/',
      })
      .example('$0 lint --no-model', 'Quick checks, no model; exit code 1 where something is wrong')
      .example('$0 lint --fix', 'Mends what it can, after showing it'),
  handler: async (argv) => argv.end(await (await import('./lint.run.ts')).run(argv)),
});
