/** The program of a conversion thread, as `createConversionWorker` starts it unless told otherwise. */
import { serveConversions } from './thread.ts';

serveConversions();
