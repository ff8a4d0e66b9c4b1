import { shared } from '@openkb/dev/vitest';
import { defineProject, mergeConfig } from 'vitest/config';

export default mergeConfig(shared, defineProject({ test: { name: 'wiki' } }));
