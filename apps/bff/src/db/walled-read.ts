import pg from 'pg';
import { nameStatement } from './named-client.ts';
import type { Wall } from './walls.ts';

/** What of pg's connection a query writes its messages to; pg's types leave most of it out. */
interface Wire {
  bind(message: { portal: string; statement: string; values: string[]; binary: boolean }): void;
  execute(message: { portal: string; rows: number }): void;
}
interface ProtocolQuery {
  text: string;
  prepare(wire: Wire): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, wire: Wire): void;
}
type Answered = (error: Error | null, result: pg.QueryResult) => void;
type Asked = { name: string | undefined; text: string; values: unknown[]; queryMode: 'extended' };
// pg's own query speaks the protocol by these methods, which its types don't show; pg is pinned, and tests see every one of them work.
const ProtocolQuery = pg.Query as unknown as new (asked: Asked, callback: Answered) => ProtocolQuery & pg.Submittable;

/**
 * A read and its wall in one trip. What stands before one Sync is one transaction (PostgreSQL's manual, "Pipelining"): it
 * is over with the answer, whatever happened in it, and its settings with it. Where the wall fails, the read isn't run.
 */
class WalledRead extends ProtocolQuery {
  readonly #wall: Wall;
  #isBehind = false;

  constructor(wall: Wall, text: string, values: unknown[], callback: Answered) {
    super({ name: nameStatement(text), text, values, queryMode: 'extended' }, callback);
    this.#wall = wall;
  }
  override prepare(wire: Wire): void {
    wire.bind({ portal: '', statement: this.#wall.prepared, values: this.#wall.values, binary: false });
    wire.execute({ portal: '', rows: 0 });
    super.prepare(wire);
  }
  // The first row and the first completion are the wall's own.
  override handleDataRow(message: unknown): void {
    if (this.#isBehind) super.handleDataRow(message);
  }
  override handleCommandComplete(message: unknown, wire: Wire): void {
    if (this.#isBehind) super.handleCommandComplete(message, wire);
    this.#isBehind = true;
  }
  /** Its SQL, for whoever watches what a connection is asked. */
  override toString(): string {
    return this.text;
  }
}

/** Runs one read behind its wall on a connection that is in no transaction, and leaves it in none. */
export function readWalled(client: pg.ClientBase, wall: Wall, text: string, values: unknown[]): Promise<pg.QueryResult> {
  return new Promise((resolve, reject) => {
    client.query(new WalledRead(wall, text, values, (error, result) => (error ? reject(error) : resolve(result))));
  });
}
