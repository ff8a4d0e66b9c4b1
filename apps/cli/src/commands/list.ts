import { defineCommand } from '../command.ts';

export default defineCommand({
  command: 'list',
  aliases: ['ls'],
  describe: 'List the documents and pages',
  builder: (y) => y.example('$0 list', 'Every document, and how many pages there are'),
  handler: async (argv) => (await import('./list.run.ts')).run(argv),
});
