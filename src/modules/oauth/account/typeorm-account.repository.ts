import { Injectable } from '@nestjs/common';
import type { Listing } from '../../../shared/listing/listing.js';
import { columnList } from '../../../shared/persistence/columns.js';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import { TypeOrmRepository } from '../../../shared/persistence/typeorm-repository.js';
import { AuthAccount } from './auth-account.entity.js';
import { ACCOUNT_COLUMNS } from './account.columns.js';
import type { AccountRecord, NewAccount, ProviderIdentity, SealedTokens, SeenProfile } from './account.js';
import {
  AccountRepository,
  type AccountSortField,
  type LinkWrite,
  type RemainingWays,
  type RefreshClaim,
  type UnlinkWrite,
} from './account.repository.js';

const RECORD = columnList(ACCOUNT_COLUMNS);
const SELECT = `SELECT ${RECORD} FROM castellan.accounts`;
const SORT_COLUMNS: Readonly<Record<AccountSortField, string>> = {
  created_at: 'account.createdAt',
  last_used_at: 'account.lastUsedAt',
  provider: 'account.provider',
};
const REALM = `realm_id = '${DEFAULT_REALM_ID}'`;

/** The lock keeps a deletion of the user from slipping between the look at the user and the insert. */
const LINK = `
  INSERT INTO castellan.accounts (id, realm_id, user_id, type, provider, provider_account_id, issuer, provider_username, provider_email,
    email_verified, scopes, token_type, access_token, refresh_token, id_token, sealed_by, expires_at, last_used_at, created_at, updated_at)
  SELECT $1::uuid, '${DEFAULT_REALM_ID}', u.id, $3, $4, $5, $6, $7, $8, $9::boolean, $10::text[], $11, $12, $13, $14, $15, $16::timestamptz,
    $17::timestamptz, $17::timestamptz, $17::timestamptz
  FROM castellan.users u WHERE u.id = $2::uuid AND u.deleted_at IS NULL FOR SHARE
  ON CONFLICT DO NOTHING RETURNING ${RECORD}`;

/** A row with a token that stays keeps the mark of the older secret, too. */
const RECORD_SIGN_IN = `
  UPDATE castellan.accounts SET provider_username = $2, provider_email = $3, email_verified = $4, scopes = $5::text[], token_type = $6,
    sealed_by = CASE WHEN ($8::text IS NULL AND refresh_token IS NOT NULL) OR ($9::text IS NULL AND id_token IS NOT NULL)
      THEN sealed_by ELSE $10 END,
    access_token = $7, refresh_token = coalesce($8, refresh_token), id_token = coalesce($9, id_token), expires_at = $11, last_used_at = $12
  WHERE id = $1 RETURNING ${RECORD}`;

@Injectable()
export class TypeOrmAccountRepository extends TypeOrmRepository implements AccountRepository {
  async link(account: NewAccount): Promise<LinkWrite> {
    const [created] = await this.context.query<AccountRecord>(LINK, [
      account.id,
      account.userId,
      account.type,
      account.provider,
      account.providerAccountId,
      account.issuer,
      account.providerUsername,
      account.providerEmail,
      account.emailVerified,
      account.scopes,
      account.tokenType,
      account.accessToken,
      account.refreshToken,
      account.idToken,
      account.sealedBy,
      account.expiresAt,
      account.createdAt,
    ]);
    if (created) return { account: created };
    const taken = await this.findTaken(account);
    return taken ? { taken } : { missing: true };
  }

  findById(id: string): Promise<AccountRecord | null> {
    return this.one(`${SELECT} WHERE id = $1`, [id]);
  }

  findByIdentity({ provider, providerAccountId, issuer }: ProviderIdentity): Promise<AccountRecord | null> {
    return issuer === null
      ? this.one(
          `${SELECT} WHERE ${REALM} AND provider = $1 AND provider_account_id = $2 AND issuer IS NULL`,
          [provider, providerAccountId],
        )
      : this.one(`${SELECT} WHERE ${REALM} AND issuer = $1 AND provider_account_id = $2`, [
          issuer,
          providerAccountId,
        ]);
  }

  findByUserId(userId: string): Promise<AccountRecord[]> {
    return this.context.query(`${SELECT} WHERE user_id = $1 ORDER BY created_at, id`, [userId]);
  }

  listByUser(
    userId: string,
    listing: Listing<AccountSortField>,
  ): Promise<{ rows: AccountRecord[]; total: number }> {
    const query = this.repository(AuthAccount).createQueryBuilder('account').where({ userId });
    return this.listed(query, listing, SORT_COLUMNS, 'account.id');
  }

  findByUserIdAndProvider(userId: string, provider: string): Promise<AccountRecord | null> {
    return this.one(
      `${SELECT} WHERE user_id = $1 AND provider = $2 ORDER BY last_used_at DESC, id DESC LIMIT 1`,
      [userId, provider],
    );
  }

