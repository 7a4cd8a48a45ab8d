import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Clock } from '../../../shared/time/clock.js';
import { inSpan } from '../../../shared/tracing/traced.js';
import { ResolvedCoreOptions } from '../core.options.js';
import { HandlesOutbox, OutboxHandler } from './outbox-handler.js';
import type { OutboxRecord } from './outbox.js';
import { Outage } from './outage.js';
import { OutboxRepository } from './outbox.repository.js';
import { OUTBOX_ENCRYPTION, Outbox } from './outbox.service.js';

const POLL_MS = 1_000;
const BATCH = 10;
/** Longer than any sender's own timeout, so that a claim never lapses under a worker that lives. */
const HOLD_MS = 2 * 60_000;
const MAX_ATTEMPTS = 12;
const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 10 * 60_000;

/** Hands messages to their handlers: at once when one is enqueued here, and every second for those of other nodes and for retries. */
@Injectable()
export class OutboxWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(OutboxWorker.name);
  private readonly outage = new Outage(this.logger, 'The outbox cannot be read');
  private readonly handlers = new Map<string, OutboxHandler>();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private again = false;
  private stopped = true;

  constructor(
    private readonly messages: OutboxRepository,
    private readonly outbox: Outbox,
    private readonly discovery: DiscoveryService,
    private readonly clock: Clock,
    private readonly options: ResolvedCoreOptions,
  ) {}

  onApplicationBootstrap(): void {
    for (const { instance, metatype } of this.discovery.getProviders({ metadataKey: HandlesOutbox.KEY })) {
      const topic: unknown = metatype ? Reflect.getMetadata(HandlesOutbox.KEY, metatype) : undefined;
      if (typeof topic === 'string' && instance instanceof OutboxHandler) this.handlers.set(topic, instance);
    }
    this.stopped = false;
    this.outbox.onEnqueued(() => void this.drain());
    this.timer = setInterval(() => void this.poll(), POLL_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** Works until nothing is due. Simultaneous calls share one run, which looks once more for what came in meanwhile. */
  async drain(): Promise<void> {
    if (this.stopped) return;
    this.again = true;
    this.running ??= this.work().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  /** An enqueued message shows that the store answers; the clock alone shows nothing, and waits while it does not. */
  private async poll(): Promise<void> {
    if (!this.outage.paused) await this.drain();
  }

  private async work(): Promise<void> {
    try {
      while (this.again) {
        this.again = false;
        let batch: OutboxRecord[];
        do {
          batch = await this.claim();
          await Promise.all(batch.map((message) => this.process(message)));
        } while (batch.length > 0);
      }
      this.outage.succeeded();
    } catch (error) {
      this.outage.failed(describe(error));
    }
  }

  private claim(): Promise<OutboxRecord[]> {
    return this.messages.claim(BATCH, HOLD_MS, this.clock.now());
  }

  private async process(message: OutboxRecord): Promise<void> {
    try {
      const handler = this.handlers.get(message.topic);
      if (!handler) throw new Error(`No handler for the topic ${message.topic}.`);
      const payload = this.options.secrets
        .decrypt(OUTBOX_ENCRYPTION, message.payload, message.id)
        .toString('utf8');
      await inSpan('castellan.outbox.deliver', async () => handler.handle(JSON.parse(payload), message.id), {
        'messaging.destination.name': message.topic,
      });
      await this.messages.complete(message.id, message.attempts, this.clock.now());
    } catch (error) {
      await this.postpone(message, describe(error));
    }
  }

  private async postpone(message: OutboxRecord, reason: string): Promise<void> {
    const now = this.clock.now();
    if (message.attempts >= MAX_ATTEMPTS) {
      this.logger.error(
        `Message ${message.id} (${message.topic}) given up after ${message.attempts} attempts: ${reason}`,
      );
      await this.messages.fail(message.id, message.attempts, now, reason);
      return;
    }
    const wait = Math.min(FIRST_RETRY_MS * 2 ** (message.attempts - 1), LONGEST_RETRY_MS);
    this.logger.warn(`Message ${message.id} (${message.topic}) will be tried again in ${wait} ms: ${reason}`);
    await this.messages.retry(message.id, message.attempts, new Date(now.getTime() + wait), reason);
  }
}

/** An error's own words, cut: senders put addresses and answers of servers into theirs, but no secret of ours. */
function describe(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 300);
}
