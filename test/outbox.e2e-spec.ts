import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OutboxWorker } from '../src/modules/core/outbox/outbox.worker.js';
import { OutboxRepository } from '../src/modules/core/outbox/outbox.repository.js';
import { freshEmail, PASSWORD } from './support/accounts.js';
import { createTestDatabase, onRealPostgres, type TestDatabase } from './support/database.js';
import { SmtpSink } from './support/smtp-sink.js';
import { eventually, startTestApp, type TestApp } from './support/test-app.js';

const describeOnPostgres = onRealPostgres ? describe : describe.skip;
if (!onRealPostgres)
  process.stdout.write('Skipped, since they need PostgreSQL (DATABASE_URL): two outboxes.\n');

const OPEN = 'done_at IS NULL AND failed_at IS NULL';

describeOnPostgres('Mail of two nodes', () => {
  const smtp = new SmtpSink();
  let database: TestDatabase;
  let nodes: TestApp[];

  beforeAll(async () => {
    await smtp.up();
    database = await createTestDatabase();
    const env = { SMTP_URL: smtp.url };
    nodes = [await startTestApp({ database, env }), await startTestApp({ database, env })];
  }, 60_000);

  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.close()));
    await smtp.away();
    await database.drop();
  });

  const node = (at: number): TestApp => nodes[at % 2] as TestApp;
  /** What waits for its next attempt need not be waited for. */
  const hurry = () => node(0).sql(`UPDATE castellan.outbox SET available_at = now() WHERE ${OPEN}`);
  const open = async (): Promise<number> =>
    (await node(0).sql<{ n: number }>(`SELECT count(*)::int AS n FROM castellan.outbox WHERE ${OPEN}`))[0]
      ?.n ?? -1;
  const settled = () =>
    eventually(
      async () => {
        await hurry();
        return (await open()) === 0;
      },
      120,
      250,
    );
  const signUps = (count: number) =>
    Promise.all(
      Array.from({ length: count }, async (_, at) => {
        const email = freshEmail('mail');
        const answer = await node(at).api.post('/signup', { email, password: PASSWORD });
        expect(answer.status).toBe(201);
        return email;
      }),
    );

  it('leaves once each, however many nodes look for it', async () => {
    const emails = await signUps(20);
    expect(await settled()).toBe(true);
    // The proof of the address and the welcome are two messages.
    const ids = smtp.received.map(({ messageId }) => messageId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const email of emails) {
      const subjects = smtp.received.filter(({ to }) => to === email).map(({ subject }) => subject);
      expect(subjects.length).toBeGreaterThan(0);
      expect(new Set(subjects).size).toBe(subjects.length);
    }
  }, 60_000);

  it('waits while the mail server is away or silent, is not lost, and leaves once (F9)', async () => {
    smtp.received.length = 0;
    const emails: string[] = [];
    for (const outage of ['away', 'hang'] as const) {
      await smtp[outage]();
      emails.push(...(await signUps(6)));
      await hurry();
      await sleep(1_500);
      expect(smtp.received).toEqual([]);
    }
    expect(await open()).toBeGreaterThanOrEqual(emails.length);
    await smtp.up();
    expect(await settled()).toBe(true);
    const ids = smtp.received.map(({ messageId }) => messageId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(Object.keys(smtp.perAddress).sort()).toEqual([...emails].sort());
    expect(await node(0).sql('SELECT id FROM castellan.outbox WHERE failed_at IS NOT NULL')).toEqual([]);
  }, 120_000);

  it('does not leave again because the store went away before it was noted', async () => {
    smtp.received.length = 0;
    const outboxes = nodes.map((one) => one.app.get(OutboxRepository, { strict: false }));
    const originals = outboxes.map((outbox) => outbox.complete.bind(outbox));
    let lost = 0;
    for (const outbox of outboxes)
      outbox.complete = () => {
        lost += 1;
        return Promise.reject(new Error('Connection terminated'));
      };
    const emails = await signUps(4);
    expect(await eventually(() => Promise.resolve(lost > 3), 100)).toBe(true);
    outboxes.forEach((outbox, at) => {
      const original = originals[at];
      if (original) outbox.complete = original;
    });
    // The worker pauses after an outage; one that is asked does not.
    expect(
      await eventually(
        async () => {
          for (const one of nodes) await one.app.get(OutboxWorker, { strict: false }).drain();
          await hurry();
          return (await open()) === 0;
        },
        100,
        200,
      ),
    ).toBe(true);
    const ids = smtp.received.map(({ messageId }) => messageId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(Object.keys(smtp.perAddress).sort()).toEqual([...emails].sort());
  }, 60_000);
});
