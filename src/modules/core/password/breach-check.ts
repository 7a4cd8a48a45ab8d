import { createHash } from 'node:crypto';
import { Logger } from '@nestjs/common';

/** Knows passwords that leaked. */
export abstract class BreachedPasswordChecker {
  /** Takes the normalised password. Never throws: what cannot be found out counts as not breached. */
  abstract isBreached(password: string): Promise<boolean>;
}

/** For hosts that do not check. */
export class NoBreachedPasswordChecker extends BreachedPasswordChecker {
  override isBreached(): Promise<boolean> {
    return Promise.resolve(false);
  }
}

export interface HibpOptions {
  /** Ends with a slash; the prefix follows. @default 'https://api.pwnedpasswords.com/range/' */
  readonly baseUrl?: string;
  /** For the whole exchange. @default 1500 */
  readonly timeoutMs?: number;
}

/** A padded answer has about 50 kB. */
const MAX_RESPONSE_BYTES = 2 * 1024 ** 2;

/**
 * Asks the range API of Have I Been Pwned by k-anonymity: five hexadecimal digits of the SHA-1 leave the process, and the
 * padding hides from the network how many leaked passwords share them. Fails open with a warning in the log.
 */
export class HibpBreachedPasswordChecker extends BreachedPasswordChecker {
  private readonly logger = new Logger(HibpBreachedPasswordChecker.name);
  private readonly baseUrl: string;
  private readonly timeoutMs: number;

  constructor(options: HibpOptions = {}) {
    super();
    this.baseUrl = options.baseUrl ?? 'https://api.pwnedpasswords.com/range/';
    this.timeoutMs = options.timeoutMs ?? 1500;
  }

  override async isBreached(password: string): Promise<boolean> {
    const digest = createHash('sha1').update(password, 'utf8').digest('hex').toUpperCase();
    try {
      return lists(await this.fetchRange(digest.slice(0, 5)), digest.slice(5));
    } catch (error) {
      const reason = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown error';
      this.logger.warn(`The password could not be checked for breaches and is let pass (${reason})`);
      return false;
    }
  }

  private async fetchRange(prefix: string): Promise<string> {
    const response = await fetch(`${this.baseUrl}${prefix}`, {
      headers: { 'Add-Padding': 'true', 'User-Agent': 'castellan' },
      signal: AbortSignal.timeout(this.timeoutMs),
      redirect: 'error',
    });
    if (response.status === 200) return readBounded(response);
    await response.body?.cancel();
    throw new Error(`the service answered ${response.status}`);
  }
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop by an error cancels the body.
  const body: AsyncIterable<Uint8Array> | Iterable<Uint8Array> = response.body ?? [];
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > MAX_RESPONSE_BYTES) throw new Error('the answer is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('latin1');
}

/** Lines are `<35 hexadecimal digits>:<count>`; padding has the count 0. */
function lists(range: string, suffix: string): boolean {
  return range.split('\n').some((line) => {
    const [candidate, count] = line.trim().split(':');
    return candidate?.toUpperCase() === suffix && Number(count) > 0;
  });
}
