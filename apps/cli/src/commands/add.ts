import { defineCommand } from '../command.ts';
import { readingOptions } from '../convert/reading-options.ts';

export default defineCommand({
  command: 'add [source..]',
  describe: 'Turn documents into pages of the wiki',
  builder: (y) =>
    y
      .positional('source', {
        type: 'string',
        array: true,
        default: [] as string[],
        describe: 'Files, directories with all that is in them, and web addresses',
      })
      .option('from-pageindex-cloud', {
        type: 'string',
        array: true,
        default: [] as string[],
        defaultDescription: 'none',
        describe: 'Import documents of PageIndex Cloud by their ids',
      })
      .option('cloud', {
        type: 'boolean',
        describe:
          'Index long PDFs in PageIndex Cloud, or not (--no-cloud); else as the settings say',
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
      .option('model', {
        alias: 'm',
        type: 'string',
        requiresArg: true,
        describe: 'Compile with provider/model, or extractive (no model); else as the settings say',
      })
      .option('jobs', {
        alias: 'j',
        type: 'number',
        requiresArg: true,
        default: 2,
        describe: 'Documents that are read at once; they are compiled in order',
      })
      .option('allow-partial', {
        type: 'boolean',
        default: false,
        describe: 'Keep a document of which the model could not write every page',
      })
      .option('estimate', {
        type: 'boolean',
        default: false,
        describe: 'Show about what it would cost, and ask no model',
      })
      .option('max-cost', {
        type: 'number',
        requiresArg: true,
        describe: 'Ask the model nothing more once so many US dollars are spent',
      })
      .options(readingOptions)
      .example('$0 add paper.pdf notes/', 'A file, and every document in a directory')
      .example('$0 add https://example.org/paper.pdf', 'A file or a page of the web')
      .example('$0 add --from-pageindex-cloud pi-1 pi-2', 'Documents that are in PageIndex Cloud')
      .example('$0 add --dry-run paper.pdf', 'The pages that it would make')
      .example('$0 add --estimate papers/', 'About what a model would cost'),
  handler: async (argv) => argv.end(await (await import('./add.run.ts')).run(argv)),
});
