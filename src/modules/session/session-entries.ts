import type { ChangedSubject, CheckedSession } from '../core/index.js';

interface Entry {
  readonly state: CheckedSession;
  /** On the monotonic clock. */
  readonly until: number;
}

/** Read anew after so long, whether it has changed or not: what is not told of (the last use) is not kept for longer. */
const LIFE_MS = 60_000;
/** Changes that are remembered for answers which are under way. */
const REMEMBERED = 10_000;

/** Answers of the store by token, found again by account and by session. Bounded: what was used longest ago makes room. */
export class SessionEntries {
  private readonly entries = new Map<string, Entry>();
  private readonly bySubject = new Map<string, Set<string>>();
  /** Subjects in the order of their last change, with its number. */
  private readonly changed = new Map<string, number>();
  private changes = 0;
  /** Changes up to this number are not remembered any more. */
  private forgotten = 0;

  constructor(private readonly maxEntries: number) {}

  get size(): number {
    return this.entries.size;
  }

  ticket(): number {
    return this.changes;
  }

  get(tokenHash: string): CheckedSession | null {
    const entry = this.entries.get(tokenHash);
    if (!entry) return null;
    if (entry.until <= performance.now()) {
      this.remove(tokenHash);
      return null;
    }
    this.entries.delete(tokenHash);
    this.entries.set(tokenHash, entry);
    return entry.state;
  }

  /** An answer that was read before a change must not come in after it. */
  put(tokenHash: string, state: CheckedSession, ticket: number): void {
    const subjects = subjectsOf(state);
    const late = subjects.some((subject) => (this.changed.get(subject) ?? 0) > ticket);
    if (late || ticket < this.forgotten) return;
    this.remove(tokenHash);
    this.entries.set(tokenHash, { state, until: performance.now() + LIFE_MS });
    for (const subject of subjects) {
      const tokens = this.bySubject.get(subject);
      if (tokens) tokens.add(tokenHash);
      else this.bySubject.set(subject, new Set([tokenHash]));
    }
    if (this.entries.size > this.maxEntries) {
      const [oldest] = this.entries.keys();
      if (oldest !== undefined) this.remove(oldest);
    }
  }

  forget(change: ChangedSubject): void {
    const subject = 'userId' in change ? userKey(change.userId) : familyKey(change.familyId);
    this.changes += 1;
    this.changed.delete(subject);
    this.changed.set(subject, this.changes);
    if (this.changed.size > REMEMBERED) this.forgetOldestChange();
    for (const tokenHash of this.bySubject.get(subject) ?? []) this.remove(tokenHash);
  }

  clear(): void {
    this.entries.clear();
    this.bySubject.clear();
    this.changed.clear();
    this.changes += 1;
    this.forgotten = this.changes;
  }

  private forgetOldestChange(): void {
    const [oldest] = this.changed;
    if (!oldest) return;
    this.changed.delete(oldest[0]);
    this.forgotten = oldest[1];
  }

  private remove(tokenHash: string): void {
    const entry = this.entries.get(tokenHash);
    if (!entry) return;
    this.entries.delete(tokenHash);
    for (const subject of subjectsOf(entry.state)) {
      const tokens = this.bySubject.get(subject);
      tokens?.delete(tokenHash);
      if (tokens?.size === 0) this.bySubject.delete(subject);
    }
  }
}

function subjectsOf({ family, user }: CheckedSession): string[] {
  return [userKey(user.id), familyKey(family.id)];
}

const userKey = (id: string): string => `user ${id}`;
const familyKey = (id: string): string => `family ${id}`;
