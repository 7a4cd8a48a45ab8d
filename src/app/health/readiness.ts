import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { Storage } from '../../shared/persistence/storage.js';
import type { ReadinessResponse } from './health.dto.js';

/** A database that answers later than this counts as down. */
const PING_TIMEOUT_MS = 1_500;

/** Whether this process should get requests. */
@Injectable()
export class Readiness implements BeforeApplicationShutdown {
  private stopping = false;

  constructor(private readonly storage: Storage) {}

  beforeApplicationShutdown(): void {
    this.stopping = true;
  }

  async check(): Promise<ReadinessResponse> {
    const started = performance.now();
    const up = await this.answersInTime();
    const database = {
      status: up ? ('up' as const) : ('down' as const),
      latency_ms: Math.round((performance.now() - started) * 10) / 10,
    };
    if (this.stopping) return { status: 'stopping', database };
    return { status: up ? 'ok' : 'unavailable', database };
  }

  private async answersInTime(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), PING_TIMEOUT_MS);
    });
    const ping = this.storage.ping().then(
      () => true,
      () => false,
    );
    try {
      return await Promise.race([ping, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
