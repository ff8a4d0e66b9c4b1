import { defineCommand } from '../command.ts';

export default defineCommand({
  command: 'status',
  describe: 'Show the state of the knowledge base',
  builder: (y) => y.example('$0 status', 'Pages, disk use, and what is unfinished'),
  handler: async (argv) => (await import('./status.run.ts')).run(argv),
});
