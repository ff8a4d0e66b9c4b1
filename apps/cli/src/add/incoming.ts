import type { ConvertedDocument } from '@openkb/converter';
import type { DocumentSection } from '@openkb/wiki-compiler';

import type { SourceFacts } from './identify.ts';

/** A source that has come in as a document; it has no name in the knowledge base yet. */
export interface Incoming {
  readonly facts: SourceFacts;
  readonly document: ConvertedDocument;
  /** Absolute path of the staged original; absent where there is none to keep. */
  readonly staged?: string;
  /** What PageIndex Cloud found out about it; absent for what was read here alone. */
  readonly cloud?: CloudFindings;
}

export interface CloudFindings {
  /** The document's id in the cloud. */
  readonly id: string;
  /** Its name there, as it is. */
  readonly name: string;
  readonly sections: readonly DocumentSection[];
  readonly pageCount: number;
}

/** What is there already, under this name. */
export interface Known {
  readonly knownAs: string;
}
