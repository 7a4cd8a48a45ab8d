import { Injectable } from '@nestjs/common';
import { ResolvedCoreOptions } from '../core.options.js';
import { ForeignNames } from './foreign-names.js';
import { usernameCandidates, type UsernameSource } from './username-derivation.js';

/** Usernames for an account that has none, to try one after another. */
@Injectable()
export class UsernameProposals {
  constructor(
    private readonly names: ForeignNames,
    private readonly options: ResolvedCoreOptions,
  ) {}

  async *of(source: UsernameSource): AsyncGenerator<string, void> {
    for (const candidate of usernameCandidates(source, this.options.reservedUsernames))
      if (await this.names.leaveFree(candidate)) yield candidate;
  }
}
