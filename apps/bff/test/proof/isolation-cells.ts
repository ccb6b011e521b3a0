import { listEndpoints, type Endpoint } from '@lyss/api-types';
import { listFields } from './isolation-fields.ts';
import type { Carrier } from './isolation-scene.ts';

/** Ids of the other tenant's things, of every kind, that are put wherever an id may stand. */
export const IDS_AT_LEAST = 17;
/** A tenant's own id is not foreign to an operator, who manages it. */
const KNOWN_TO_OPERATORS = 1;

/** Whoever asks a public endpoint is nobody, however they would carry what they don't have. */
export const listCarriers = ({ permission }: Endpoint): Carrier[] => (permission === 'public' ? ['session'] : ['session', 'script', 'key']);

export const takesIdempotencyKey = ({ method, permission }: Endpoint): boolean => method === 'POST' && permission !== 'public';

/** Where something foreign is put at an endpoint, and in how many forms at least. */
export function listPlaces(id: string, endpoint: Endpoint, exempt: ReadonlySet<string>): { name: string; at_least: number }[] {
  const fields = listFields(endpoint)
    .filter(({ name }) => !exempt.has(`${id} ${name}`))
    .map(({ name, is_id }) => ({ name, at_least: is_id ? IDS_AT_LEAST - KNOWN_TO_OPERATORS : 1 }));
  return takesIdempotencyKey(endpoint) ? [...fields, { name: 'Idempotency-Key', at_least: 1 }] : fields;
}

/** Cells of the matrix that an endpoint has at least: its own case, and each place, by each carrier. */
export const countCells = (id: string, endpoint: Endpoint, exempt: ReadonlySet<string>): number =>
  listCarriers(endpoint).length * listPlaces(id, endpoint, exempt).reduce((sum, { at_least }) => sum + at_least, 1);

const HEADER = `Where the isolation matrix puts what is foreign, and in how many cells at least. Written from the contract by
\`npm run generate\`; isolation.test.ts walks no fewer. A line that gets shorter is a place that nobody attacks any more:
what a diff of it shows is what a reviewer agrees to.
`;
const ID_WIDTH = 34;
const CELLS_WIDTH = 5;

export function writeCells(exempt: ReadonlySet<string>): string {
  const lines = listEndpoints().map(([id, endpoint]) => {
    const names = listPlaces(id, endpoint, exempt).map(({ name, at_least }) => (at_least > 1 ? `${name}*` : name));
    return [id.padEnd(ID_WIDTH), String(countCells(id, endpoint, exempt)).padStart(CELLS_WIDTH), ` ${names.join(', ') || '-'}`].join(' ').trimEnd();
  });
  const sum = listEndpoints().reduce((cells, [id, endpoint]) => cells + countCells(id, endpoint, exempt), 0);
  return `${HEADER}A place with * is one for an id: ${IDS_AT_LEAST - KNOWN_TO_OPERATORS} of theirs at least are put there. ${sum} cells in all.\n\n${lines.join('\n')}\n`;
}
