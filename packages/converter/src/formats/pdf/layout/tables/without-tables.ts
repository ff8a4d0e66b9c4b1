import type { Box, Segment, TableRows } from '../../model.ts';
import { openTables } from './open-tables.ts';
import { ruledTables } from './ruled-tables.ts';

/** A table that the page's rules show. */
export interface PlacedTable {
  readonly box: Box;
  readonly rows: TableRows;
}

/** The tables that the rules of a page show, and the segments that stand in none. */
export function withoutTables(
  segments: readonly Segment[],
  rules: readonly Box[],
): { readonly tables: readonly PlacedTable[]; readonly rest: readonly Segment[] } {
  if (rules.length < 2) return { tables: [], rest: segments };
  const ruled = ruledTables(segments, rules);
  const open = openTables(ruled.rest, rules);
  return { tables: [...ruled.tables, ...open.tables], rest: open.rest };
}
