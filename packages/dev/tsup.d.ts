import type { Options } from 'tsup';

export declare const library: (extra?: Options) => Options;
