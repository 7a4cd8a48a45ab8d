import pg from 'pg';

/** What goes on beside requests: the outbox, the feed of revocations, time stamps of last use, maintenance. */
const BACKGROUND = [
  /\bcastellan\.outbox\b[\s\S]*\bSKIP LOCKED\b/i,
  /\brecordedUntil\b/,
  /\bSET last_used_at\b/i,
  /\bcastellan\.(jobs|account_changes)\b/i,
  /^\s*DELETE FROM castellan\.\w+ WHERE[\s\S]*\bLIMIT\b/i,
];
const TRANSACTION = /^\s*(BEGIN|START TRANSACTION|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)\b/i;

/** Counts what `pg` sends, over a server's connection and over the embedded database's alike; what is not of a request is left out. */
export class StatementCounter {
  private readonly seen: string[] = [];
  private recording = false;
  private readonly original = pg.Client.prototype.query;

  install(): this {
    const note = (first: unknown): void => {
      if (this.recording) this.seen.push(textOf(first));
    };
    const original = this.original;
    pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]): unknown {
      note(args[0]);
      return Reflect.apply(original, this, args);
    } as typeof original;
    return this;
  }

  uninstall(): void {
    pg.Client.prototype.query = this.original;
  }

  /** Statements that `work` caused, without BEGIN, COMMIT and the background's. */
  async during(work: () => Promise<void>): Promise<string[]> {
    this.seen.length = 0;
    this.recording = true;
    try {
      await work();
    } finally {
      this.recording = false;
    }
    return this.seen.filter(isOfRequest);
  }

  /** Within `during`: statements of `work` alone, which do not count there. */
  async aside(work: () => Promise<void>): Promise<string[]> {
    const before = this.seen.length;
    await work();
    return this.seen.splice(before).filter(isOfRequest);
  }
}

function isOfRequest(text: string): boolean {
  return !TRANSACTION.test(text) && !BACKGROUND.some((pattern) => pattern.test(text));
}

function textOf(query: unknown): string {
  if (typeof query === 'string') return query;
  return typeof query === 'object' && query !== null ? String(Reflect.get(query, 'text') ?? '') : '';
}
