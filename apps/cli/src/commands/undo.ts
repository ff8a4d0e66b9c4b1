import { defineCommand } from '../command.ts';

export default defineCommand({
  command: 'undo [change]',
  describe: 'Bring back what a command found, where nothing has changed since',
  builder: (y) =>
    y
      .positional('change', {
        type: 'string',
        describe: "A number of 'openkb history'; the last change where none is given",
      })
      .example('$0 undo', 'Undo the last command; once more undoes the undoing')
      .example('$0 undo 12', 'Undo change 12'),
  handler: async (argv) => argv.end(await (await import('./undo.run.ts')).run(argv)),
});
