import { Injectable } from '@nestjs/common';
import { columnList, type Columns } from '../../../shared/persistence/columns.js';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import { TypeOrmContext } from '../../../shared/persistence/typeorm-context.js';
import type { NewToken, TokenPurpose, TokenRecord } from './token.js';
import { TokenRepository } from './token.repository.js';

const COLUMNS: Columns<TokenRecord> = {
  id: 'id',
  realmId: 'realm_id',
  userId: 'user_id',
  type: 'type',
  subject: 'subject',
  token: 'token',
  code: 'code',
  email: 'email',
  phoneNumber: 'phone_number',
  payload: 'payload',
  expiresAt: 'expires_at',
  used: 'used',
  usedAt: 'used_at',
  createdAt: 'created_at',
};
const RECORD = columnList(COLUMNS);
const REPLACED = [
  'id',
  'user_id',
  'token',
  'code',
  'email',
  'phone_number',
  'payload',
  'expires_at',
  'created_at',
];
const REALM = `realm_id = '${DEFAULT_REALM_ID}'`;

@Injectable()
export class TypeOrmTokenRepository implements TokenRepository {
  constructor(private readonly context: TypeOrmContext) {}

  async replace(token: NewToken): Promise<void> {
    await this.context.query(
      `INSERT INTO castellan.tokens (realm_id, id, user_id, type, subject, token, code, email, phone_number, payload, expires_at, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
       ON CONFLICT (realm_id, type, subject) WHERE used = false
       DO UPDATE SET ${REPLACED.map((column) => `${column} = excluded.${column}`).join(', ')}`,
      [
        DEFAULT_REALM_ID,
        token.id,
        token.userId,
        token.type,
        token.subject,
        token.token,
        token.code,
        token.email,
        token.phoneNumber,
        JSON.stringify(token.payload),
        token.expiresAt,
        token.createdAt,
      ],
    );
  }

  findActive(type: TokenPurpose, tokenHash: string, now: Date): Promise<TokenRecord | null> {
    return this.one(
      `SELECT ${RECORD} FROM castellan.tokens WHERE ${REALM} AND type = $1 AND token = $2 AND used = false AND expires_at > $3`,
      [type, tokenHash, now],
    );
  }

  findActiveBySubject(type: TokenPurpose, subject: string, now: Date): Promise<TokenRecord | null> {
    return this.one(
      `SELECT ${RECORD} FROM castellan.tokens WHERE ${REALM} AND type = $1 AND subject = $2 AND used = false AND expires_at > $3`,
      [type, subject, now],
    );
  }

  findByUserId(userId: string): Promise<TokenRecord[]> {
    return this.context.query<TokenRecord>(
      `SELECT ${RECORD} FROM castellan.tokens WHERE user_id = $1 ORDER BY created_at DESC, id DESC`,
      [userId],
    );
  }

  consume(type: TokenPurpose, tokenHash: string, now: Date): Promise<TokenRecord | null> {
    return this.use('type = $2 AND token = $3', [now, type, tokenHash]);
  }

  consumeByCode(
    type: TokenPurpose,
    subject: string,
    codes: readonly string[],
    now: Date,
  ): Promise<TokenRecord | null> {
    return this.use('type = $2 AND subject = $3 AND code = ANY($4)', [now, type, subject, codes]);
  }

  consumeById(id: string, now: Date): Promise<TokenRecord | null> {
    return this.use('id = $2', [now, id]);
  }

  async deleteBySubject(type: TokenPurpose, subject: string): Promise<void> {
    await this.context.query(
      `DELETE FROM castellan.tokens WHERE ${REALM} AND type = $1 AND subject = $2 AND used = false`,
      [type, subject],
    );
  }

  async deleteByUserId(userId: string, types?: readonly TokenPurpose[]): Promise<void> {
    await this.context.query(
      'DELETE FROM castellan.tokens WHERE user_id = $1 AND ($2::text[] IS NULL OR type = ANY($2))',
      [userId, types ?? null],
    );
  }

  async deleteExpired(before: Date, limit: number): Promise<number> {
    const text = `DELETE FROM castellan.tokens WHERE id IN
      (SELECT id FROM castellan.tokens WHERE expires_at < $1 OR used_at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING id`;
    return (await this.context.query(text, [before, limit])).length;
  }

  /** The one statement that consumes: of simultaneous callers one gets the row. */
  private use(condition: string, values: readonly unknown[]): Promise<TokenRecord | null> {
    return this.one(
      `UPDATE castellan.tokens SET used = true, used_at = $1 WHERE ${REALM} AND ${condition} AND used = false AND expires_at > $1::timestamptz RETURNING ${RECORD}`,
      values,
    );
  }

  private async one(text: string, values: readonly unknown[]): Promise<TokenRecord | null> {
    const [row] = await this.context.query<TokenRecord>(text, values);
    return row ?? null;
  }
}
