/** Where progress is shown: stderr, say. */
export interface Terminal {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const WIDTH = 30;

/** A bar that is drawn over itself on a terminal; elsewhere a line for each tenth. */
export class ProgressBar {
  private tenths = -1;

  constructor(
    private readonly total: number,
    private readonly terminal: Terminal,
  ) {}

  show(done: number, counts: Readonly<Record<string, number>>): void {
    const part = this.total === 0 ? 1 : Math.min(1, done / this.total);
    const text = `${String(Math.floor(part * 100)).padStart(3)} %  ${inWords(counts)}`;
    if (this.terminal.isTTY) {
      const filled = Math.round(part * WIDTH);
      this.terminal.write(`\r[${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}] ${text}`);
      return;
    }
    const tenths = Math.floor(part * 10);
    if (tenths === this.tenths) return;
    this.tenths = tenths;
    this.terminal.write(`${text}\n`);
  }

  finish(counts: Readonly<Record<string, number>>): void {
    this.terminal.write(`${this.terminal.isTTY ? '\n' : ''}Done: ${inWords(counts)}.\n`);
  }
}

function inWords(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
}
