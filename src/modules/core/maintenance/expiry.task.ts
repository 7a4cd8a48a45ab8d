import { Injectable } from '@nestjs/common';
import { ResolvedCoreOptions } from '../core.options.js';
import { OutboxRepository } from '../outbox/outbox.repository.js';
import { PendingRegistrationRepository } from '../registration/pending-registration.repository.js';
import { SessionRepository } from '../session/session.repository.js';
import { TokenRepository } from '../token/token.repository.js';
import { Maintains, MaintenanceTask, sweep } from './maintenance-task.js';

const DAY_MS = 24 * 60 * 60_000;

/** Forgets what has expired: secrets, registrations and finished outbox messages after a day, sessions after the time that reuse is told apart. */
@Maintains(true)
@Injectable()
export class ExpiryTask extends MaintenanceTask {
  constructor(
    private readonly tokens: TokenRepository,
    private readonly registrations: PendingRegistrationRepository,
    private readonly sessions: SessionRepository,
    private readonly outbox: OutboxRepository,
    private readonly options: ResolvedCoreOptions,
  ) {
    super();
  }

  override async run(now: Date): Promise<void> {
    const yesterday = new Date(now.getTime() - DAY_MS);
    const graceEnd = new Date(now.getTime() - this.options.session.refreshGraceMs);
    await sweep((limit) => this.sessions.forgetSealedAnswers(graceEnd, limit));
    await sweep((limit) => this.sessions.deleteExpired(yesterday, limit));
    await sweep((limit) => this.tokens.deleteExpired(yesterday, limit));
    await sweep((limit) => this.registrations.deleteExpired(now, limit));
    await sweep((limit) => this.outbox.deleteDone(yesterday, limit));
  }
}
