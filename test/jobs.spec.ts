import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { InMemoryJobRepository } from '../src/modules/core/job/in-memory-job.repository.js';
import type { Job } from '../src/modules/core/job/job.js';
import { LeaseJobScheduler } from '../src/modules/core/job/lease-job-scheduler.js';
import { PgBossJobScheduler } from '../src/modules/core/job/pg-boss-job-scheduler.js';
import { InMemoryDatabase } from '../src/shared/persistence/in-memory-database.js';
import { FakeClock } from '../src/shared/time/fake-clock.js';
import { createEmptyDatabase, onRealPostgres, type TestDatabase } from './support/database.js';
import { eventually, startTestApp } from './support/test-app.js';

const MINUTE = 60_000;

/** A job that sees whether another run of it is under way. */
function countedJob(takesMs = 5, fails = false) {
  const seen = { runs: 0, now: 0, most: 0 };
  const job: Job = {
    name: `job_${randomBytes(4).toString('hex')}`,
    intervalMs: 5 * MINUTE,
    run: async () => {
      seen.runs += 1;
      seen.now += 1;
      seen.most = Math.max(seen.most, seen.now);
      await sleep(takesMs);
      seen.now -= 1;
      if (fails) throw new Error('on purpose');
    },
  };
  return { job, seen };
}

beforeAll(() => Logger.overrideLogger(false));

describe('Jobs by leases', () => {
  function cluster(nodes: number) {
    const clock = new FakeClock();
    const leases = new InMemoryJobRepository(new InMemoryDatabase());
    return { clock, schedulers: Array.from({ length: nodes }, () => new LeaseJobScheduler(leases, clock)) };
  }

  it('run on one of many nodes, once an interval', async () => {
    const { clock, schedulers } = cluster(5);
    const { job, seen } = countedJob();
    const look = () => Promise.all(schedulers.map((scheduler) => scheduler.look([job])));
    for (let interval = 1; interval <= 3; interval += 1) {
      await look();
      await look();
      expect(seen).toMatchObject({ runs: interval, most: 1 });
      clock.advance(5 * MINUTE);
    }
  });

  it('come again after a failure, at their time, and hold nobody up', async () => {
    const { clock, schedulers } = cluster(1);
    const broken = countedJob(1, true);
    const sound = countedJob(1);
    const [scheduler] = schedulers;
    for (let interval = 1; interval <= 2; interval += 1) {
      await scheduler?.look([broken.job, sound.job]);
      await scheduler?.look([broken.job, sound.job]);
      expect([broken.seen.runs, sound.seen.runs]).toEqual([interval, interval]);
      clock.advance(5 * MINUTE);
    }
  });

  it('of a node that died are taken over', async () => {
    const clock = new FakeClock();
    const leases = new InMemoryJobRepository(new InMemoryDatabase());
    const { job, seen } = countedJob();
    await leases.acquire(job.name, 'dead', new Date(clock.now().getTime() + 90_000), clock.now());
    const scheduler = new LeaseJobScheduler(leases, clock);
    await scheduler.look([job]);
    expect(seen.runs).toBe(0);
    clock.advance(90_000);
    await scheduler.look([job]);
    expect(seen.runs).toBe(1);
  });

  it('are waited for at the stop, and none begins after it', async () => {
    const { schedulers } = cluster(1);
    const [slow, next] = [countedJob(50), countedJob()];
    void schedulers[0]?.look([slow.job, next.job]);
    await sleep(10);
    await schedulers[0]?.stop();
    expect([slow.seen, next.seen]).toMatchObject([{ runs: 1, now: 0 }, { runs: 0 }]);
  });
});

const describeOnPostgres = onRealPostgres ? describe : describe.skip;

describeOnPostgres('Jobs on pg-boss', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createEmptyDatabase();
  });
  afterAll(() => database.drop());

  it('run on one of many nodes at a time', async () => {
    const { job, seen } = countedJob(300);
    const nodes = Array.from({ length: 3 }, () => new PgBossJobScheduler({ url: database.url ?? '' }));
    await Promise.all(nodes.map((node) => node.start([job])));
    expect(await eventually(() => Promise.resolve(seen.runs > 0), 200)).toBe(true);
    await Promise.all(nodes.map((node) => node.stop()));
    // One that ran, and one that waited meanwhile at most.
    expect(seen).toMatchObject({ now: 0, most: 1 });
    expect(seen.runs).toBeLessThanOrEqual(2);
  }, 60_000);

  it('are those of an application that is told so', async () => {
    const app = await startTestApp({ env: { JOBS: 'pg-boss', DATABASE_URL: database.url ?? '' } });
    await app.close();
    const owner = await startTestApp({ database: { ...database, drop: () => Promise.resolve() } }).catch(
      () => null,
    );
    const rows = await owner?.sql<{ name: string }>('SELECT name FROM castellan_jobs.schedule ORDER BY name');
    await owner?.close();
    expect(rows?.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['account_change_expiry', 'counter', 'expiry']),
    );
  }, 60_000);
});
