import { defineCommand } from '../command.ts';

export default defineCommand({
  command: 'add <source..>',
  describe: 'Turn documents into pages of the wiki',
  builder: (y) =>
    y
      .positional('source', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'Files, and directories with all that is in them',
      })
      .option('dry-run', {
        alias: 'n',
        type: 'boolean',
        default: false,
        describe: 'Show what would change, and change nothing',
      })
      .option('fail-fast', {
        type: 'boolean',
        default: false,
        describe: 'Stop at the first document that fails',
      })
      .option('force', {
        type: 'boolean',
        default: false,
        describe: 'Compile again what is there already',
      })
      .example('$0 add paper.pdf notes/', 'A file, and every document in a directory')
      .example('$0 add --dry-run paper.pdf', 'The pages that it would make'),
  handler: async (argv) => argv.end(await (await import('./add.run.ts')).run(argv)),
});
