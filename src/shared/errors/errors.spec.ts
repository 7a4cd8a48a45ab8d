import { describe, expect, it } from '@jest/globals';
import { assertThat } from './assert-that.js';
import { AuthError } from './auth-error.js';
import { defineErrors } from './define-errors.js';
import { toAuthError } from './error-translation.js';
import { GeneralErrors } from './general.errors.js';
import { toProblem } from './problem.js';

const Errors = defineErrors('core', { locked: { status: 423, title: 'The account is locked' } });

describe('defineErrors', () => {
  it('prefixes the keys and freezes the entries', () => {
    expect(Errors.locked).toEqual({ code: 'core.locked', status: 423, title: 'The account is locked' });
    expect(Object.isFrozen(Errors.locked) && Object.isFrozen(Errors)).toBe(true);
    // @ts-expect-error the catalogue knows its keys
    expect(Errors.unknown).toBeUndefined();
  });

  it('refuses bad keys and statuses', () => {
    expect(() => defineErrors('core', { notSnake: { status: 400, title: '' } })).toThrow(TypeError);
    expect(() => defineErrors('core', { fine: { status: 200, title: '' } })).toThrow(TypeError);
  });
});

describe('AuthError', () => {
  it('carries its definition, and keeps the cause out of the problem', () => {
    const error = new AuthError(Errors.locked, {
      detail: 'Try later.',
      cause: new Error('SELECT secret'),
      retryAfterSeconds: 3,
      extra: { status: 200, attempts_left: 0 },
    });
    expect(error).toMatchObject({ code: 'core.locked', status: 423, statusCode: 423, message: 'Try later.' });
    expect(error.is(Errors.locked)).toBe(true);
    const problem = toProblem(error, '019b76da-a800-7000-8000-000000000001');
    expect(problem).toEqual({
      type: 'urn:castellan:error:core.locked',
      title: 'The account is locked',
      status: 423,
      detail: 'Try later.',
      instance: 'urn:uuid:019b76da-a800-7000-8000-000000000001',
      code: 'core.locked',
      attempts_left: 0,
    });
  });

  it('is thrown by assertThat', () => {
    expect(() => assertThat(true, Errors.locked)).not.toThrow();
    expect(() => assertThat(0, Errors.locked, { detail: 'no' })).toThrow(
      new AuthError(Errors.locked, { detail: 'no' }),
    );
  });
});

describe('toAuthError', () => {
  it('does not take the status of an upstream answer for its own', () => {
    const upstream = Object.assign(new Error('GET https://internal/ failed'), {
      status: 404,
      code: 'ERR_BAD_REQUEST',
    });
    expect(toAuthError(upstream).is(GeneralErrors.internal)).toBe(true);
  });

  it.each([null, undefined, 'text', 42, {}, { statusCode: 404 }])('takes %p for a fault', (thrown) => {
    expect(toAuthError(thrown).is(GeneralErrors.internal)).toBe(true);
  });

  it('asks the translation first', () => {
    const translate = () => new AuthError(GeneralErrors.unavailable);
    expect(toAuthError(new Error('57P01'), translate).is(GeneralErrors.unavailable)).toBe(true);
    expect(toAuthError(new AuthError(Errors.locked), translate).is(Errors.locked)).toBe(true);
  });
});
