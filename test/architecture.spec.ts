import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
  .map((file) => ({ file, text: readFileSync(join('src', file), 'utf8') }));

const filesWith = (pattern: RegExp, except: readonly string[] = []): string[] =>
  sources.filter(({ file, text }) => pattern.test(text) && !except.includes(file)).map(({ file }) => file);

describe('architecture', () => {
  it('keeps the import boundaries', () => {
    const output = execFileSync(
      'node_modules/.bin/depcruise',
      ['src', '--config', '.dependency-cruiser.cjs'],
      { encoding: 'utf8' },
    );
    expect(output).toContain('no dependency violations found');
  });

  it('reads the environment in one place', () => {
    expect(filesWith(/process\.env/, ['app/env/env.ts'])).toEqual([]);
  });

  it('has no forwardRef, no any and no escape from the type checker', () => {
    expect(filesWith(/forwardRef\(/)).toEqual([]);
    expect(filesWith(/: any\b|as any\b|<any>/)).toEqual([]);
    expect(filesWith(/@ts-(ignore|nocheck)/)).toEqual([]);
  });

  it('has one place for each security decision', () => {
    expect(
      filesWith(/x-forwarded-for/i, ['shared/http/client-address.ts']).filter(
        (file) => !/env\/env\.ts|options\.ts/.test(file),
      ),
    ).toEqual([]);
    expect(filesWith(/from 'bcrypt'/).every((file) => file.startsWith('modules/core/password/'))).toBe(true);
    expect(filesWith(/extends TokenMinter\b/).sort()).toEqual([
      'modules/session/opaque-token-minter.ts',
      'modules/stateless/jwt-token-minter.ts',
    ]);
  });

  it('throws no HttpException from a service', () => {
    const services = sources.filter(({ file }) => /\.(service|handler|task)\.ts$/.test(file));
    expect(services.filter(({ text }) => /\b\w+Exception\(/.test(text)).map(({ file }) => file)).toEqual([]);
  });
});
