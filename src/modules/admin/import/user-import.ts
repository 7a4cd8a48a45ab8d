import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { EventBus } from '../../../shared/events/event-bus.js';
import { SYSTEM_CLIENT } from '../../../shared/http/client-info.js';
import { IdGenerator } from '../../../shared/ids/id-generator.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { Clock } from '../../../shared/time/clock.js';
import { PasswordImport, ResolvedCoreOptions, UserRepository } from '../../core/index.js';
import { AdminErrors } from '../admin.errors.js';
import { AdminUserCreated } from '../admin.events.js';
import { type ImportCheckpoint, ImportCheckpointRepository } from './import-checkpoint.repository.js';
import type { ImportLine } from './import-lines.js';
import { type ImportedUser, readImportRecord } from './import-record.js';

/** Lines of one transaction. */
const BATCH = 200;

/** What became of a line. `skipped`: an account has one of its identifiers already. */
export interface ImportResult {
  readonly line: number;
  readonly status: 'created' | 'skipped' | 'failed';
  readonly userId?: string;
  /** Why it was not made: `core.email_taken`, `core.unsupported_password_hash` … */
  readonly code?: string;
  /** Fields that are not valid. */
  readonly fields?: readonly string[];
}

export interface ImportOptions {
  /** The same name goes on where an earlier run stopped; lines up to there are passed over. */
  readonly name: string;
  /** Each line once, after the commit of its batch. */
  readonly onResult?: (result: ImportResult) => void | Promise<void>;
  /** After each batch. */
  readonly onProgress?: (checkpoint: ImportCheckpoint) => void;
}

/**
 * Takes over accounts of another system, with their password hashes (bcrypt, argon2, scrypt, PBKDF2), which are renewed when their owners sign in. Nobody is mailed. Each
 * batch is one transaction together with the note of how far the import has come: one that is killed goes on behind its last batch, and makes nobody twice.
 */
@Injectable()
export class UserImport {
  constructor(
    private readonly users: UserRepository,
    private readonly passwords: PasswordImport,
    private readonly checkpoints: ImportCheckpointRepository,
    private readonly transactions: TransactionRunner,
    private readonly events: EventBus,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
    private readonly options: ResolvedCoreOptions,
  ) {}

  /** @throws admin.import_running where another run of the same import is under way */
  async run(lines: AsyncIterable<ImportLine>, options: ImportOptions): Promise<ImportCheckpoint> {
    let done = await this.checkpoints.open(options.name, this.clock.now());
    let batch: ImportLine[] = [];
    for await (const line of lines) {
      if (line.line <= done.line) continue;
      batch.push(line);
      if (batch.length < BATCH) continue;
      done = await this.take(batch, done, options);
      batch = [];
    }
    return batch.length > 0 ? this.take(batch, done, options) : done;
  }

  private async take(
    batch: readonly ImportLine[],
    from: ImportCheckpoint,
    { onResult, onProgress }: ImportOptions,
  ): Promise<ImportCheckpoint> {
    const { to, results } = await this.transactions.run(async () => {
      const made: ImportResult[] = [];
      for (const line of batch) made.push(await this.one(line));
      const after = advanced(from, made);
      assertThat(await this.checkpoints.advance(from, after, this.clock.now()), AdminErrors.import_running);
      return { to: after, results: made };
    });
    for (const result of results) await onResult?.(result);
    onProgress?.(to);
    return to;
  }

  private async one({ line, record }: ImportLine): Promise<ImportResult> {
    try {
      assertThat(record, AdminErrors.import_unreadable);
      const now = this.clock.now();
      const { reservedUsernames } = this.options;
      return { line, ...(await this.create(readImportRecord(record, { now, reservedUsernames }))) };
    } catch (error) {
      if (!(error instanceof AuthError)) throw error;
      const fields = error.fields?.map(({ field }) => field);
      return { line, status: 'failed', code: error.code, ...(fields && { fields }) };
    }
  }

  private async create(user: ImportedUser): Promise<Omit<ImportResult, 'line'>> {
    if (user.passwordHash) this.passwords.assertSupported(user.passwordHash);
    const id = this.ids.next();
    const write = await this.users.create({ ...user, id });
    if ('conflict' in write) return { status: 'skipped', code: `core.${write.conflict}_taken` };
    await this.events.emit(new AdminUserCreated(id, null, 'import', SYSTEM_CLIENT, this.clock.now()));
    return { status: 'created', userId: id };
  }
}

function advanced(from: ImportCheckpoint, results: readonly ImportResult[]): ImportCheckpoint {
  const count = (wanted: ImportResult['status']): number =>
    results.filter(({ status }) => status === wanted).length;
  return {
    name: from.name,
    line: results.at(-1)?.line ?? from.line,
    created: from.created + count('created'),
    skipped: from.skipped + count('skipped'),
    failed: from.failed + count('failed'),
  };
}
