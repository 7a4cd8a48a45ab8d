import { Injectable } from '@nestjs/common';
import { randomCode, randomToken, sha256 } from '../../../shared/crypto/random.js';
import { AuthError, type ErrorDefinition } from '../../../shared/errors/auth-error.js';
import { IdGenerator } from '../../../shared/ids/id-generator.js';
import { Clock } from '../../../shared/time/clock.js';
import { CoreErrors } from '../core.errors.js';
import { ResolvedCoreOptions } from '../core.options.js';
import { GuessBudget } from './guess-budget.js';
import { CODE_LIFETIME_MS, SECRET_LIFETIMES_MS } from './lifetimes.js';
import type { TokenPurpose, TokenRecord } from './token.js';
import { TokenRepository } from './token.repository.js';

/** Purpose of the HMAC under which numeric codes are stored. */
const CODE_HMAC = 'single_use_code';

export interface SecretRequest {
  readonly purpose: TokenPurpose;
  /** What the secret belongs to; an earlier unused one of the same purpose and subject is void then. */
  readonly subject: string;
  readonly userId?: string | null;
  /** The address that the secret goes to, and proves. */
  readonly email?: string | null;
  readonly phoneNumber?: string | null;
  /** What the owner of the purpose has to remember; no secrets. */
  readonly payload?: Readonly<Record<string, unknown>>;
  /** A token for a link. @default true, unless a code is asked for */
  readonly link?: boolean;
  /** A six-digit code, good for ten minutes at most. @default false */
  readonly code?: boolean;
  /** @default SECRET_LIFETIMES_MS */
  readonly ttlMs?: number;
}

export interface IssuedSecret {
  readonly id: string;
  readonly token: string | null;
  readonly code: string | null;
  /** End of the link; of the code where there is no link. */
  readonly expiresAt: Date;
}

/**
 * Link tokens (256 bits, stored as SHA-256) and six-digit codes (stored as HMAC, bound to purpose and subject, five guesses an
 * hour). Where a message carries both they are one record: one statement consumes the two at once. Whatever is wrong with a
 * presented secret, the answer is the same error.
 */
@Injectable()
export class SingleUseSecrets {
  constructor(
    private readonly tokens: TokenRepository,
    private readonly guesses: GuessBudget,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
    private readonly options: ResolvedCoreOptions,
  ) {}

  /** Makes and stores a secret; joins the transaction. What it returns exists nowhere else. */
  async issue(request: SecretRequest): Promise<IssuedSecret> {
    const now = this.clock.now();
    const withCode = request.code ?? false;
    const token = (request.link ?? !withCode) ? randomToken() : null;
    const code = withCode ? randomCode() : null;
    const ttlMs = lifetimeOf(request);
    const expiresAt = new Date(now.getTime() + (token === null ? Math.min(ttlMs, CODE_LIFETIME_MS) : ttlMs));
    const id = this.ids.next();
    await this.tokens.replace({
      id,
      userId: request.userId ?? null,
      type: request.purpose,
      subject: request.subject,
      token: token === null ? null : sha256(token),
      code:
        code === null
          ? null
          : this.options.secrets.hmac(CODE_HMAC, codeText(request.purpose, request.subject, code)),
      email: request.email ?? null,
      phoneNumber: request.phoneNumber ?? null,
      payload: request.payload ?? {},
      expiresAt,
      createdAt: now,
    });
    return { id, token, code, expiresAt };
  }

  /** As `issue`, for a message that carries a link and a code. */
  async issueLinkAndCode(
    request: Omit<SecretRequest, 'link' | 'code'>,
  ): Promise<{ token: string; code: string; expiresAt: Date }> {
    const { token, code, expiresAt } = await this.issue({ ...request, link: true, code: true });
    return { token: present(token), code: present(code), expiresAt };
  }

  /** As `issue`, for a message that carries a code alone. */
  async issueCode(request: Omit<SecretRequest, 'link' | 'code'>): Promise<{ code: string; expiresAt: Date }> {
    const { code, expiresAt } = await this.issue({ ...request, code: true });
    return { code: present(code), expiresAt };
  }

  /** Looks at a link's secret without consuming it. @throws core.invalid_code (core.challenge_invalid for a challenge) */
  async peek(purpose: TokenPurpose, token: string): Promise<TokenRecord> {
    return valid(purpose, await this.tokens.findActive(purpose, sha256(token), this.clock.now()));
  }

  /** As `peek`, and `null` in place of the error: for a route that takes links of several purposes. */
  async find(purpose: TokenPurpose, token: string): Promise<TokenRecord | null> {
    return this.tokens.findActive(purpose, sha256(token), this.clock.now());
  }

  /**
   * Compares a code without consuming it, for flows that have more to check before they change anything in a transaction. Counts a guess first.
   * @throws core.too_many_attempts, core.invalid_code
   */
  async peekCode(purpose: TokenPurpose, subject: string, code: string): Promise<TokenRecord> {
    await this.guesses.reserve(purpose, subject);
    const now = this.clock.now();
    const record = await this.tokens.findActiveBySubject(purpose, subject, now);
    const fresh = record !== null && now.getTime() < record.createdAt.getTime() + CODE_LIFETIME_MS;
    const matches =
      fresh && record.code !== null && this.candidates(purpose, subject, code).includes(record.code);
    return valid(purpose, matches ? record : null);
  }

  /**
   * Consumes what `peek` or `peekCode` found; joins the transaction, so that a later refusal gives it back. Of any number of
   * simultaneous calls one passes.
   * @throws core.invalid_code
   */
  async consume(record: TokenRecord): Promise<TokenRecord> {
    const consumed = valid(record.type, await this.tokens.consumeById(record.id, this.clock.now()));
    if (record.code !== null) await this.guesses.clear(record.type, record.subject);
    return consumed;
  }

  /** Consumes a link's secret in one statement. @throws core.invalid_code (core.challenge_invalid for a challenge) */
  async redeem(purpose: TokenPurpose, token: string): Promise<TokenRecord> {
    return valid(purpose, await this.tokens.consume(purpose, sha256(token), this.clock.now()));
  }

  /** Counts a guess, then consumes by code. Outside of transactions. @throws core.too_many_attempts, core.invalid_code */
  async redeemCode(purpose: TokenPurpose, subject: string, code: string): Promise<TokenRecord> {
    return this.consume(await this.peekCode(purpose, subject, code));
  }

  /** HMACs under every key, so that a code outlives a new first secret; their equality tells nothing about the code, however long it takes. */
  private candidates(purpose: TokenPurpose, subject: string, code: string): string[] {
    return this.options.secrets.hmacCandidates(CODE_HMAC, codeText(purpose, subject, code));
  }
}

function lifetimeOf({ purpose, ttlMs = SECRET_LIFETIMES_MS[purpose] }: SecretRequest): number {
  if (ttlMs === undefined) throw new Error(`A secret for ${purpose} needs a lifetime.`);
  return ttlMs;
}

/** Unambiguous, as plain concatenation would not be. */
function codeText(purpose: TokenPurpose, subject: string, code: string): string {
  return JSON.stringify([purpose, subject, code]);
}

function valid(purpose: TokenPurpose, record: TokenRecord | null): TokenRecord {
  if (record) return record;
  const definition: ErrorDefinition =
    purpose === 'login_challenge' ? CoreErrors.challenge_invalid : CoreErrors.invalid_code;
  throw new AuthError(definition);
}

function present(secret: string | null): string {
  if (secret === null) throw new Error('The secret that was asked for was not issued.');
  return secret;
}
