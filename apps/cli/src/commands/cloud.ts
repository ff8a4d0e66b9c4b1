import { defineCommand } from '../command.ts';

export default defineCommand({
  command: 'cloud',
  describe: 'Look at your documents in PageIndex Cloud',
  builder: (y) =>
    y
      .command(
        defineCommand({
          command: 'list',
          describe: 'List your documents, the newest first, with their ids',
          builder: (list) =>
            list
              .option('top', {
                type: 'number',
                requiresArg: true,
                default: 50,
                describe: 'How many at most',
              })
              .example('$0 cloud list', 'Find the id for: openkb add --from-pageindex-cloud ID'),
          handler: async (argv) => (await import('./cloud.run.ts')).list(argv),
        }),
      )
      .command(
        defineCommand({
          command: 'status <id>',
          describe: 'Show one document: its state, its pages, whether it is imported',
          builder: (status) =>
            status
              .positional('id', { type: 'string', demandOption: true, describe: 'Its id' })
              .example('$0 cloud status pi-cmeseq08w00vt0bo3u6tr244g', 'Is it ready?'),
          handler: async (argv) => (await import('./cloud.run.ts')).status(argv),
        }),
      )
      .demandCommand(1, 'name a command: list or status')
      .example('$0 cloud list', 'Your documents with their ids'),
  handler: () => {},
});
