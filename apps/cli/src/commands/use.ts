import { defineCommand } from '../command.ts';

export default defineCommand({
  command: 'use [dir]',
  describe: 'Choose the knowledge base for commands that are run outside of any',
  builder: (y) =>
    y
      .positional('dir', {
        type: 'string',
        describe: 'The knowledge base; shows it where none is given',
      })
      .option('none', { type: 'boolean', default: false, describe: 'Choose none any more' })
      .example('$0 use ~/notes', 'Commands work on ~/notes from anywhere'),
  handler: async (argv) => argv.end(await (await import('./use.run.ts')).run(argv)),
});
