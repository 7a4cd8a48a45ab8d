import { Injectable } from '@nestjs/common';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import { TypeOrmContext } from '../../../shared/persistence/typeorm-context.js';
import { type BlacklistEntry, mergeEntries, subjectOf, type TokenReference } from './blacklist.js';
import { BlacklistRepository } from './blacklist.repository.js';

interface Row {
  readonly id: string;
  readonly kind: BlacklistEntry['kind'];
  readonly subject: string;
  readonly userId: string;
  readonly minTokenVersion: number | null;
  readonly minClaimsVersion: number | null;
  readonly keptSessionId: string | null;
  readonly expiresAt: Date;
}

const ADD = `
  INSERT INTO castellan.blacklist AS b (realm_id, id, kind, subject, user_id, min_token_version, min_claims_version, kept_session_id, expires_at)
  SELECT $1, e.id, e.kind, e.subject, e.user_id, e.min_token_version, e.min_claims_version, e.kept_session_id, e.expires_at
  FROM jsonb_to_recordset($2::jsonb) AS e (id uuid, kind varchar, subject uuid, user_id uuid, min_token_version int, min_claims_version int, kept_session_id uuid,
    expires_at timestamptz)
  ORDER BY e.subject
  ON CONFLICT (realm_id, kind, subject) DO UPDATE SET
    kept_session_id = CASE WHEN excluded.min_token_version > b.min_token_version THEN excluded.kept_session_id ELSE b.kept_session_id END,
    min_token_version = greatest(b.min_token_version, excluded.min_token_version),
    min_claims_version = greatest(b.min_claims_version, excluded.min_claims_version),
    expires_at = greatest(b.expires_at, excluded.expires_at),
    recorded_at = clock_timestamp()`;

const SINCE = `
  SELECT clock.time AS "recordedUntil", b.id, b.kind, b.subject, b.user_id AS "userId", b.min_token_version AS "minTokenVersion",
    b.min_claims_version AS "minClaimsVersion", b.kept_session_id AS "keptSessionId", b.expires_at AS "expiresAt"
  FROM (SELECT clock_timestamp() AS time) AS clock
  LEFT JOIN castellan.blacklist b ON b.expires_at > $2 AND ($1::timestamptz IS NULL OR b.recorded_at > $1)`;

const IS_REVOKED = `
  SELECT EXISTS (
    SELECT 1 FROM castellan.blacklist WHERE realm_id = '${DEFAULT_REALM_ID}' AND kind = 'session' AND subject = $1::uuid
  ) OR EXISTS (
    SELECT 1 FROM castellan.blacklist WHERE realm_id = '${DEFAULT_REALM_ID}' AND kind = 'user' AND subject = $2::uuid
      AND min_token_version > $3::int AND kept_session_id IS DISTINCT FROM $1::uuid AND expires_at > $4::timestamptz
  ) OR EXISTS (
    SELECT 1 FROM castellan.blacklist WHERE realm_id = '${DEFAULT_REALM_ID}' AND kind = 'claims' AND subject = $2::uuid
      AND min_claims_version > $5::int AND expires_at > $4::timestamptz
  ) AS revoked`;

@Injectable()
export class TypeOrmBlacklistRepository implements BlacklistRepository {
  constructor(private readonly context: TypeOrmContext) {}

  async add(entries: readonly BlacklistEntry[]): Promise<void> {
    const rows = bySubject(entries).map((entry) => ({
      id: entry.id,
      kind: entry.kind,
      subject: entry.kind === 'session' ? entry.sessionId : entry.userId,
      user_id: entry.userId,
      min_token_version: entry.kind === 'user' ? entry.minTokenVersion : null,
      min_claims_version: entry.kind === 'claims' ? entry.minClaimsVersion : null,
      kept_session_id: entry.kind === 'user' ? entry.keptSessionId : null,
      expires_at: entry.expiresAt,
    }));
    await this.context.query(ADD, [DEFAULT_REALM_ID, JSON.stringify(rows)]);
  }

  async since(
    recordedAfter: Date | null,
    now: Date,
  ): Promise<{ entries: BlacklistEntry[]; recordedUntil: Date }> {
    const rows = await this.context.statement<(Row | { id: null }) & { recordedUntil: Date }>(
      'blacklist_since',
      SINCE,
      [recordedAfter, now],
    );
    const [first] = rows;
    if (!first) throw new Error('A left join returned no row.');
    return {
      entries: rows.flatMap((row) => (row.id === null ? [] : [entryOf(row)])),
      recordedUntil: first.recordedUntil,
    };
  }

  async isRevoked(token: TokenReference, now: Date): Promise<boolean> {
    const [row] = await this.context.statement<{ revoked: boolean }>('blacklist_is_revoked', IS_REVOKED, [
      token.sessionId,
      token.userId,
      token.tokenVersion,
      now,
      token.claimsVersion,
    ]);
    return row?.revoked !== false;
  }

  async deleteExpired(now: Date, limit: number): Promise<number> {
    const text = `DELETE FROM castellan.blacklist WHERE id IN
      (SELECT id FROM castellan.blacklist WHERE expires_at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING id`;
    return (await this.context.query(text, [now, limit])).length;
  }
}

/** An upsert takes each subject once. */
function bySubject(entries: readonly BlacklistEntry[]): BlacklistEntry[] {
  const merged = new Map<string, BlacklistEntry>();
  for (const entry of entries) {
    const known = merged.get(subjectOf(entry));
    merged.set(subjectOf(entry), known ? mergeEntries(known, entry) : entry);
  }
  return [...merged.values()];
}

function entryOf(row: Row): BlacklistEntry {
  const { id, kind, subject, userId, keptSessionId, expiresAt } = row;
  if (kind === 'session') return { id, kind, userId, sessionId: subject, expiresAt };
  if (kind === 'claims') return { id, kind, userId, minClaimsVersion: row.minClaimsVersion ?? 0, expiresAt };
  return { id, kind, userId, minTokenVersion: row.minTokenVersion ?? 0, keptSessionId, expiresAt };
}
