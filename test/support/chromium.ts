import { existsSync } from 'node:fs';
import { describe } from '@jest/globals';
import { type Browser, chromium } from 'playwright-core';

/** Debian's and Alpine's place; `CHROMIUM` names another. */
const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

const hasChromium = existsSync(EXECUTABLE);

/** `describe` where there is a Chromium; else skipped, and it says so. */
export function describeInChromium(name: string, suite: () => void): void {
  if (!hasChromium) process.stdout.write(`Skipped, since it needs Chromium (CHROMIUM): ${name}.\n`);
  (hasChromium ? describe : describe.skip)(name, suite);
}

/** Headless, and without traffic of its own. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: EXECUTABLE,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
