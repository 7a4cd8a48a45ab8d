export interface SmsMessage {
  /** Stable over repeats of the same message. */
  readonly id: string;
  /** E.164. */
  readonly to: string;
  readonly text: string;
  /** Which template it came from. */
  readonly purpose: string;
}

/** Delivers text messages. Throwing means "try again later". */
export abstract class SmsSender {
  /** False: nothing can be sent, and endpoints that would need it answer 503 `core.sender_unavailable`. */
  abstract readonly available: boolean;
  abstract send(message: SmsMessage): Promise<void>;
}

/** Where no text message can be sent. */
export class NoSmsSender extends SmsSender {
  readonly available = false;

  override send(): Promise<void> {
    return Promise.reject(new Error('No SMS sender is configured.'));
  }
}

/** Keeps the latest messages in memory: for tests, and for the preview page of development. */
export class InMemorySmsSender extends SmsSender {
  readonly available = true;
  private readonly kept: (SmsMessage & { readonly sentAt: Date })[] = [];

  constructor(
    private readonly capacity = 200,
    private readonly onSent: (message: SmsMessage) => void = () => undefined,
  ) {
    super();
  }

  override send(message: SmsMessage): Promise<void> {
    this.kept.push({ ...message, sentAt: new Date() });
    if (this.kept.length > this.capacity) this.kept.shift();
    this.onSent(message);
    return Promise.resolve();
  }

  /** Oldest first. */
  get messages(): readonly (SmsMessage & { readonly sentAt: Date })[] {
    return this.kept;
  }

  clear(): void {
    this.kept.length = 0;
  }
}
