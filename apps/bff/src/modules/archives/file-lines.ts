import type { ArchivedFile } from './manifest.ts';

/** A file of an archive as one line, for the cursor that is kept between steps. Names hold no spaces. */
export const noteFile = ({ name, rows, bytes, sha256 }: ArchivedFile) => `${name} ${rows} ${bytes} ${sha256}\n`;

export function listFiles(lines: string): ArchivedFile[] {
  return lines
    .trimEnd()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [name = '', rows, bytes, sha256 = ''] = line.split(' ');
      return { name, rows: Number(rows), bytes: Number(bytes), sha256 };
    });
}
