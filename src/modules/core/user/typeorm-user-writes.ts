import { driverErrorOf, isUniqueViolation } from '../../../shared/persistence/database-errors.js';
import { TypeOrmRepository } from '../../../shared/persistence/typeorm-repository.js';
import { fieldOfIndex } from './new-user.js';
import type { UserRecord } from './user.js';
import type { UniqueWrite } from './user.repository.js';
import { RECORD } from './user.statements.js';

/** Writes of one account's row. */
export abstract class TypeOrmUserWrites extends TypeOrmRepository {
  protected async change(
    id: string,
    assignments: string,
    values: readonly unknown[],
    condition = 'true',
  ): Promise<UserRecord | null> {
    const text = `UPDATE castellan.users SET ${assignments} WHERE id = $1 AND ${condition} RETURNING ${RECORD}`;
    const [user] = await this.context.query<UserRecord>(text, [id, ...values]);
    if (user) this.context.changed('user', id);
    return user ?? null;
  }

  /** A change that may meet somebody else's value: a savepoint keeps a surrounding transaction usable after the refusal. */
  protected async changeUnique(
    id: string,
    assignments: string,
    values: readonly unknown[],
    condition = 'true',
    alive = 'deleted_at IS NULL',
  ): Promise<UniqueWrite> {
    try {
      const user = await this.context.savepoint(() =>
        this.change(id, assignments, values, `${alive} AND ${condition}`),
      );
      return user ? { user } : { missing: true };
    } catch (error) {
      const index = driverErrorOf(error)?.constraint;
      const conflict =
        isUniqueViolation(error) && typeof index === 'string' ? fieldOfIndex(index) : undefined;
      if (!conflict) throw error;
      return { conflict };
    }
  }
}
