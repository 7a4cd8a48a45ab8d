import { Injectable } from '@nestjs/common';
import { AuthEvent } from '../../shared/events/auth-event.js';
import { OnAuthEvent } from '../../shared/events/on-auth-event.js';
import {
  AccountLocked,
  LoginChallenged,
  LoginChallengePassed,
  LoginFailed,
  RefreshTokenReused,
  SessionCreated,
  SessionRefreshed,
  SessionsRevoked,
  UserRegistered,
} from '../core/index.js';
import { MetricsRegistry } from './metrics-registry.js';

/** Counts what is announced. Labels are names of ours alone: nothing that a client sent, and no id. */
@Injectable()
export class EventMetrics {
  constructor(private readonly metrics: MetricsRegistry) {}

  /** Every event that the audit would record, of whatever module. */
  @OnAuthEvent(AuthEvent, { phase: 'after_commit' })
  any(event: AuthEvent): void {
    const entry = event.audit();
    if (entry) this.metrics.count('events', { action: entry.action, severity: entry.severity ?? 'info' });
  }

  @OnAuthEvent(SessionCreated, { phase: 'after_commit' })
  loggedIn({ methods }: SessionCreated): void {
    this.metrics.count('logins', { outcome: 'success', method: [...methods].sort().join('+') || 'none' });
  }

  @OnAuthEvent(LoginFailed, { phase: 'after_commit' })
  refused({ method, reason }: LoginFailed): void {
    this.metrics.count('logins', { outcome: 'failure', method: method ?? 'unknown' });
    this.metrics.count('login_failures', { reason });
  }

  @OnAuthEvent(LoginChallenged, { phase: 'after_commit' })
  challenged(): void {
    this.metrics.count('challenges', { outcome: 'issued' });
  }

  @OnAuthEvent(LoginChallengePassed, { phase: 'after_commit' })
  challengePassed(): void {
    this.metrics.count('challenges', { outcome: 'passed' });
  }

  @OnAuthEvent(AccountLocked, { phase: 'after_commit' })
  locked(): void {
    this.metrics.count('lockouts');
  }

  @OnAuthEvent(UserRegistered, { phase: 'after_commit' })
  registered(): void {
    this.metrics.count('registrations');
  }

  @OnAuthEvent(SessionRefreshed, { phase: 'after_commit' })
  refreshed(): void {
    this.metrics.count('refreshes');
  }

  @OnAuthEvent(RefreshTokenReused, { phase: 'after_commit' })
  reused(): void {
    this.metrics.count('refresh_reuses');
  }

  @OnAuthEvent(SessionsRevoked, { phase: 'after_commit' })
  revoked({ reason, sessionIds }: SessionsRevoked): void {
    this.metrics.count('revocations', { reason }, sessionIds.length);
  }
}
