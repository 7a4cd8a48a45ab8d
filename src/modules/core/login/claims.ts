import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { ResolvedCoreOptions } from '../core.options.js';
import { type ClaimsContext, ClaimsContributor, ContributesClaims } from '../extension/claims-contributor.js';
import { discovered } from '../extension/discovered.js';

/** Claims that mean something to Castellan, or to JWT as such (RFC 7519, RFC 9068, RFC 7800, RFC 8693), and names that reach a prototype. */
const RESERVED: ReadonlySet<string> = new Set([
  ...[
    'iss',
    'sub',
    'aud',
    'exp',
    'nbf',
    'iat',
    'jti',
    'sid',
    'typ',
    'token_version',
    'claims_version',
    'auth_time',
    'amr',
    'acr',
    'email_verified',
  ],
  ...['client_id', 'cnf', 'act', 'may_act', 'nonce', '__proto__', 'constructor', 'prototype'],
]);

/** Claims beyond the registered ones: the modules' and the host's, collected at login and at each refresh. */
@Injectable()
export class TokenClaims {
  private contributors: readonly ClaimsContributor[] | undefined;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly options: ResolvedCoreOptions,
  ) {}

  /** Later contributors replace the claims of earlier ones, and the host those of all. A contributor's error goes through: it refuses the request. */
  async collect(context: ClaimsContext): Promise<Record<string, unknown>> {
    this.contributors ??= discovered(this.discovery, ContributesClaims, ClaimsContributor);
    const claims: Record<string, unknown> = {};
    const shown = { ...context, previous: context.previous && withoutOurs(context.previous) };
    for (const contributor of this.contributors) {
      add(claims, await contributor.contribute(shown), contributor.constructor.name);
    }
    if (this.options.extraClaims) add(claims, await this.options.extraClaims(context.user), 'extraClaims');
    // Read before the claims were: where they change meanwhile, the version is too low, and never too high.
    return { ...claims, claims_version: context.user.claimsVersion };
  }
}

/** Without what is added here, so that a contributor may hand back what it gets. */
function withoutOurs(claims: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(claims).filter(([name]) => !RESERVED.has(name)));
}

function add(claims: Record<string, unknown>, contributed: Record<string, unknown>, source: string): void {
  for (const [name, value] of Object.entries(contributed)) {
    if (RESERVED.has(name)) throw new Error(`${source} must not set the claim ${name}.`);
    if (value !== undefined) claims[name] = value;
  }
}
