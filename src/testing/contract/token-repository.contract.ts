import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { TokenRepository } from '../../modules/core/token/token.repository.js';
import { DEFAULT_REALM_ID } from '../../shared/persistence/realm.js';
import { TransactionRunner } from '../../shared/persistence/transaction-runner.js';
import {
  type ContractSetup,
  createUser,
  describeContract,
  hash,
  later,
  MINUTE_MS,
  NOW,
  type Ports,
  present,
  simultaneously,
} from './contract-store.js';
import { newToken } from './token-fixture.js';

const END = later(10 * MINUTE_MS);

/**
 * What every TokenRepository has to do. Run it on a store of your own; it needs the accounts and the TransactionRunner too. `transactional: false`: the
 * secrets lie beside the store whose transactions they take part in, and so are not rolled back.
 */
export function describeTokenRepository(
  name: string,
  setup: ContractSetup,
  { transactional = true }: { readonly transactional?: boolean } = {},
): void {
  describeContract(`${name} is a TokenRepository`, setup, (ports) => {
    describeLooking(ports);
    describeConsuming(ports);
    if (transactional) describeRollback(ports);
    describeForgetting(ports);
  });
}

function describeLooking(ports: Ports): void {
  const tokens = () => ports(TokenRepository);

  it('finds an unused secret by its hash and by its subject, until it expires', async () => {
    const { id: userId } = await createUser(ports);
    const token = newToken({ userId, code: 'k1.code', phoneNumber: '+15550100001' });
    await tokens().replace(token);
    const record = { ...token, realmId: DEFAULT_REALM_ID, used: false, usedAt: null };
    expect(await tokens().findActive('password_reset', token.token ?? '', NOW)).toEqual(record);
    expect(await tokens().findActiveBySubject('password_reset', token.subject, NOW)).toEqual(record);
    expect(await tokens().findActive('password_reset', token.token ?? '', later(10 * MINUTE_MS - 1))).toEqual(
      record,
    );
    expect(await tokens().findActive('password_reset', token.token ?? '', END)).toBeNull();
    expect(await tokens().findActiveBySubject('password_reset', token.subject, END)).toBeNull();
  });

  it('keeps purposes and subjects apart', async () => {
    const token = newToken();
    await tokens().replace(token);
    expect(await tokens().findActive('email_change', token.token ?? '', NOW)).toBeNull();
    expect(await tokens().findActive('password_reset', hash(), NOW)).toBeNull();
    expect(await tokens().findActiveBySubject('email_change', token.subject, NOW)).toBeNull();
    expect(await tokens().findActiveBySubject('password_reset', 'other', NOW)).toBeNull();
    expect(await tokens().consume('email_change', token.token ?? '', NOW)).toBeNull();
  });

  it('puts a new secret in place of the older one of its purpose and subject, and of no other', async () => {
    const older = newToken({ subject: 'ada', code: 'k1.older' });
    const elsewhere = newToken({ subject: 'ada', type: 'email_verification' });
    const newer = newToken({ subject: 'ada', token: null, code: 'k1.newer', payload: {}, email: null });
    for (const token of [older, elsewhere, newer]) await tokens().replace(token);
    expect(await tokens().findActive('password_reset', older.token ?? '', NOW)).toBeNull();
    expect(await tokens().consumeById(older.id, NOW)).toBeNull();
    expect(await tokens().consumeByCode('password_reset', 'ada', ['k1.older'], NOW)).toBeNull();
    expect(await tokens().findActiveBySubject('password_reset', 'ada', NOW)).toMatchObject(newer);
    expect(await tokens().findActive('email_verification', elsewhere.token ?? '', NOW)).not.toBeNull();
  });

  it('replaces after the older one was used', async () => {
    const [older, newer] = [newToken({ subject: 'ada' }), newToken({ subject: 'ada' })];
    await tokens().replace(older);
    await tokens().consumeById(older.id, NOW);
    await tokens().replace(newer);
    expect(await tokens().findActiveBySubject('password_reset', 'ada', NOW)).toMatchObject({ id: newer.id });
  });

  it('leaves one secret of 20 that are made at once', async () => {
    const made = Array.from({ length: 20 }, () => newToken({ subject: 'ada' }));
    await Promise.all(made.map((token) => tokens().replace(token)));
    const found = await Promise.all(
      made.map((token) => tokens().findActive('password_reset', token.token ?? '', NOW)),
    );
    expect(present(found)).toHaveLength(1);
  });

  it('lists what a user has, the newest first', async () => {
    const { id: userId } = await createUser(ports);
    const made = [2, 0, 1].map((age) => newToken({ userId, createdAt: later(-age) }));
    for (const token of [...made, newToken()]) await tokens().replace(token);
    await tokens().consumeById(made[0]?.id ?? '', NOW);
    expect((await tokens().findByUserId(userId)).map(({ id }) => id)).toEqual([
      made[1]?.id,
      made[2]?.id,
      made[0]?.id,
    ]);
    expect(await tokens().findByUserId(randomUUID())).toEqual([]);
  });
}

