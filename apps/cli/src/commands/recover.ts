import { defineCommand } from '../command.ts';

export default defineCommand({
  command: 'recover',
  describe: 'Undo what an interrupted command left unfinished',
  builder: (y) =>
    y
      .option('list', {
        // no default: yargs would take it for given, and a conflict with --set-aside
        type: 'boolean',
        describe: 'Only show what is unfinished or set aside',
      })
      .option('set-aside', {
        type: 'string',
        conflicts: ['list', 'restore'],
        describe: 'Move what cannot be undone to .openkb/quarantine: one by its ID, or all',
      })
      .option('restore', {
        type: 'string',
        requiresArg: true,
        conflicts: 'list',
        describe: 'Bring back what was set aside as ID, where nothing was written since',
      })
      .example('$0 recover', 'Undo what is unfinished')
      .example('$0 recover --set-aside', 'Go on without what cannot be undone'),
  handler: async (argv) => argv.end(await (await import('./recover.run.ts')).run(argv)),
});
