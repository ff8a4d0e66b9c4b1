/**
 * How near an address is to this machine, after the registries of special addresses (IANA, RFC 6890
 * and its updates): a server in the public network must not send us nearer than itself.
 */
import { parseIp } from './parse-ip.ts';

/** From far to near. `link`: what only this network's wire reaches, services of a cloud's host among them. */
export type Scope = 'public' | 'private' | 'link' | 'machine';

const ORDER: readonly Scope[] = ['public', 'private', 'link', 'machine'];

/** Whether `scope` is nearer to this machine than `other`. */
export const isNearer = (scope: Scope, other: Scope): boolean =>
  ORDER.indexOf(scope) > ORDER.indexOf(other);

/** The farther of two. */
export const farther = (a: Scope, b: Scope): Scope => (isNearer(a, b) ? b : a);

type Range = readonly [prefix: string, bits: number, scope: Scope];

/** The first that fits counts. */
const V4: readonly Range[] = [
  // on most systems a connection to 0.0.0.0 reaches this machine
  ['0.0.0.0', 8, 'machine'],
  ['127.0.0.0', 8, 'machine'],
  ['169.254.0.0', 16, 'link'],
  // the hosts' own services in Alibaba's, Azure's and Oracle's clouds
  ['100.100.100.200', 32, 'link'],
  ['168.63.129.16', 32, 'link'],
  ['192.0.0.192', 32, 'link'],
  ['10.0.0.0', 8, 'private'],
  ['100.64.0.0', 10, 'private'],
  ['172.16.0.0', 12, 'private'],
  ['192.0.0.0', 24, 'private'],
  ['192.0.2.0', 24, 'private'],
  ['192.168.0.0', 16, 'private'],
  ['198.18.0.0', 15, 'private'],
  ['198.51.100.0', 24, 'private'],
  ['203.0.113.0', 24, 'private'],
  // multicast, reserved, broadcast
  ['224.0.0.0', 3, 'private'],
];

const V6: readonly Range[] = [
  ['::1', 128, 'machine'],
  ['::', 128, 'machine'],
  ['fe80::', 10, 'link'],
  // the host's own services in Amazon's cloud
  ['fd00:ec2::', 32, 'link'],
  // unique local, site local, multicast, discard, documentation
  ['fc00::', 7, 'private'],
  ['fec0::', 10, 'private'],
  ['ff00::', 8, 'private'],
  ['64:ff9b:1::', 48, 'private'],
  ['100::', 64, 'private'],
  ['2001:db8::', 32, 'private'],
  ['3fff::', 20, 'private'],
  ['5f00::', 16, 'private'],
];

/** Prefixes after which an IPv4 address stands: mapped, compatible, translated (RFC 6052), 6to4. */
const EMBEDDED: readonly (readonly [prefix: string, bits: number, at: number])[] = [
  ['::ffff:0:0', 96, 12],
  ['::ffff:0:0:0', 96, 12],
  ['64:ff9b::', 96, 12],
  ['2002::', 16, 2],
  ['::', 96, 12],
];

/** Of an IP address in text form. What is no address counts as nearest: nobody knows where it leads. */
export function scopeOf(address: string): Scope {
  const bytes = parseIp(address);
  if (bytes === undefined) return 'machine';
  if (bytes.length === 4) return scopeIn(V4, bytes);
  const own = V6.find(([prefix, bits]) => isIn(bytes, prefix, bits));
  if (own !== undefined) return own[2];
  const embedded = EMBEDDED.find(([prefix, bits]) => isIn(bytes, prefix, bits));
  if (embedded !== undefined) return scopeIn(V4, bytes.slice(embedded[2], embedded[2] + 4));
  // Teredo keeps the client's IPv4 address in the last four bytes, each bit turned
  if (isIn(bytes, '2001::', 32))
    return scopeIn(
      V4,
      bytes.slice(12).map((byte) => byte ^ 0xff),
    );
  return 'public';
}

const scopeIn = (ranges: readonly Range[], bytes: readonly number[]): Scope =>
  ranges.find(([prefix, bits]) => isIn(bytes, prefix, bits))?.[2] ?? 'public';

function isIn(bytes: readonly number[], prefix: string, bits: number): boolean {
  const wanted = parseIp(prefix) ?? [];
  for (let bit = 0; bit < bits; bit += 8) {
    const mask = bits - bit >= 8 ? 0xff : (0xff << (8 - (bits - bit))) & 0xff;
    if (((bytes[bit / 8] ?? 0) & mask) !== ((wanted[bit / 8] ?? 0) & mask)) return false;
  }
  return true;
}
