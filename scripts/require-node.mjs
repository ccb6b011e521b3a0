// Imported first: says what is wrong before anything newer than old Node can fail.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`Lyss starts with Node 20.19 or newer; this is ${process.versions.node}. Install a newer one from https://nodejs.org and run the command again.\n`);
  process.exit(1);
}
