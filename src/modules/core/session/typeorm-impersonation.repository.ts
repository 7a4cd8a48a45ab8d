import { Injectable } from '@nestjs/common';
import { TypeOrmRepository } from '../../../shared/persistence/typeorm-repository.js';
import {
  type EndedImpersonation,
  type EndedImpersonator,
  ImpersonationRepository,
} from './impersonation.repository.js';

const TABLE = 'castellan.session_families';

@Injectable()
export class TypeOrmImpersonationRepository extends TypeOrmRepository implements ImpersonationRepository {
  async holdSession(sessionId: string, now: Date): Promise<boolean> {
    const text = `SELECT 1 FROM ${TABLE} WHERE id = $1 AND revoked_at IS NULL AND expires_at > $2 FOR SHARE`;
    return (await this.context.query(text, [sessionId, now])).length === 1;
  }

  async end(
    { impersonatorId, sessionIds, kept }: EndedImpersonator,
    now: Date,
  ): Promise<EndedImpersonation[]> {
    const text = `UPDATE ${TABLE} SET revoked_at = $2, revoked_reason = 'impersonation_ended'
      WHERE impersonator_id = $1 AND revoked_at IS NULL AND expires_at > $2::timestamptz
        AND ($3::uuid[] IS NULL OR impersonator_session_id = ANY ($3::uuid[]))
        AND impersonator_session_id IS DISTINCT FROM $4::uuid
      RETURNING id AS "sessionId", user_id AS "userId"`;
    const values = [impersonatorId, now, sessionIds, kept];
    const ended = await this.context.query<EndedImpersonation>(text, values);
    this.context.changed('family', ...ended.map(({ sessionId }) => sessionId));
    return ended;
  }
}