function describeConsuming(ports: Ports): void {
  const tokens = () => ports(TokenRepository);

  it('gives a secret to one of 50, by hash, code or id', async () => {
    const token = newToken({ code: 'k1.code' });
    await tokens().replace(token);
    const taken = present(
      await simultaneously(50, (index) => {
        if (index % 3 === 0) return tokens().consume('password_reset', token.token ?? '', later(1));
        if (index % 3 === 1) return tokens().consumeById(token.id, later(1));
        return tokens().consumeByCode('password_reset', token.subject, ['k1.code'], later(1));
      }),
    );
    expect(taken).toEqual([{ ...token, realmId: DEFAULT_REALM_ID, used: true, usedAt: later(1) }]);
    expect(await tokens().findActive('password_reset', token.token ?? '', NOW)).toBeNull();
  });

  it('gives nobody what has expired', async () => {
    const token = newToken({ code: 'k1.code' });
    await tokens().replace(token);
    expect(await tokens().consume('password_reset', token.token ?? '', END)).toBeNull();
    expect(await tokens().consumeByCode('password_reset', token.subject, ['k1.code'], END)).toBeNull();
    expect(await tokens().consumeById(token.id, END)).toBeNull();
    expect(await tokens().consumeById(token.id, later(10 * MINUTE_MS - 1))).not.toBeNull();
  });

  it('takes a code under every key, of its own subject alone', async () => {
    const token = newToken({ subject: 'ada', token: null, code: 'k1.code' });
    await tokens().replace(token);
    await tokens().replace(newToken({ subject: 'grace' }));
    for (const [subject, codes] of [
      ['ada', ['k2.code', 'k1.wrong']],
      ['ada', []],
      ['grace', ['k1.code']],
    ] as const)
      expect(await tokens().consumeByCode('password_reset', subject, codes, NOW)).toBeNull();
    expect(await tokens().consumeByCode('email_change', 'ada', ['k1.code'], NOW)).toBeNull();
    expect(await tokens().consumeByCode('password_reset', 'ada', ['k2.other', 'k1.code'], NOW)).toMatchObject(
      {
        id: token.id,
        used: true,
      },
    );
  });

  it('never gives away both a secret and the one that replaces it at once', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [older, newer] = [newToken({ subject: 'ada' }), newToken({ subject: 'ada' })];
      await tokens().replace(older);
      await Promise.all([tokens().replace(newer), tokens().consumeById(older.id, NOW)]);
      expect(await tokens().consumeById(older.id, NOW)).toBeNull();
      expect(await tokens().findActiveBySubject('password_reset', 'ada', NOW)).toMatchObject({
        id: newer.id,
      });
    }
  });
}

function describeForgetting(ports: Ports): void {
  const tokens = () => ports(TokenRepository);

  it('voids by subject', async () => {
    const [token, other] = [newToken({ subject: 'ada' }), newToken({ subject: 'grace' })];
    for (const each of [token, other]) await tokens().replace(each);
    await tokens().deleteBySubject('email_change', 'ada');
    expect(await tokens().findActiveBySubject('password_reset', 'ada', NOW)).not.toBeNull();
    await tokens().deleteBySubject('password_reset', 'ada');
    await tokens().deleteBySubject('password_reset', 'nobody');
    expect(await tokens().consumeById(token.id, NOW)).toBeNull();
    expect(await tokens().consumeById(other.id, NOW)).not.toBeNull();
  });

  it('voids what a user has, of some purposes or of all', async () => {
    const { id: userId } = await createUser(ports);
    const types = ['password_reset', 'email_change', 'phone_change'] as const;
    for (const type of types) await tokens().replace(newToken({ userId, type }));
    const other = newToken();
    await tokens().replace(other);
    const left = async () => (await tokens().findByUserId(userId)).map(({ type }) => type).sort();
    await tokens().deleteByUserId(userId, []);
    expect(await left()).toEqual(['email_change', 'password_reset', 'phone_change']);
    await tokens().deleteByUserId(userId, ['password_reset', 'login_challenge', 'phone_change']);
    expect(await left()).toEqual(['email_change']);
    await tokens().deleteByUserId(userId);
    expect(await left()).toEqual([]);
    expect(await tokens().consumeById(other.id, NOW)).not.toBeNull();
  });

  it('removes what has expired or been used before an instant, so many at most', async () => {
    const { id: userId } = await createUser(ports);
    const [expired, used, usedLater, alive] = [
      newToken({ userId, expiresAt: later(-1) }),
      newToken({ userId }),
      newToken({ userId }),
      newToken({ userId }),
    ];
    for (const token of [expired, used, usedLater, alive]) await tokens().replace(token);
    await tokens().consumeById(used.id, later(-1));
    await tokens().consumeById(usedLater.id, NOW);
    expect(await tokens().deleteExpired(NOW, 1)).toBe(1);
    expect(await tokens().deleteExpired(NOW, 10)).toBe(1);
    expect(await tokens().deleteExpired(NOW, 10)).toBe(0);
    expect((await tokens().findByUserId(userId)).map(({ id }) => id).sort()).toEqual(
      [usedLater.id, alive.id].sort(),
    );
  });
}

function describeRollback(ports: Ports): void {
  const tokens = () => ports(TokenRepository);

  it('is not consumed by a transaction that rolls back', async () => {
    const token = newToken();
    await tokens().replace(token);
    const failing = ports(TransactionRunner).run(async () => {
      expect(await tokens().consumeById(token.id, NOW)).not.toBeNull();
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await tokens().consumeById(token.id, NOW)).not.toBeNull();
  });
}
