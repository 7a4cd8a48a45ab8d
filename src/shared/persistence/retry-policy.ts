import { sqlStateOf } from './database-errors.js';

/** Serialization failure and deadlock: the server has rolled back, so a repeat is always safe. */
const ROLLED_BACK = new Set(['40001', '40P01']);

/** Whether a transaction may be repeated. A lost connection is safe only before COMMIT was sent: afterwards nobody knows. */
export function mayRepeat(error: unknown, commitSent: boolean): boolean {
  const code = sqlStateOf(error);
  if (code === undefined) return false;
  if (ROLLED_BACK.has(code)) return true;
  return !commitSent && (code.startsWith('08') || code === '57P01');
}

/** Milliseconds before repeat number `attempt` (from 1): doubling, with full jitter. */
export function backoffMs(attempt: number): number {
  return Math.random() * 25 * 2 ** attempt;
}
