import { randomUUID } from 'node:crypto';
import type { Rotation } from '../../modules/core/session/session.repository.js';
import { SessionRepository } from '../../modules/core/session/session.repository.js';
import type { SessionFamilyRecord, SessionRecord } from '../../modules/core/session/session.js';
import { DEFAULT_REALM_ID } from '../../shared/persistence/realm.js';
import { hash, later, MINUTE_MS, NOW, type Ports } from './contract-store.js';

export function newFamily(userId: string, values: Partial<SessionFamilyRecord> = {}): SessionFamilyRecord {
  return {
    id: randomUUID(),
    realmId: DEFAULT_REALM_ID,
    userId,
    tokenVersion: 0,
    expiresAt: later(60 * MINUTE_MS),
    revokedAt: null,
    revokedReason: null,
    deviceName: 'A desk',
    userAgent: 'jest',
    ipAddress: '203.0.113.7',
    authenticatedAt: NOW,
    methods: ['pwd', 'otp, "quoted"'],
    impersonatorId: null,
    impersonatorSessionId: null,
    lastUsedAt: NOW,
    createdAt: NOW,
    ...values,
  };
}

export function newPair(family: SessionFamilyRecord, values: Partial<SessionRecord> = {}): SessionRecord {
  return {
    id: randomUUID(),
    familyId: family.id,
    userId: family.userId,
    refreshToken: hash(),
    refreshTokenExpiresAt: later(30 * MINUTE_MS),
    accessToken: hash(),
    expiresAt: later(5 * MINUTE_MS),
    claims: { org: { id: 7, roles: ['owner'] } },
    userAgent: 'jest',
    ipAddress: null,
    replacedBy: null,
    replacedAt: null,
    sealedAnswer: null,
    createdAt: family.createdAt,
    ...values,
  };
}

export interface StartedSession {
  readonly family: SessionFamilyRecord;
  readonly pair: SessionRecord;
  readonly evicted: string[];
}

export async function startSession(
  ports: Ports,
  userId: string,
  values: Partial<SessionFamilyRecord> = {},
  maxPerUser: number | null = null,
): Promise<StartedSession> {
  const family = newFamily(userId, values);
  const pair = newPair(family);
  await ports(SessionRepository).start(family, pair);
  const evicted =
    maxPerUser === null ? [] : await ports(SessionRepository).evict(family, maxPerUser, family.createdAt);
  return { family, pair, evicted };
}

/** A rotation of the session's first pair, a minute after its start. */
export function rotationOf({ family, pair }: StartedSession, values: Partial<Rotation> = {}): Rotation {
  const now = values.now ?? later(MINUTE_MS);
  return {
    predecessorId: pair.id,
    familyId: family.id,
    successor: newPair(family, { createdAt: now }),
    sealedAnswer: 'sealed',
    now,
    ...values,
  };
}

/** The pair as the store has it; `null` where it has gone. */
export async function storedPair(
  ports: Ports,
  { refreshToken }: Pick<SessionRecord, 'refreshToken'>,
): Promise<SessionRecord | null> {
  return (await ports(SessionRepository).findByRefreshToken(refreshToken))?.session ?? null;
}
