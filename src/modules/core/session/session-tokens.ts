import { Injectable } from '@nestjs/common';
import { sha256 } from '../../../shared/crypto/random.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { IdGenerator } from '../../../shared/ids/id-generator.js';
import { Clock } from '../../../shared/time/clock.js';
import { ResolvedCoreOptions } from '../core.options.js';
import { TokenClaims } from '../login/claims.js';
import type { IssuedPair, SignInProof } from '../login/sign-in-result.js';
import type { UserRecord } from '../user/user.js';
import { MountedMinter } from './mounted-minter.js';
import type { SessionFamilyRecord, SessionRecord, SessionState } from './session.js';

/** A pair of tokens, and the rows that stand for it. */
export interface PreparedPair {
  readonly family: SessionFamilyRecord;
  readonly record: SessionRecord;
  readonly issued: IssuedPair;
}

/** An administrator who is about to act as somebody else. */
export interface Impersonator {
  readonly userId: string;
  /** The session that they do it from. */
  readonly sessionId: string;
}

interface PairContext {
  /** @default the one of every access token */
  readonly accessTokenTtlMs?: number;
  /** Claims of the pair that is replaced; `null` for the first. */
  readonly previous: Readonly<Record<string, unknown>> | null;
  readonly requested: Readonly<Record<string, unknown>>;
  readonly client: ClientInfo;
  readonly now: Date;
}

/** Makes pairs of tokens. Stores nothing, asks the claims contributors (whose errors go through), and so runs outside of transactions. */
@Injectable()
export class SessionTokens {
  constructor(
    private readonly minter: MountedMinter,
    private readonly claims: TokenClaims,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
    private readonly options: ResolvedCoreOptions,
  ) {}

  /** A new family with its first pair. */
  first(user: UserRecord, proof: SignInProof, client: ClientInfo): Promise<PreparedPair> {
    const now = this.clock.now();
    const family = this.family(user, client, now, {
      expiresAt: after(now, this.options.session.sessionTtlMs),
      deviceName: proof.deviceName ?? null,
      authenticatedAt: now,
      methods: proof.methods,
    });
    return this.prepare(user, family, { previous: null, requested: proof.requested ?? {}, client, now });
  }

  /** A family in which somebody else acts as the user. Its access token lives as long as itself, and its refresh token is for nobody. */
  impersonation(
    user: UserRecord,
    by: Impersonator,
    expiresAt: Date,
    client: ClientInfo,
  ): Promise<PreparedPair> {
    const now = this.clock.now();
    const family = this.family(user, client, now, {
      expiresAt,
      // Nobody has proven to be the user: no such proof is ever recent.
      authenticatedAt: new Date(0),
      methods: ['impersonation'],
      impersonatorId: by.userId,
      impersonatorSessionId: by.sessionId,
    });
    const accessTokenTtlMs = expiresAt.getTime() - now.getTime();
    return this.prepare(user, family, { previous: null, requested: {}, client, now, accessTokenTtlMs });
  }

  /** The pair that follows one. */
  next(
    { user, family, session }: SessionState,
    requested: Readonly<Record<string, unknown>>,
    client: ClientInfo,
  ): Promise<PreparedPair> {
    return this.prepare(user, family, { previous: session.claims, requested, client, now: this.clock.now() });
  }

  private family(
    user: UserRecord,
    { userAgent, ipAddress }: ClientInfo,
    now: Date,
    facts: Pick<SessionFamilyRecord, 'expiresAt' | 'authenticatedAt' | 'methods'> &
      Partial<SessionFamilyRecord>,
  ): SessionFamilyRecord {
    return {
      id: this.ids.next(),
      realmId: user.realmId,
      userId: user.id,
      tokenVersion: user.tokenVersion,
      revokedAt: null,
      revokedReason: null,
      deviceName: null,
      userAgent,
      ipAddress,
      impersonatorId: null,
      impersonatorSessionId: null,
      lastUsedAt: now,
      createdAt: now,
      ...facts,
    };
  }

  private async prepare(
    user: UserRecord,
    family: SessionFamilyRecord,
    context: PairContext,
  ): Promise<PreparedPair> {
    const { previous, requested, client, now } = context;
    const claims = await this.claims.collect({ user, sessionId: family.id, previous, requested });
    const { accessTokenTtlMs, refreshTokenTtlMs } = this.options.session;
    // No token outlives its family.
    const accessExpiresAt = earlier(
      after(now, context.accessTokenTtlMs ?? accessTokenTtlMs),
      family.expiresAt,
    );
    const refreshExpiresAt = earlier(after(now, refreshTokenTtlMs), family.expiresAt);
    const pairId = this.ids.next();
    const minted = this.minter
      .current()
      .mint({ user, family, pairId, claims, issuedAt: now, accessExpiresAt, refreshExpiresAt });
    const pair = { accessToken: minted.accessToken, refreshToken: minted.refreshToken };
    const record: SessionRecord = {
      id: pairId,
      familyId: family.id,
      userId: user.id,
      refreshToken: sha256(pair.refreshToken),
      refreshTokenExpiresAt: refreshExpiresAt,
      accessToken: minted.accessTokenHash,
      expiresAt: accessExpiresAt,
      claims,
      userAgent: client.userAgent,
      ipAddress: client.ipAddress,
      replacedBy: null,
      replacedAt: null,
      sealedAnswer: null,
      createdAt: now,
    };
    return {
      family,
      record,
      issued: { sessionId: family.id, pair, issuedAt: now, accessExpiresAt, refreshExpiresAt },
    };
  }
}

function after(instant: Date, ms: number): Date {
  return new Date(instant.getTime() + ms);
}

function earlier(a: Date, b: Date): Date {
  return a < b ? a : b;
}
