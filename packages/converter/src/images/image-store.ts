import { createHash } from 'node:crypto';

import type { ConversionMessage, DocumentImage } from '../document.ts';
import type { ConversionLimits } from '../options.ts';
import { safeImageName, uniqueName } from './image-name.ts';
import { imageType } from './image-type.ts';
import { metafileRaster } from './metafile-raster.ts';

/** Below this width or height a picture is a bullet, a rule or a spacer. */
export const MINIMUM_PIXELS = 32;

interface Placement {
  /** Where the name comes from: a path, a URL or a stem. */
  readonly suggestion: string;
  readonly page?: number;
  /** Keep it however small it is. */
  readonly keepTiny?: boolean;
}

/** The pictures of one document: each content once, each name once, within the limits. */
export class ImageStore {
  readonly #limits: ConversionLimits;
  readonly #byHash = new Map<string, string>();
  readonly #names = new Set<string>();
  readonly #images: DocumentImage[] = [];
  readonly #skipped = { tiny: 0, unknown: 0, metafile: 0, limit: 0 };
  #bytes = 0;

  constructor(limits: ConversionLimits) {
    this.#limits = limits;
  }

  /** The picture's name, the same for the same bytes; `undefined` when it is left out and counted. */
  add(bytes: Uint8Array, placement: Placement): string | undefined {
    const type = imageType(bytes);
    if (type === undefined) return this.skip('unknown');
    if (/^image\/[ew]mf$/.test(type.mediaType)) return this.#addMetafile(bytes, placement);
    const { width, height } = type;
    const tiny = Math.min(width ?? MINIMUM_PIXELS, height ?? MINIMUM_PIXELS) < MINIMUM_PIXELS;
    if (tiny && placement.keepTiny !== true) return this.skip('tiny');
    const hash = createHash('sha256').update(bytes).digest('hex');
    const known = this.#byHash.get(hash);
    if (known !== undefined) return known;
    if (this.#isFull(bytes.length)) return this.skip('limit');
    const name = uniqueName(safeImageName(placement.suggestion, type.extension), this.#names);
    this.#names.add(name.toLowerCase());
    this.#byHash.set(hash, name);
    this.#bytes += bytes.length;
    this.#images.push({
      name,
      bytes,
      mediaType: type.mediaType,
      ...(width !== undefined && height !== undefined && { width, height }),
      ...(placement.page !== undefined && { page: placement.page }),
    });
    return name;
  }

  /** Counts a picture that is left out for its size (`tiny`), its format (`unknown`, `metafile`) or its share of the limits. */
  skip(reason: 'tiny' | 'unknown' | 'metafile' | 'limit'): undefined {
    this.#skipped[reason] += 1;
  }

  get images(): readonly DocumentImage[] {
    return this.#images;
  }

  /** One message per reason with a count. */
  messages(): ConversionMessage[] {
    const { tiny, unknown, metafile, limit } = this.#skipped;
    return [
      ...skipped('info', tiny, `smaller than ${MINIMUM_PIXELS} pixels`),
      ...skipped('warning', unknown, 'not in a picture format that can be read'),
      ...skipped(
        'warning',
        metafile,
        'a drawing of Windows (EMF, WMF), which readers of Markdown do not show',
      ),
      ...skipped('warning', limit, 'over the limits for number or size of pictures'),
    ];
  }

  /** Many drawings of Windows are nothing but a picture in their wrapping. */
  #addMetafile(bytes: Uint8Array, placement: Placement): string | undefined {
    const raster = metafileRaster(bytes, this.#limits.imagePixels);
    return raster === undefined ? this.skip('metafile') : this.add(raster, placement);
  }

  #isFull(more: number): boolean {
    return (
      this.#images.length >= this.#limits.images || this.#bytes + more > this.#limits.imageBytes
    );
  }
}

function skipped(
  level: ConversionMessage['level'],
  count: number,
  why: string,
): ConversionMessage[] {
  if (count === 0) return [];
  return [{ level, code: 'image-skipped', text: `${pictures(count)} left out: ${why}.` }];
}

function pictures(count: number): string {
  return count === 1 ? '1 picture is' : `${count} pictures are`;
}
