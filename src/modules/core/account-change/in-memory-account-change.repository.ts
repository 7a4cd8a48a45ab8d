import { Injectable } from '@nestjs/common';
import type { AccountChange } from './account-change.js';
import { AccountChangeRepository, type ChangePosition } from './account-change.repository.js';

/** Memory is one node, and as fast as a cache: it keeps no changes. */
@Injectable()
export class InMemoryAccountChangeRepository extends AccountChangeRepository {
  override readonly keepsChanges = false;

  override since(): Promise<{ changes: AccountChange[]; until: ChangePosition }> {
    return Promise.resolve({ changes: [], until: '' });
  }

  override onOwnChange(): void {
    return;
  }

  override deleteBefore(): Promise<number> {
    return Promise.resolve(0);
  }
}
