import { library } from '@openkb/dev/tsup';

export default library();
