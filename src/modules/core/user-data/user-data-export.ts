import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Clock } from '../../../shared/time/clock.js';
import { discovered } from '../extension/discovered.js';
import { ContributesUserData, UserDataContributor } from '../extension/user-data-contributor.js';
import { UserResponse } from '../user/user.dto.js';
import type { UserRecord } from '../user/user.js';

/** All that Castellan keeps of one user, as one JSON document. */
@Injectable()
export class UserDataExport {
  private contributors: readonly UserDataContributor[] | undefined;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly clock: Clock,
  ) {}

  /**
   * The text of the document, piece by piece: `exported_at`, `user`, and one array for each section of the mounted modules. Whoever asks has the right to.
   */
  async *document(user: UserRecord): AsyncGenerator<string> {
    const head = {
      exported_at: this.clock.now().toISOString(),
      user: Object.assign(UserResponse.from(user), {
        banned_at: user.bannedAt?.toISOString() ?? null,
        banned_until: user.bannedUntil?.toISOString() ?? null,
        ban_reason: user.banReason,
        deleted_at: user.deletedAt?.toISOString() ?? null,
      }),
    };
    yield JSON.stringify(head).slice(0, -1);
    for (const contributor of this.all()) yield* section(contributor, user);
    yield '}';
  }

  private all(): readonly UserDataContributor[] {
    this.contributors ??= discovered(this.discovery, ContributesUserData, UserDataContributor);
    return this.contributors;
  }
}

async function* section(contributor: UserDataContributor, user: UserRecord): AsyncGenerator<string> {
  yield `,${JSON.stringify(contributor.section)}:[`;
  let separator = '';
  for await (const item of contributor.collect(user)) {
    yield separator + JSON.stringify(item);
    separator = ',';
  }
  yield ']';
}
