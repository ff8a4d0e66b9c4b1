import { defineCommand } from '../command.ts';
import { readingOptions } from '../convert/reading-options.ts';

export default defineCommand({
  command: 'convert [source..]',
  describe: 'Show what would be stored of a document, without a knowledge base',
  builder: (y) =>
    y
      .positional('source', {
        type: 'string',
        array: true,
        default: [] as string[],
        describe: 'A file, a web address, or - for standard input; several with -o',
      })
      .option('output', {
        alias: 'o',
        type: 'string',
        requiresArg: true,
        describe: 'Write Markdown and pictures into this directory',
      })
      .option('tree', {
        type: 'boolean',
        default: false,
        describe: 'Show the sections; with -o write them besides, as NAME.tree.json',
      })
      .option('force', {
        type: 'boolean',
        default: false,
        describe: 'Replace files that are there already',
      })
      .options(readingOptions)
      .option('stdin', { type: 'boolean', default: false, hidden: true })
      .example('$0 convert paper.pdf', 'Its Markdown')
      .example('$0 convert paper.pdf --tree', 'Its sections, with their pages')
      .example('$0 convert *.docx -o text/', 'Files in text/, pictures in text/images/')
      .example('curl -s https://example.org | $0 convert -', 'What another program gives'),
  handler: async (argv) => argv.end(await (await import('./convert.run.ts')).run(argv)),
});
