import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { InMemoryDatabase } from '../../../shared/persistence/in-memory-database.js';
import { auditRecord } from '../../../testing/contract/audit-fixture.js';
import { InMemoryAuditLogRepository } from './in-memory-audit-log.repository.js';
import { SessionEventReader } from './session-event-reader.js';

const [USER, OTHER] = [randomUUID(), randomUUID()];

async function reader(): Promise<SessionEventReader> {
  const log = new InMemoryAuditLogRepository(new InMemoryDatabase());
  const own = { targetId: USER, targetType: 'user' };
  const records = [
    { ...own, action: 'auth.login', metadata: { session_id: 'a', methods: ['pwd', 'otp'] } },
    { ...own, action: 'auth.login.failed', metadata: { reason: 'invalid_credentials' } },
    { ...own, action: 'user.profile.change', metadata: {} },
    { ...own, action: 'auth.password.change', metadata: {} },
    { ...own, action: 'session.revoke', metadata: { reason: 'password_change', session_ids: ['b', 'c'] } },
    { action: 'auth.login', targetId: OTHER, targetType: 'user', metadata: { session_id: 'd' } },
    { ...own, action: 'auth.refresh.reuse', metadata: { session_id: 'a', reason: 'refresh_reuse_detected' } },
    { ...own, action: 'auth.password.reset', metadata: {} },
  ];
  for (const [index, values] of records.entries()) await log.create(auditRecord(index * 1000, values));
  return new SessionEventReader(log);
}

describe('The life of sessions', () => {
  it('is told by AuthKit’s names, the latest first', async () => {
    const events = await (await reader()).list(USER);
    expect(events.map(({ event, sessionId, method, reason }) => [event, sessionId, method, reason])).toEqual([
      ['password_recovery', null, null, null],
      ['session_revoked', 'a', null, 'refresh_reuse_detected'],
      ['session_revoked', 'b', null, 'password_change'],
      ['password_changed', null, null, null],
      ['session_failed', null, null, 'invalid_credentials'],
      ['session_created', 'a', 'pwd otp', null],
    ]);
    expect(events.every(({ userId }) => userId === USER)).toBe(true);
  });

  it('is told of all accounts, of some events, and no further than asked', async () => {
    const sessions = await reader();
    expect((await sessions.list(null, ['session_created'])).map(({ userId }) => userId)).toEqual([
      OTHER,
      USER,
    ]);
    expect((await sessions.list(null, undefined, 3)).map(({ event }) => event)).toEqual([
      'password_recovery',
      'session_revoked',
      'session_created',
    ]);
  });
});
