import { Injectable } from '@nestjs/common';
import { AuthError } from '../../../shared/errors/auth-error.js';
import {
  type Credential,
  CredentialResolver,
  type Resolution,
  ResolvesCredentials,
} from '../extension/credential-resolver.js';
import { AcceptedIssuerVerifier } from './accepted-issuer.verifier.js';

/** Bearer tokens of accepted third-party issuers; asked last. */
@ResolvesCredentials({ order: 1_000 })
@Injectable()
export class AcceptedIssuerResolver extends CredentialResolver {
  constructor(private readonly verifier: AcceptedIssuerVerifier) {
    super();
  }

  override async resolve({ transport, token }: Credential): Promise<Resolution> {
    if (transport !== 'bearer' || !this.verifier.claimsAcceptedIssuer(token)) return { outcome: 'not_mine' };
    try {
      const claims = await this.verifier.verify(token);
      const authTime = typeof claims['auth_time'] === 'number' ? claims['auth_time'] : claims.iat;
      const principal = {
        kind: 'external' as const,
        userId: claims.sub,
        sessionId: null,
        authenticatedAt: new Date(authTime * 1000),
        acr: typeof claims['acr'] === 'string' ? claims['acr'] : undefined,
        methods: Array.isArray(claims['amr'])
          ? claims['amr'].filter((method) => typeof method === 'string')
          : [],
        emailVerified: claims['email_verified'] === true,
        claims,
      };
      return { outcome: 'resolved', principal };
    } catch (error) {
      if (error instanceof AuthError && error.status === 401) return { outcome: 'refused' };
      throw error;
    }
  }
}
