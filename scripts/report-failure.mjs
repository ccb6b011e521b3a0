import { suggestRemedy } from './install.mjs';
import { CommandFailure } from './programs.mjs';

const TAIL_LINES = 20;

/**
 * Says on stderr what failed, the end of its log and what to do; leaves with exit code 1.
 * @param {unknown} error
 */
export function reportFailure(error) {
  process.exitCode = 1;
  if (!(error instanceof CommandFailure)) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return;
  }
  const tail = error.output.trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
  const remedy = error.log_path.endsWith('install.log') ? `\n${suggestRemedy(error.output)}` : '';
  process.stderr.write(`\n${tail}\n\n${error.message}. Everything it said is in ${error.log_path}${remedy}\n`);
}
