import type { TenantDb } from '../../../../db/tenancy.ts';
import type { ArchivedRow } from '../../repository.ts';
import { mapId, type Arriving } from '../arrive.ts';
import { ArchiveRefused, type Place } from '../refused.ts';
import * as repository from './repository.ts';

/** Open at one moment: clocks of replicas would have to differ by as much as it takes to write so many. */
const MOST_OPEN = 1_000;
const FIELD = 'parent_id';

/** A message that answers one with a later id. */
interface OpenEdge {
  id: string;
  parent_id: string;
  /** The parent's id in the archive, by whose order rows come. */
  awaits: string;
  place: Place;
  is_set: boolean;
  /** The open edge at which its way up ended; until that one is set the way is the same. */
  ends_at: string | null;
}

export interface Parents {
  /** A message as it is written now: without its parent, where that one is still to come. */
  hold(row: ArchivedRow, arrived: Record<string, unknown>, place: Place): Record<string, unknown>;
  /** After a part was written, whose last id in the archive is `last_id`; null after the last of all. Throws ArchiveRefused. */
  settle(db: TenantDb, written: ReadonlyMap<string, Place>, last_id: string | null): Promise<void>;
}

/**
 * Holds that messages answer one another as a forest: within one conversation, none itself by any way. Rows come by their
 * ids, so each circle holds a message that answers a later one: only from those is it looked for, once their parents are there.
 */
export function createParents(to: Arriving): Parents {
  let open: OpenEdge[] = [];
  return {
    hold(row, arrived, place) {
      const parent = row[FIELD];
      if (typeof parent !== 'string' || parent < row.id) return arrived;
      const edge = { id: String(arrived['id']), parent_id: mapId(to, parent), awaits: parent, place, is_set: false, ends_at: null };
      if (open.push(edge) > MOST_OPEN) throw new ArchiveRefused('too_large', place);
      return { ...arrived, [FIELD]: null };
    },
    async settle(db, written, last_id) {
      await refuseStray(db, written);
      const due = open.filter(({ is_set, awaits }) => !is_set && (last_id === null || awaits <= last_id));
      await repository.setParents(db, due);
      for (const edge of due) edge.is_set = true;
      await refuseStray(db, new Map(due.map(({ id, place }) => [id, place])));
      open = await refuseCircles(db, open);
    },
  };
}

async function refuseStray(db: TenantDb, places: ReadonlyMap<string, Place>): Promise<void> {
  const stray = places.size === 0 ? null : await repository.findStray(db, [...places.keys()]);
  if (stray !== null) throw new ArchiveRefused('parent_elsewhere', { ...places.get(stray), field: FIELD });
}

/** Those that are not to be judged yet: their way up ends at one whose own parent is still to come. */
async function refuseCircles(db: TenantDb, open: OpenEdge[]): Promise<OpenEdge[]> {
  const unset = new Set(open.filter(({ is_set }) => !is_set).map(({ id }) => id));
  const due = open.filter(({ is_set, ends_at }) => is_set && (ends_at === null || !unset.has(ends_at)));
  if (due.length === 0) return open;
  const ends = await repository.climb(db, due.map(({ id }) => id));
  const decided = new Set<OpenEdge>();
  for (const edge of due) {
    const { id, place } = edge;
    const end = ends.get(id);
    if (end?.is_circle) throw new ArchiveRefused('circular_parents', { ...place, field: FIELD });
    if (end?.is_too_far) throw new ArchiveRefused('invalid_row', { ...place, field: FIELD });
    if (end !== undefined && unset.has(end.at)) edge.ends_at = end.at;
    else decided.add(edge);
  }
  return open.filter((edge) => !decided.has(edge));
}
