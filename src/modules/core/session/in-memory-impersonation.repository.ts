import { Injectable } from '@nestjs/common';
import { InMemoryDatabase } from '../../../shared/persistence/in-memory-database.js';
import type { InMemoryTable } from '../../../shared/persistence/in-memory-table.js';
import {
  type EndedImpersonation,
  type EndedImpersonator,
  ImpersonationRepository,
} from './impersonation.repository.js';
import type { SessionFamilyRecord } from './session.js';
import { SessionRepository } from './session.repository.js';

@Injectable()
export class InMemoryImpersonationRepository implements ImpersonationRepository {
  constructor(
    private readonly database: InMemoryDatabase,
    /** Makes the table. */
    _sessions: SessionRepository,
  ) {}

  holdSession(sessionId: string, now: Date): Promise<boolean> {
    return this.database.execute(() => {
      const family = this.families.get(sessionId);
      return family !== undefined && isLiving(family, now);
    });
  }

  end({ impersonatorId, sessionIds, kept }: EndedImpersonator, now: Date): Promise<EndedImpersonation[]> {
    const ends = (family: SessionFamilyRecord): boolean =>
      family.impersonatorId === impersonatorId &&
      family.impersonatorSessionId !== kept &&
      (sessionIds?.includes(family.impersonatorSessionId ?? '') ?? true);
    return this.database.execute(() =>
      this.families
        .filter((family) => isLiving(family, now) && ends(family))
        .map(({ id, userId }) => {
          this.families.update(id, { revokedAt: now, revokedReason: 'impersonation_ended' });
          return { sessionId: id, userId };
        }),
    );
  }

  private get families(): InMemoryTable<SessionFamilyRecord> {
    return this.database.existingTable<SessionFamilyRecord>('session_families');
  }
}

function isLiving(family: SessionFamilyRecord, now: Date): boolean {
  return family.revokedAt === null && family.expiresAt > now;
}
