import add from './add.ts';
import cloud from './cloud.ts';
import doctor from './doctor.ts';
import init from './init.ts';
import list from './list.ts';
import query from './query.ts';
import recover from './recover.ts';
import remove from './remove.ts';
import search from './search.ts';
import status from './status.ts';

export const commands = [init, add, list, status, search, query, remove, recover, cloud, doctor];
