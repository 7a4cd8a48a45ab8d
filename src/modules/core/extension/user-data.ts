import { DiscoveryService } from '@nestjs/core';

/** Lets a module take part when an account ends: runs inside the transaction of the deletion. */
export abstract class UserDeletionStep {
  /** Before the account is soft-deleted or erased; throwing an AuthError refuses the deletion (a last owner, say). */
  abstract beforeDelete(userId: string, mode: 'soft' | 'hard'): Promise<void>;
}

export const StepsIntoUserDeletion = DiscoveryService.createDecorator<{ order: number }>();
