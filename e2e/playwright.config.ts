import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { reports } from './spawn-process.ts';

const folder = join(reports, 'e2e');
const asRoot = process.getuid?.() === 0;
const CANARY = 'canary.spec.ts';
const screens = process.env['E2E_SCREENS'] === '1';

/** Journeys in a real browser against the built app; `E2E_SCREENS=1` draws every page instead. */
export default defineConfig({
  testDir: 'tests',
  globalSetup: './start-run.ts',
  outputDir: join(folder, 'artifacts'),
  fullyParallel: true,
  forbidOnly: true,
  // Two cores are what a small machine and a busy CI have.
  workers: 2,
  // Right only the second time: whatever raced will race again.
  retries: 0,
  // Many times what a journey takes: it bounds one that hangs, and is no measure of a busy machine.
  timeout: 90_000,
  // A whole answer of the demo takes up to six seconds where nothing else runs.
  expect: { timeout: 20_000 },
  reporter: [
    ['list'],
    ['json', { outputFile: join(folder, 'report.json') }],
    ['junit', { outputFile: join(folder, 'report.xml') }],
  ],
  use: {
    locale: 'en-US',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1280, height: 800 },
    contextOptions: { reducedMotion: 'reduce' },
    serviceWorkers: 'block',
    trace: { mode: 'retain-on-failure', screenshots: false, sources: false },
    browserName: 'chromium',
    launchOptions: {
      executablePath: process.env['LYSS_CHROMIUM'] ?? '/usr/bin/chromium',
      args: [
        ...(asRoot ? ['--no-sandbox'] : []),
        '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync',
        // Whatever leaves this machine finds no address, and the test that tried fails.
        '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
      ],
    },
  },
  projects: screens
    ? [{ name: 'chromium', testMatch: 'screens.spec.ts' }]
    : [
        { name: 'chromium', testIgnore: ['screens.spec.ts', CANARY], teardown: 'canary' },
        // After all others, whatever became of them and whichever were chosen: it searches what they left behind.
        { name: 'canary', testMatch: CANARY },
      ],
});
