/** The program of the thread that converts documents: an entry of its own in the bundle. */
import { serveConversions } from '@openkb/converter/worker';

serveConversions();
