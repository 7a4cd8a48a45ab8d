import { DiscoveryService } from '@nestjs/core';
import type { UserRecord } from '../user/user.js';

/**
 * What a module keeps of a user, for the export of their data (GDPR articles 15 and 20). Its items become the array `section` of the document. Implementations carry
 * `@ContributesUserData({ order })`; a module with several sections has one for each.
 */
export abstract class UserDataContributor {
  /** A member of the document, in snake_case: `oauth_accounts`. No two contributors share one. */
  abstract readonly section: string;
  /**
   * One object at a time, read in pages, so that a long history fits; fields in snake_case, times as RFC 3339. Never a secret, a hash of one, or data of somebody
   * else. Runs outside of transactions.
   */
  abstract collect(user: UserRecord): AsyncIterable<object>;
}

/** Marks a provider as a `UserDataContributor`; sections stand in this order. */
export const ContributesUserData = DiscoveryService.createDecorator<{ order: number }>();
