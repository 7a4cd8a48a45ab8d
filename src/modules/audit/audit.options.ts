import { OptionsError } from '../core/index.js';
import { RetentionRules } from './record/retention-rules.js';
import type { AuditSink } from './sink/audit-sink.js';

const DAY_MS = 24 * 60 * 60_000;

/** Behaviour of the module. */
export interface AuditOptions {
  /**
   * How long records of a class are kept, in milliseconds; `null`: for good.
   * @default { authentication: 90 d, user: 90 d, admin: 365 d, security: null }
   */
  readonly retentionMs?: Readonly<Record<string, number | null>>;
  /**
   * Classes of actions, beside the bundled ones: by what the action begins with, the longest first. A class of one's own needs its time in `retentionMs`.
   * @example { 'auth.magic_link.send': 'noise' }
   */
  readonly retentionRules?: Readonly<Record<string, string>>;
  /** External stores that get each record after its commit. @default none */
  readonly sinks?: readonly AuditSink[];
}

/** Options with every default filled in. This class is the DI token. */
export abstract class ResolvedAuditOptions {
  abstract readonly retentionMs: ReadonlyMap<string, number | null>;
  abstract readonly rules: RetentionRules;
  abstract readonly sinks: readonly AuditSink[];
}

/** @throws OptionsError */
export function resolveAuditOptions(options: AuditOptions = {}): ResolvedAuditOptions {
  const rules = new RetentionRules(options.retentionRules ?? {});
  const retentionMs = new Map<string, number | null>(
    Object.entries({
      authentication: 90 * DAY_MS,
      user: 90 * DAY_MS,
      admin: 365 * DAY_MS,
      security: null,
      ...options.retentionMs,
    }),
  );
  for (const name of [...rules.classes, ...retentionMs.keys()]) {
    const time = retentionMs.get(name);
    if (time === undefined) throw new OptionsError(`audit.retentionMs says nothing of the class "${name}".`);
    if (time !== null && !(time > 0))
      throw new OptionsError(`audit.retentionMs.${name} must be above 0, or null.`);
    if (!/^[a-z][a-z0-9_]{0,31}$/.test(name))
      throw new OptionsError('A class of audit.retentionMs has 1 to 32 letters, digits and underscores.');
  }
  return Object.freeze({ retentionMs, rules, sinks: [...(options.sinks ?? [])] });
}
