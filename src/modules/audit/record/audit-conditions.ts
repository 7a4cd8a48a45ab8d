import { isUuid } from '../../../shared/ids/is-uuid.js';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import type { AuditLogFilter } from './audit-log.js';

/** What a filter asks for, as SQL. `branches` exclude each other, so that each can be answered by one index, and their union has nothing twice. */
export class AuditConditions {
  readonly values: unknown[] = [];
  readonly branches: readonly string[];
  private readonly all: string[] = [];

  constructor(filter: AuditLogFilter) {
    this.all.push(`realm_id = ${this.place(DEFAULT_REALM_ID)}`);
    this.uuid('actor_id', filter.actorId);
    this.equal('target_id', filter.targetId);
    this.equal('action', filter.action);
    this.equal('severity', filter.severity);
    this.uuid('organization_id', filter.organizationId);
    if (filter.from) this.all.push(`id >= ${this.place(firstIdAt(filter.from))}`);
    if (filter.to) this.all.push(`id < ${this.place(firstIdAt(filter.to))}`);
    this.branches = this.branchesOf(filter.concerning);
  }

  place(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }

  /** The condition of one branch, with more of the caller's. */
  where(branch: string, ...more: readonly string[]): string {
    return [...this.all, branch, ...more].join(' AND ');
  }

  private branchesOf(userId: string | undefined): string[] {
    if (userId === undefined) return ['true'];
    if (!isUuid(userId)) return ['false'];
    const [actor, target] = [this.place(userId), this.place(userId)];
    return [
      `actor_id = ${actor}::uuid`,
      `target_id = ${target}::text AND actor_id IS DISTINCT FROM ${actor}::uuid`,
    ];
  }

  private equal(column: string, value: string | undefined): void {
    if (value !== undefined) this.all.push(`${column} = ${this.place(value)}`);
  }

  private uuid(column: string, value: string | undefined): void {
    if (value === undefined) return;
    this.all.push(isUuid(value) ? `${column} = ${this.place(value)}` : 'false');
  }
}

/** The least id that a record of this time can have: versions and random bits come after the time. */
export function firstIdAt(time: Date): string {
  const milliseconds = Math.min(Math.max(time.getTime(), 0), 2 ** 48 - 1);
  const hex = milliseconds.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
