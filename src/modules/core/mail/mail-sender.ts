/** A rendered message. */
export interface MailMessage {
  /** Stable over repeats of the same message; becomes the Message-ID. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Which template it came from. */
  readonly template: string;
}

/** Delivers mail. Throwing means "try again later". */
export abstract class MailSender {
  /** False: nothing can be sent, and endpoints that would need it answer 503 `core.sender_unavailable`. */
  abstract readonly available: boolean;
  abstract send(message: MailMessage): Promise<void>;

  /** Rejects where nothing could be delivered now, as far as that can be told without a message; `castellan doctor` asks. */
  check(): Promise<void> {
    return Promise.resolve();
  }
}

/** Where no mail can be sent. */
export class NoMailSender extends MailSender {
  readonly available = false;

  override send(): Promise<void> {
    return Promise.reject(new Error('No mail sender is configured.'));
  }
}

/** Keeps the latest messages in memory: for tests, and for the preview page of development. */
export class InMemoryMailSender extends MailSender {
  readonly available = true;
  private readonly kept: (MailMessage & { readonly sentAt: Date })[] = [];

  constructor(
    private readonly capacity = 200,
    private readonly onSent: (message: MailMessage) => void = () => undefined,
  ) {
    super();
  }

  override send(message: MailMessage): Promise<void> {
    this.kept.push({ ...message, sentAt: new Date() });
    if (this.kept.length > this.capacity) this.kept.shift();
    this.onSent(message);
    return Promise.resolve();
  }

  /** Oldest first. */
  get messages(): readonly (MailMessage & { readonly sentAt: Date })[] {
    return this.kept;
  }

  clear(): void {
    this.kept.length = 0;
  }
}
