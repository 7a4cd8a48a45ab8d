import { Injectable } from '@nestjs/common';
import { DecryptionError } from '../../../shared/crypto/aes-gcm.js';
import { ResolvedCoreOptions } from '../../core/index.js';
import type { ProviderTokenSet } from '../provider/provider-client.js';
import type { AccountRecord, SealedTokens } from './account.js';

const FIELDS = {
  accessToken: 'oauth.access_token',
  refreshToken: 'oauth.refresh_token',
  idToken: 'oauth.id_token',
} as const;
type TokenField = keyof typeof FIELDS;

/** Tokens in clear, or what is left of them. */
export type OpenTokens = {
  readonly [Field in keyof ProviderTokenSet]:
    ProviderTokenSet[Field] | (Field extends 'scopes' ? never : null);
};

/** Encrypts the tokens of a provider (AES-256-GCM) for the one row and column that they are kept in, under the newest secret. */
@Injectable()
export class ProviderTokenVault {
  constructor(private readonly options: ResolvedCoreOptions) {}

  seal(accountId: string, tokens: OpenTokens): SealedTokens {
    const { expiresAt, scopes, tokenType } = tokens;
    const [accessToken, refreshToken, idToken] = (['accessToken', 'refreshToken', 'idToken'] as const).map(
      (field) => this.sealOne(accountId, field, tokens[field]),
    );
    const sealed = {
      accessToken: accessToken ?? null,
      refreshToken: refreshToken ?? null,
      idToken: idToken ?? null,
    };
    const sealedBy = Object.values(sealed).some((token) => token !== null) ? (this.keyIds[0] ?? null) : null;
    return { ...sealed, sealedBy, expiresAt, scopes, tokenType };
  }

  /** A token in clear; `null` where there is none, or where the secret that it was sealed under is gone. */
  open(account: AccountRecord, field: TokenField): string | null {
    const sealed = account[field];
    if (sealed === null) return null;
    try {
      return this.options.secrets.decrypt(FIELDS[field], sealed, account.id).toString('utf8');
    } catch (error) {
      if (error instanceof DecryptionError) return null;
      throw error;
    }
  }

  /** The same tokens under the newest secret; `null` where one of them cannot be read. */
  reseal(account: AccountRecord): SealedTokens | null {
    const opened = {
      accessToken: this.open(account, 'accessToken'),
      refreshToken: this.open(account, 'refreshToken'),
      idToken: this.open(account, 'idToken'),
    };
    const fields = ['accessToken', 'refreshToken', 'idToken'] as const;
    if (fields.some((field) => (opened[field] === null) !== (account[field] === null))) return null;
    const { scopes, tokenType, expiresAt } = account;
    return this.seal(account.id, { ...opened, scopes, tokenType, expiresAt });
  }

  /** Ids of the secrets that are there and seal no more. */
  get olderKeyIds(): readonly string[] {
    return this.keyIds.slice(1);
  }

  private get keyIds(): readonly string[] {
    return this.options.secrets.toJSON().keyIds;
  }

  private sealOne(accountId: string, field: TokenField, token: string | null): string | null {
    return token === null ? null : this.options.secrets.encrypt(FIELDS[field], token, accountId);
  }
}
