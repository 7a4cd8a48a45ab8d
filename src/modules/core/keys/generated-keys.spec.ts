import { execFile } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadOrGenerateSigningKeys } from './generated-keys.js';
import { parsePublicKeys } from './key-parsing.js';

describe(loadOrGenerateSigningKeys.name, () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'castellan-keys-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('makes an ES256 key that only the owner can read, and keeps it', () => {
    const keys = join(directory, 'deep', 'keys');
    const first = loadOrGenerateSigningKeys(keys);
    expect(first.current.algorithm).toBe('ES256');
    expect(readdirSync(keys)).toEqual(['signing-key.pem']);
    expect(statSync(join(keys, 'signing-key.pem')).mode & 0o777).toBe(0o600);
    expect(loadOrGenerateSigningKeys(keys).jwks).toEqual(first.jwks);
  });

  it('publishes the verification keys beside it', () => {
    const pem = createPublicKey(readFileSync(join(loadedElsewhere(), 'signing-key.pem'))).export({
      type: 'spki',
      format: 'pem',
    });
    const keys = loadOrGenerateSigningKeys(directory, parsePublicKeys(pem.toString()));
    expect(keys.jwks.keys).toHaveLength(2);
  });

  it('does not replace a file that it cannot read', () => {
    writeFileSync(join(directory, 'signing-key.pem'), 'nonsense-secret');
    expect(() => loadOrGenerateSigningKeys(directory)).toThrow(/^it is neither PEM nor JSON$/);
    expect(readFileSync(join(directory, 'signing-key.pem'), 'utf8')).toBe('nonsense-secret');
  });

  it('agrees with other starters', async () => {
    const loader = new URL('./generated-keys.ts', import.meta.url).href;
    const code = `import(${JSON.stringify(loader)}).then(({ loadOrGenerateSigningKeys: load }) => console.log(load(process.argv[1]).current.kid))`;
    const start = () =>
      promisify(execFile)(
        process.execPath,
        ['--import', '@swc-node/register/esm-register', '-e', code, directory],
        { env: { PATH: process.env['PATH'] } },
      );
    const kids = (await Promise.all([start(), start(), start()])).map(({ stdout }) => stdout.trim());
    expect(new Set([...kids, loadOrGenerateSigningKeys(directory).current.kid]).size).toBe(1);
    expect(readdirSync(directory)).toEqual(['signing-key.pem']);
  });

  function loadedElsewhere(): string {
    const elsewhere = join(directory, 'elsewhere');
    loadOrGenerateSigningKeys(elsewhere);
    return elsewhere;
  }
});
