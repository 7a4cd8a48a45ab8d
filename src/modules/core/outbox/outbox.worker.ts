import { setTimeout as sleep } from 'node:timers/promises';
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
/** How long the messages of a node that died stay with it. A worker that lives renews its claims. */
const HOLD_MS = 2 * 60_000;
/** After so many a refusal for good is believed. */
const MAX_ATTEMPTS = 12;
/** A receiver that is away is waited for so long. */
const LONGEST_WAIT_MS = 24 * 60 * 60_000;
/** The stop waits so long for what is being sent; the rest is claimed again later. */
const STOP_WAIT_MS = 8_000;
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
  /** Handled here, and not marked as done yet: the store went away in between. By id, with the attempt. */
  private readonly unconfirmed = new Map<string, number>();
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
    await Promise.race([this.running, sleep(STOP_WAIT_MS, undefined, { ref: false })]);
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
      while (this.again && this.goesOn()) {
        this.again = false;
        let batch: OutboxRecord[];
        do {
          for (const [id, attempts] of this.unconfirmed) await this.confirm(id, attempts);
          batch = await this.claim();
          await Promise.all(batch.map((message) => this.process(message)));
        } while (batch.length === BATCH && this.goesOn());
      }
      this.outage.succeeded();
    } catch (error) {
      this.outage.failed(describe(error));
    }
  }

  /** A stop comes between two awaits, where no type checker looks. */
  private goesOn(): boolean {
    return !this.stopped;
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
      if (!this.unconfirmed.has(message.id))
        await this.holding(message, () =>
          deliver(message.topic, () => handler.handle(JSON.parse(payload), message.id)),
        );
    } catch (error) {
      await this.postpone(message, error);
      return;
    }
    // From here on it must not be handled again, whatever happens to the store.
    this.unconfirmed.set(message.id, message.attempts);
    await this.confirm(message.id, message.attempts);
  }

  private async confirm(id: string, attempts: number): Promise<void> {
    await this.messages.complete(id, attempts, this.clock.now());
    this.unconfirmed.delete(id);
  }

  /** Renews the claim for as long as the work takes. */
  private async holding(message: OutboxRecord, work: () => Promise<void>): Promise<void> {
    const renewal = setInterval(() => {
      const until = new Date(this.clock.now().getTime() + HOLD_MS);
      this.messages.extend(message.id, message.attempts, until).catch(() => undefined);
    }, HOLD_MS / 4).unref();
    try {
      await work();
    } finally {
      clearInterval(renewal);
    }
  }

  private async postpone(message: OutboxRecord, error: unknown): Promise<void> {
    const now = this.clock.now();
    const reason = describe(error);
    const age = now.getTime() - message.createdAt.getTime();
    if (message.attempts >= MAX_ATTEMPTS && (isRefusal(error) || age > LONGEST_WAIT_MS)) {
      this.logger.error(
        `Message ${message.id} (${message.topic}) given up after ${message.attempts} attempts: ${reason}`,
      );
      await this.messages.fail(message.id, message.attempts, now, reason);
      return;
    }
    const wait = Math.min(FIRST_RETRY_MS * 2 ** Math.min(message.attempts - 1, 20), LONGEST_RETRY_MS);
    this.logger.warn(`Message ${message.id} (${message.topic}) will be tried again in ${wait} ms: ${reason}`);
    await this.messages.retry(message.id, message.attempts, new Date(now.getTime() + wait), reason);
  }
}

/** A mail server that says no for good (RFC 5321 section 4.2.1); one that is away says nothing. */
function isRefusal(error: unknown): boolean {
  return (
    error instanceof Error &&
    'responseCode' in error &&
    typeof error.responseCode === 'number' &&
    error.responseCode >= 500
  );
}

/** An error's own words, cut: senders put addresses and answers of servers into theirs, but no secret of ours. */
function describe(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 300);
}

function deliver(topic: string, work: () => void | Promise<void>): Promise<void> {
  return inSpan('castellan.outbox.deliver', async () => work(), { 'messaging.destination.name': topic });
}
