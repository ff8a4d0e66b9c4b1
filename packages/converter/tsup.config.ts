import { library } from '@openkb/dev/tsup';

export default library({
  // `worker/start` is the program of the thread; what it shares with the library is in chunks
  entry: {
    index: 'src/index.ts',
    'worker/thread': 'src/worker/thread.ts',
    'worker/start': 'src/worker/start.ts',
  },
  splitting: true,
});
