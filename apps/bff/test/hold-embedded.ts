// A process that owns the embedded server until it is killed: argv is the data folder.
import { startEmbedded } from '../src/db/embedded.ts';

await startEmbedded({ data_dir: process.argv[2] ?? '' });
process.send?.('ready');
setInterval(() => {}, 60_000);
