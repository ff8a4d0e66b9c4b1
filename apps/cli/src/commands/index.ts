import add from './add.ts';
import chat from './chat.ts';
import cloud from './cloud.ts';
import config from './config.ts';
import convert from './convert.ts';
import diff from './diff.ts';
import doctor from './doctor.ts';
import exportCommand from './export.ts';
import history from './history.ts';
import init from './init.ts';
import lint from './lint.ts';
import list from './list.ts';
import query from './query.ts';
import recompile from './recompile.ts';
import recover from './recover.ts';
import remove from './remove.ts';
import search from './search.ts';
import status from './status.ts';
import undo from './undo.ts';
import usage from './usage.ts';
import use from './use.ts';
import visualize from './visualize.ts';
import watch from './watch.ts';

export const commands = [
  init,
  add,
  list,
  status,
  search,
  query,
  chat,
  remove,
  recompile,
  watch,
  lint,
  visualize,
  exportCommand,
  history,
  diff,
  undo,
  recover,
  usage,
  config,
  use,
  convert,
  cloud,
  doctor,
];
