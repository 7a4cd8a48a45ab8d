import { describe, expect, it } from '@jest/globals';
import { QueryFailedError } from 'typeorm';
import { AuthError } from '../errors/auth-error.js';
import { isUnavailable, isUniqueViolation, sqlStateOf, translateDatabaseError } from './database-errors.js';
import { UniqueViolation } from './in-memory-table.js';

const failure = (code: string, more: object = {}) => Object.assign(new Error('refused'), { code, ...more });
const wrapped = (error: Error) => new QueryFailedError('SELECT 1', [], error);

describe(sqlStateOf.name, () => {
  it('finds the code of the driver, wrapped or not', () => {
    expect(sqlStateOf(failure('23505'))).toBe('23505');
    expect(sqlStateOf(wrapped(failure('23505')))).toBe('23505');
  });

  it.each([null, undefined, 'text', 7, {}, { code: 7 }, new Error('no code')])('finds none in %p', (error) =>
    expect(sqlStateOf(error)).toBeUndefined(),
  );
});

describe(isUniqueViolation.name, () => {
  it('knows it by code and constraint, of PostgreSQL and in memory', () => {
    for (const error of [
      wrapped(failure('23505', { constraint: 'users_email' })),
      new UniqueViolation('users_email'),
    ]) {
      expect(isUniqueViolation(error)).toBe(true);
      expect(isUniqueViolation(error, 'users_email')).toBe(true);
      expect(isUniqueViolation(error, 'users_username')).toBe(false);
    }
    expect(isUniqueViolation(failure('23503', { constraint: 'users_email' }), 'users_email')).toBe(false);
  });
});

describe(translateDatabaseError.name, () => {
  it.each([
    '08000',
    '08006',
    '57P01',
    '57P03',
    '53300',
    '57014',
    '55P03',
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    'ETIMEDOUT',
    'ENOTFOUND',
    'EHOSTUNREACH',
    'EAI_AGAIN',
  ])('makes a 503 of %s', (code) => {
    const cause = wrapped(failure(code));
    expect(isUnavailable(cause)).toBe(true);
    expect(translateDatabaseError(cause)).toMatchObject({
      code: 'storage.unavailable',
      status: 503,
      retryAfterSeconds: 1,
      cause,
    });
  });

  it.each([
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'timeout exceeded when trying to connect',
    'Cannot use a pool after calling end on the pool',
    'Client has encountered a connection error and is not queryable',
    'Query runner already released. Cannot run queries anymore.',
  ])('makes a 503 of the message without a code: %s', (message) => {
    expect(translateDatabaseError(new Error(message))?.status).toBe(503);
    expect(translateDatabaseError(wrapped(new Error(message)))?.status).toBe(503);
  });

  it.each(['22021', '22P02', '22003', '22025', '22P05', '22007', '22008'])('makes a 400 of %s', (code) => {
    const translated = translateDatabaseError(wrapped(failure(code)));
    expect(translated).toBeInstanceOf(AuthError);
    expect(translated).toMatchObject({ code: 'storage.invalid_value', status: 400 });
  });

  it.each(['40001', '40P01'])('makes a 503 of %s, which was not repeated or not in time', (code) => {
    expect(translateDatabaseError(wrapped(failure(code)))).toMatchObject({
      code: 'storage.unavailable',
      status: 503,
    });
  });

  it('makes a 404 of a reference to what has just been deleted', () => {
    expect(translateDatabaseError(wrapped(failure('23503')))).toMatchObject({
      code: 'storage.reference_gone',
      status: 404,
    });
  });

  it('tells nobody what the database said', () => {
    const secret = 'invalid input syntax: "hunter2"';
    const translated = translateDatabaseError(Object.assign(new Error(secret), { code: '22P02' }));
    expect(JSON.stringify(translated)).not.toContain('hunter2');
    expect(translated?.message).not.toContain('hunter2');
  });

  it.each([failure('23505'), failure('42P01'), new Error('a bug'), 'text', null, undefined])(
    'leaves %p to others',
    (error) => expect(translateDatabaseError(error)).toBeUndefined(),
  );
});
