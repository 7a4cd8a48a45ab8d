import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { FanOut } from './fan-out.js';

const PREFIX = 'castellan:news:';

/** Announcements over Redis pub/sub. Needs a connection of its own to listen on, and closes it. */
export class RedisFanOut extends FanOut {
  private readonly node = randomUUID();
  private readonly listeners = new Map<string, (() => void)[]>();
  private readonly pending = new Set<string>();
  private readonly subscriber: Redis;

  constructor(private readonly redis: Redis) {
    super();
    this.subscriber = redis.duplicate();
    // An outage is logged by the client that it was made from.
    this.subscriber.on('error', () => undefined);
    this.subscriber.on('ready', () => void this.listen());
    this.subscriber.on('message', (channel: string, from: string) => this.hear(channel, from));
    // Redis may come later than this process: the client goes on trying.
    this.subscriber.connect().catch(() => undefined);
  }

  override announce(topic: string): void {
    // A transaction that ends a hundred sessions is one piece of news.
    if (this.pending.has(topic)) return;
    this.pending.add(topic);
    setImmediate(() => {
      this.pending.delete(topic);
      this.redis.publish(PREFIX + topic, this.node).catch(() => undefined);
    });
  }

  override subscribe(topic: string, listener: () => void): void {
    this.listeners.set(topic, [...(this.listeners.get(topic) ?? []), listener]);
    if (this.subscriber.status === 'ready') void this.listen();
  }

  override close(): void {
    this.subscriber.disconnect();
  }

  private async listen(): Promise<void> {
    const channels = Array.from(this.listeners.keys(), (topic) => PREFIX + topic);
    if (channels.length === 0) return;
    try {
      await this.subscriber.subscribe(...channels);
    } catch (error) {
      new Logger('FanOut').warn(`Redis: ${error instanceof Error ? error.message : String(error)}`);
      return;
    }
    // What was announced while nobody listened.
    for (const listener of [...this.listeners.values()].flat()) listener();
  }

  private hear(channel: string, from: string): void {
    if (from === this.node) return;
    for (const listener of this.listeners.get(channel.slice(PREFIX.length)) ?? []) listener();
  }
}
