import type { Writable } from 'node:stream';

/** Where a command answers, reports and asks. */
export class Terminal {
  constructor(
    private readonly output: Writable,
    /** Progress, advice and errors. */
    readonly errors: Writable & { readonly isTTY?: boolean },
    readonly input: NodeJS.ReadStream,
  ) {}

  /** A part of the answer; resolves when it has been taken, so that a slow reader slows the command down. */
  write(text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.output.write(text, (error) => (error ? reject(error) : resolve()));
    });
  }

  print(...lines: readonly string[]): Promise<void> {
    return this.write(lines.map((line) => `${line}\n`).join(''));
  }

  json(value: unknown): Promise<void> {
    return this.print(JSON.stringify(value, null, 2));
  }

  /** Something for the operator alone. */
  note(...lines: readonly string[]): void {
    this.errors.write(lines.map((line) => `${line}\n`).join(''));
  }
}
