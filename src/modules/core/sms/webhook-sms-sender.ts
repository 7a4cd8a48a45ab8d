import { createHmac } from 'node:crypto';
import { type SmsMessage, SmsSender } from './sms-sender.js';

export interface SmsWebhookOptions {
  readonly url: string;
  /** Signs `id.timestamp.body` with HMAC-SHA256, as Standard Webhooks do. */
  readonly secret: Uint8Array;
  /** @default 10 s */
  readonly timeoutMs?: number;
}

/** Posts `{to, text, purpose}` to a gateway of the host's, signed in the manner of Standard Webhooks. */
export class WebhookSmsSender extends SmsSender {
  readonly available = true;

  constructor(private readonly options: SmsWebhookOptions) {
    super();
  }

  override async send(message: SmsMessage): Promise<void> {
    const body = JSON.stringify({ to: message.to, text: message.text, purpose: message.purpose });
    const timestamp = Math.floor(Date.now() / 1000).toString();
    const signature = createHmac('sha256', this.options.secret)
      .update(`${message.id}.${timestamp}.${body}`)
      .digest('base64');
    const response = await fetch(this.options.url, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(this.options.timeoutMs ?? 10_000),
      headers: {
        'content-type': 'application/json',
        'webhook-id': message.id,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${signature}`,
      },
      body,
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`The SMS webhook answered ${response.status}.`);
  }
}