  async countByUserId(userId: string): Promise<number> {
    const text = 'SELECT count(*)::int AS count FROM castellan.accounts WHERE user_id = $1';
    const [row] = await this.context.query<{ count: number }>(text, [userId]);
    return row?.count ?? 0;
  }

  recordSignIn(
    id: string,
    profile: SeenProfile,
    tokens: SealedTokens,
    now: Date,
  ): Promise<AccountRecord | null> {
    return this.one(RECORD_SIGN_IN, [
      id,
      profile.providerUsername,
      profile.providerEmail,
      profile.emailVerified,
      tokens.scopes,
      tokens.tokenType,
      tokens.accessToken,
      tokens.refreshToken,
      tokens.idToken,
      tokens.sealedBy,
      tokens.expiresAt,
      now,
    ]);
  }

  claimRefresh(id: string, { owner, until }: RefreshClaim, now: Date): Promise<AccountRecord | null> {
    const text = `UPDATE castellan.accounts SET refresh_claimed_until = $3, refresh_claimed_by = $4
      WHERE id = $1 AND (refresh_claimed_until IS NULL OR refresh_claimed_until <= $2) RETURNING ${RECORD}`;
    return this.one(text, [id, now, until, owner]);
  }

  replaceTokens(
    id: string,
    expected: Partial<Pick<SealedTokens, 'accessToken' | 'refreshToken'>>,
    tokens: SealedTokens,
  ): Promise<AccountRecord | null> {
    const text = `UPDATE castellan.accounts SET access_token = $2, refresh_token = $3, id_token = $4, sealed_by = $5, expires_at = $6,
        scopes = $7::text[], token_type = $8
      WHERE id = $1 AND ($9 OR access_token IS NOT DISTINCT FROM $10) AND ($11 OR refresh_token IS NOT DISTINCT FROM $12) RETURNING ${RECORD}`;
    return this.one(text, [
      id,
      tokens.accessToken,
      tokens.refreshToken,
      tokens.idToken,
      tokens.sealedBy,
      tokens.expiresAt,
      tokens.scopes,
      tokens.tokenType,
      expected.accessToken === undefined,
      expected.accessToken ?? null,
      expected.refreshToken === undefined,
      expected.refreshToken ?? null,
    ]);
  }

  async releaseRefresh(id: string, owner: string): Promise<void> {
    await this.context.query(
      `UPDATE castellan.accounts SET refresh_claimed_until = NULL, refresh_claimed_by = NULL WHERE id = $1 AND refresh_claimed_by = $2`,
      [id, owner],
    );
  }

  listSealedBy(keyIds: readonly string[], limit: number): Promise<AccountRecord[]> {
    return this.context.query(`${SELECT} WHERE sealed_by = ANY($1::text[]) LIMIT $2`, [keyIds, limit]);
  }

  async lockOwner(userId: string): Promise<boolean> {
    const text = 'SELECT id FROM castellan.users WHERE id = $1 AND deleted_at IS NULL FOR UPDATE';
    return (await this.context.query(text, [userId])).length > 0;
  }

  async unlink(userId: string, id: string, { other, providers }: RemainingWays): Promise<UnlinkWrite> {
    const text = `DELETE FROM castellan.accounts AS gone WHERE id = $1 AND user_id = $2 AND ($3::boolean OR EXISTS (
        SELECT 1 FROM castellan.accounts kept WHERE kept.user_id = gone.user_id AND kept.id <> gone.id AND kept.provider = ANY($4::text[])
      )) RETURNING ${columnList(ACCOUNT_COLUMNS, 'gone')}`;
    const account = await this.one(text, [id, userId, other, providers]);
    if (account) return { account };
    const found = await this.findById(id);
    return { refused: found?.userId === userId ? 'last_way_in' : 'missing' };
  }

  deleteByUserId(userId: string): Promise<AccountRecord[]> {
    return this.context.query(`DELETE FROM castellan.accounts WHERE user_id = $1 RETURNING ${RECORD}`, [
      userId,
    ]);
  }

  /** Either unique key may be the one that was met. */
  private findTaken({
    provider,
    providerAccountId,
    issuer,
  }: ProviderIdentity): Promise<AccountRecord | null> {
    return this.one(
      `${SELECT} WHERE ${REALM} AND provider_account_id = $1 AND (provider = $2 OR issuer = $3) ORDER BY issuer = $3 DESC NULLS LAST LIMIT 1`,
      [providerAccountId, provider, issuer],
    );
  }

  private async one(text: string, values: readonly unknown[]): Promise<AccountRecord | null> {
    const [row] = await this.context.query<AccountRecord>(text, values);
    return row ?? null;
  }
}
