/**
 * The settings of the throwaway instance: its own, and nothing of a real one's that may stand in the same shell (its
 * database, keys, address, networks, mail server), whichever there are.
 * @param {NodeJS.ProcessEnv} given @param {{ port: string, data_dir: string }} own
 */
export function makeDemoEnvironment(given, { port, data_dir }) {
  const theirs = Object.keys(given).filter((name) => /^(LYSS_|DATABASE_URL$|HOST$)/.test(name));
  return { ...Object.fromEntries(theirs.map((name) => [name, undefined])), PORT: port, LYSS_DATA_DIR: data_dir, LYSS_PUBLIC_URL: `http://localhost:${port}` };
}
