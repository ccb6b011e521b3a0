import type { ImportProblem, Permission } from '@lyss/api-types';

export interface Place {
  file?: string | undefined;
  line?: number | undefined;
  field?: string | undefined;
  needs?: Permission[];
}

/** The archive is not what it must be, or not for whoever brings it: nothing of it stays. */
export class ArchiveRefused extends Error {
  readonly code: ImportProblem;
  readonly place: Place;
  constructor(code: ImportProblem, place: Place = {}, cause?: unknown) {
    super(`archive refused: ${code}`, { cause });
    this.code = code;
    this.place = place;
  }
  /** As the contract tells it. */
  describe() {
    const { file, line, field, needs } = this.place;
    return { code: this.code, file: file ?? null, line: line ?? null, field: field ?? null, needs: needs ?? [] };
  }
}
