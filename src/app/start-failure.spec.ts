import { describe, expect, it } from '@jest/globals';
import { MissingPeerError } from '../shared/peers/optional-peer.js';
import { EnvError } from './env/env.js';
import { startFailure } from './start-failure.js';

const failure = (message: string, code?: string) => Object.assign(new Error(message), code ? { code } : {});

describe('startFailure', () => {
  it('says what an operator can mend, with the advice and without a stack', () => {
    expect(
      startFailure(failure('listen EADDRINUSE: address already in use 0.0.0.0:3000', 'EADDRINUSE')),
    ).toBe(
      'Castellan cannot start: listen EADDRINUSE: address already in use 0.0.0.0:3000\n' +
        'Something listens there already: stop it, or give another PORT.',
    );
    expect(startFailure(failure('database "app" does not exist', '3D000'))).toContain('Create the database');
  });

  it('says which package is missing, and no more', () => {
    expect(startFailure(new MissingPeerError('pg-boss', 'PgBossJobScheduler', undefined))).toBe(
      'Castellan cannot start: PgBossJobScheduler needs the package pg-boss, which is not installed: npm install pg-boss',
    );
  });

  it('lists what is wrong in the configuration', () => {
    expect(startFailure(new EnvError('PORT: no number'))).toMatch(/not valid\.\n.*PORT: no number/s);
  });

  it('keeps the stack of what nobody foresaw', () => {
    expect(startFailure(failure('out of luck'))).toContain('start-failure.spec');
    expect(startFailure('odd')).toBe('Castellan cannot start: odd');
  });
});
