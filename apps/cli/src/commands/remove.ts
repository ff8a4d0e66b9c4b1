import { defineCommand } from '../command.ts';

export default defineCommand({
  command: 'remove <document..>',
  describe: 'Take documents, and what only they support, out of the wiki',
  builder: (y) =>
    y
      .positional('document', {
        type: 'string',
        array: true,
        demandOption: true,
        describe:
          "Names as 'openkb list' shows them, file names, a part that fits one only, or the first digits of hashes",
      })
      .option('dry-run', {
        alias: 'n',
        type: 'boolean',
        default: false,
        describe: 'Show what would change, and change nothing',
      })
      .option('keep-raw', {
        type: 'boolean',
        default: false,
        describe: 'Leave the original in raw/',
      })
      .option('keep-empty', {
        alias: 'keep-empty-concepts',
        type: 'boolean',
        default: false,
        describe: 'Keep concept and entity pages that no document supports any more',
      })
      .option('rewrite', {
        type: 'boolean',
        default: false,
        describe: 'Let the model take out of shared pages what only the document said',
      })
      .option('model', {
        alias: 'm',
        type: 'string',
        requiresArg: true,
        describe: 'Rewrite with provider/model; else as the settings say',
      })
      .example('$0 remove paper', 'Shows what goes, and asks')
      .example('$0 remove --dry-run paper', 'Only shows it'),
  handler: async (argv) => argv.end(await (await import('./remove.run.ts')).run(argv)),
});
