import type { Argv } from 'yargs';

import type { Context } from './command.ts';

const describe = 'Print a completion script for the shell';

/** The program with its command `completion`. yargs prints the script even where its help is asked for. */
export function withCompletion(program: Argv<Context>, args: readonly string[]): Argv<Context> {
  if (!args.some((arg) => arg === '--help' || arg === '-h'))
    return program.completion('completion', describe);
  return program.command('completion', `${describe}: bash, or zsh where SHELL names it`, (y) =>
    y
      .example(
        '$0 completion >> ~/.bashrc',
        'Completes commands and options from the next shell on',
      )
      .example('SHELL=zsh $0 completion >> ~/.zshrc', 'The same in zsh'),
  );
}
