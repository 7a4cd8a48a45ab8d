import type { NewSlug, SlugOwnerKind, SlugRecord } from './slug.js';

/** Names of organizations and of users, with the former ones. */
export abstract class SlugRepository {
  /**
   * Takes a name and makes the owner's earlier one an alias; `false` where somebody else has it. An alias of a user gives way, one of an organization
   * does not. Inside a transaction.
   */
  abstract claim(slug: NewSlug): Promise<boolean>;
  abstract find(namespace: string, slug: string): Promise<SlugRecord | null>;
  /** Former names, the latest first. */
  abstract aliases(kind: SlugOwnerKind, ownerId: string): Promise<string[]>;
  /** Frees every name of an owner that is gone. */
  abstract release(kind: SlugOwnerKind, ownerId: string): Promise<void>;
}
