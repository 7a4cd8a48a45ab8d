import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AccountFixture, atOnce, outcomes, wrong } from '../../../../test/support/account-fixture.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { GUESSES, GuessBudget } from './guess-budget.js';
import { SingleUseSecrets } from './single-use-secrets.js';
import { TokenRepository } from './token.repository.js';

const refusal = (code: string) => expect.objectContaining({ code: `core.${code}` });

describe('SingleUseSecrets', () => {
  let fixture: AccountFixture;
  let secrets: SingleUseSecrets;
  const request = {
    purpose: 'password_reset',
    subject: 'ada@example.com',
    email: 'ada@example.com',
  } as const;

  beforeEach(async () => {
    fixture = await AccountFixture.create();
    secrets = fixture.get(SingleUseSecrets);
  });
  afterEach(() => fixture.close());

  it('issues 256-bit tokens and six digits, and stores neither', async () => {
    const { token, code } = await secrets.issueLinkAndCode(request);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(code).toMatch(/^\d{6}$/);
    const stored = JSON.stringify(
      await fixture
        .get(TokenRepository)
        .findActiveBySubject('password_reset', request.subject, fixture.clock.now()),
    );
    expect(stored).not.toContain(token);
    expect(stored).not.toContain(code);
  });

  it('gives a link to one of fifty', async () => {
    const { token } = await secrets.issueLinkAndCode(request);
    expect(await outcomes(atOnce(50, () => secrets.redeem('password_reset', token)))).toEqual({
      ok: 1,
      'core.invalid_code': 49,
    });
  });

  it('gives a peeked record to one of fifty, in their transactions', async () => {
    const { token } = await secrets.issueLinkAndCode(request);
    const record = await secrets.peek('password_reset', token);
    const consume = () => fixture.get(TransactionRunner).run(() => secrets.consume(record));
    expect(await outcomes(atOnce(50, consume))).toEqual({ ok: 1, 'core.invalid_code': 49 });
  });

  it('gives link and code together to one', async () => {
    const { token, code } = await secrets.issueLinkAndCode(request);
    const both = [
      secrets.redeem('password_reset', token),
      secrets.redeemCode('password_reset', request.subject, code),
    ];
    expect(await outcomes(both)).toEqual({ ok: 1, 'core.invalid_code': 1 });
  });

  it('gives a code to one of fifty', async () => {
    const { code } = await secrets.issueCode(request);
    const counts = await outcomes(
      atOnce(50, () => secrets.redeemCode('password_reset', request.subject, code)),
    );
    expect(counts['ok']).toBe(1);
  });

  it('compares five of a hundred guesses in a burst', async () => {
    const { code } = await secrets.issueCode(request);
    const guesses = atOnce(100, (index) =>
      secrets.redeemCode('password_reset', request.subject, index === 60 ? code : wrong(code)),
    );
    expect(await outcomes(guesses)).toEqual({
      'core.invalid_code': GUESSES,
      'core.too_many_attempts': 100 - GUESSES,
    });
    await expect(secrets.redeemCode('password_reset', request.subject, code)).rejects.toEqual(
      refusal('too_many_attempts'),
    );
  });

  it('does not refill the budget for a new code, but with the hour', async () => {
    const { code } = await secrets.issueCode(request);
    for (let guess = 0; guess < GUESSES; guess += 1) {
      await expect(secrets.redeemCode('password_reset', request.subject, wrong(code))).rejects.toEqual(
        refusal('invalid_code'),
      );
    }
    const { code: second } = await secrets.issueCode(request);
    await expect(secrets.redeemCode('password_reset', request.subject, second)).rejects.toMatchObject({
      code: 'core.too_many_attempts',
      status: 429,
      retryAfterSeconds: 3600,
    });
    fixture.clock.advance('1h');
    const { code: third } = await secrets.issueCode(request);
    await secrets.redeemCode('password_reset', request.subject, third);
  });

  it('clears the budget with success', async () => {
    for (let round = 0; round < 3; round += 1) {
      const { code } = await secrets.issueCode(request);
      for (let guess = 1; guess < GUESSES; guess += 1) {
        await expect(secrets.redeemCode('password_reset', request.subject, wrong(code))).rejects.toEqual(
          refusal('invalid_code'),
        );
      }
      await secrets.redeemCode('password_reset', request.subject, code);
    }
  });

  it('counts the guesses of each subject and purpose by themselves', async () => {
    const { code } = await secrets.issueCode(request);
    const guess = (subject: string) => secrets.redeemCode('password_reset', subject, wrong(code));
    await outcomes(atOnce(10, () => guess('eve@example.com')));
    await outcomes(atOnce(10, () => secrets.redeemCode('email_verification', request.subject, code)));
    await secrets.redeemCode('password_reset', request.subject, code);
  });

  it('refuses to count a guess that could be rolled back', async () => {
    const guess = () => fixture.get(GuessBudget).reserve('password_reset', request.subject);
    await expect(fixture.get(TransactionRunner).run(guess)).rejects.toThrow('outside of transactions');
  });

  it('knows a secret under its purpose and subject alone', async () => {
    const { token, code } = await secrets.issueLinkAndCode(request);
    await expect(secrets.redeem('email_verification', token)).rejects.toEqual(refusal('invalid_code'));
    await expect(secrets.redeem('login_challenge', token)).rejects.toEqual(refusal('challenge_invalid'));
    await expect(secrets.redeemCode('password_reset', 'eve@example.com', code)).rejects.toEqual(
      refusal('invalid_code'),
    );
    await secrets.redeem('password_reset', token);
  });

  it('voids the older secret when a new one is issued', async () => {
    const first = await secrets.issueLinkAndCode(request);
    const peeked = await secrets.peek('password_reset', first.token);
    const second = await secrets.issueLinkAndCode(request);
    await expect(secrets.redeem('password_reset', first.token)).rejects.toEqual(refusal('invalid_code'));
    await expect(secrets.consume(peeked)).rejects.toEqual(refusal('invalid_code'));
    await secrets.redeem('password_reset', second.token);
  });

  it('lets a code lapse after ten minutes and its link later', async () => {
    const { token, code } = await secrets.issueLinkAndCode(request);
    fixture.clock.advance('10m');
    await expect(secrets.redeemCode('password_reset', request.subject, code)).rejects.toEqual(
      refusal('invalid_code'),
    );
    fixture.clock.advance(50 * 60_000 - 1);
    await secrets.peek('password_reset', token);
    fixture.clock.advance(1);
    await expect(secrets.redeem('password_reset', token)).rejects.toEqual(refusal('invalid_code'));
  });

  it('takes a code until its last millisecond', async () => {
    const { code, expiresAt } = await secrets.issueCode({ ...request, ttlMs: 86_400_000 });
    expect(expiresAt.getTime() - fixture.clock.now().getTime()).toBe(600_000);
    fixture.clock.advance(599_999);
    await secrets.redeemCode('password_reset', request.subject, code);
  });

  it('gives a secret back when what it was consumed for fails', async () => {
    const { token } = await secrets.issueLinkAndCode(request);
    const record = await secrets.peek('password_reset', token);
    const failing = fixture.get(TransactionRunner).run(async () => {
      await secrets.consume(record);
      throw new Error('a conflict');
    });
    await expect(failing).rejects.toThrow('a conflict');
    await secrets.redeem('password_reset', token);
  });
});
