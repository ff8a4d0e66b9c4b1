declare const __VERSION__: string | undefined; // tsup puts it in

/** Whether this is the built program; else it is the sources, in a test. */
export const BUNDLED = typeof __VERSION__ === 'string';

export const VERSION = typeof __VERSION__ === 'string' ? __VERSION__ : '0.0.0-source';
