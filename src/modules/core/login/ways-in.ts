import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { discovered } from '../extension/discovered.js';
import { OffersWayIn, WayIn } from '../extension/way-in.js';
import type { UserRecord } from '../user/user.js';

/** Whether an account can be signed in to: by its password, or by what the mounted modules offer. */
@Injectable()
export class WaysIn {
  private ways: readonly WayIn[] | undefined;

  constructor(private readonly discovery: DiscoveryService) {}

  async areLeftTo(user: UserRecord): Promise<boolean> {
    if (user.passwordHash !== null) return true;
    this.ways ??= discovered(this.discovery, OffersWayIn, WayIn);
    for (const way of this.ways) if (await way.isOpenTo(user)) return true;
    return false;
  }
}
