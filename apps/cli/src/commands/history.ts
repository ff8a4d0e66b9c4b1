import { defineCommand } from '../command.ts';

export default defineCommand({
  command: 'history',
  describe: 'What the last commands changed, newest first',
  builder: (y) =>
    y
      .option('top', {
        alias: 'n',
        type: 'number',
        default: 20,
        describe: 'How many to show',
      })
      .example('$0 history', 'The last commands that changed something')
      .example('$0 history -v', 'With every path that they changed'),
  handler: async (argv) => argv.end(await (await import('./history.run.ts')).run(argv)),
});
