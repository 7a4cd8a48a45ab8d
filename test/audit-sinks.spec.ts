import 'reflect-metadata';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { ClickHouseAuditSink } from '../examples/audit-clickhouse/src/clickhouse-audit-sink.js';
import { audit, AuditSink, AuditSinks, NdjsonAuditSink, type SunkAuditRecord } from '../src/index.js';
import { TransactionRunner } from '../src/shared/persistence/transaction-runner.js';
import { EventBus } from '../src/shared/events/event-bus.js';
import { ProfileChanged } from '../src/modules/core/index.js';
import { SYSTEM_CLIENT } from '../src/shared/http/client-info.js';
import { createTestAuth, type TestAuth } from '../src/testing/index.js';
import { auditRecord } from '../src/testing/contract/audit-fixture.js';
import { LoopbackServer } from './support/loopback-server.js';

class Memory extends AuditSink {
  readonly actions: string[] = [];
  closed = false;
  override async write(records: readonly SunkAuditRecord[]): Promise<void> {
    this.actions.push(...records.map(({ action }) => action));
  }
  override async close(): Promise<void> {
    this.closed = true;
  }
}

class Broken extends AuditSink {
  override async write(): Promise<void> {
    throw new Error('the disk is full');
  }
}

const USER = '00000000-0000-7000-8000-00000000000a';

describe('Sinks of the audit log', () => {
  const memory = new Memory();
  let auth: TestAuth;

  beforeAll(async () => {
    auth = await createTestAuth({ modules: [audit({ sinks: [new Broken(), memory] })] });
  });
  afterAll(async () => auth.close());

  const flush = () => auth.app.get(AuditSinks, { strict: false }).flush();
  const emit = () =>
    auth.app.get(EventBus, { strict: false }).emit(new ProfileChanged(USER, SYSTEM_CLIENT, new Date()));

  it('get what was committed, in order, whatever another sink does', async () => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    const email = 'ada@example.com';
    await auth.api.post('/signup', { email, password: 'a gatehouse of 7 towers' });
    await auth.api.post('/login', { email, password: 'wrong password 1' });
    await auth.api.post('/login', { email, password: 'a gatehouse of 7 towers' });
    await flush();
    expect(memory.actions).toEqual(['user.register', 'auth.login.failed', 'auth.login']);
    expect(warn).toHaveBeenCalledWith(
      expect.stringMatching(/^Broken refused \d+ records: the disk is full$/),
    );
    warn.mockRestore();
  });

  it('get nothing of what was rolled back', async () => {
    jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    const before = memory.actions.length;
    const transactions = auth.app.get(TransactionRunner, { strict: false });
    const lost = transactions.run(async () => {
      await emit();
      throw new Error('no');
    });
    await expect(lost).rejects.toThrow('no');
    await flush();
    expect(memory.actions).toHaveLength(before);
    await transactions.run(emit);
    await flush();
    expect(memory.actions.slice(before)).toEqual(['user.profile.change']);
  });

  it('have everything before the application is gone', async () => {
    const last = new Memory();
    const short = await createTestAuth({ modules: [audit({ sinks: [last] })] });
    await short.api.post('/signup', { email: 'ada@example.com', password: 'a gatehouse of 7 towers' });
    await short.close();
    expect([last.actions, last.closed]).toEqual([['user.register'], true]);
  });
});

describe('The sink of lines', () => {
  it('writes one JSON object a line, without what only the seal needs', async () => {
    const chunks: string[] = [];
    const output = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        chunks.push(chunk.toString());
        done();
      },
    });
    const auth = await createTestAuth({ modules: [audit({ sinks: [new NdjsonAuditSink(output)] })] });
    await auth.api.post('/signup', {
      email: 'ada@example.com',
      username: 'ada',
      password: 'a gatehouse of 7 towers',
    });
    await auth.close();
    const lines = chunks.join('').trimEnd().split('\n');
    const [first] = lines.map((line) => JSON.parse(line) as { audit: object });
    expect(first?.audit).toMatchObject({ action: 'user.register', actorType: 'user', severity: 'info' });
    expect(Object.keys(first?.audit ?? {})).toEqual(expect.not.arrayContaining(['personalSalt', 'batchId']));
  });
});

describe('The ClickHouse sink', () => {
  let server: LoopbackServer;
  const received: { query: URLSearchParams; user: unknown; body: string }[] = [];
  let statuses: number[] = [];

  beforeAll(async () => {
    server = await LoopbackServer.start();
    server.answerWith((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        received.push({
          query: new URL(request.url ?? '', 'http://localhost').searchParams,
          user: request.headers['x-clickhouse-user'],
          body: Buffer.concat(chunks).toString(),
        });
        response.statusCode = statuses.shift() ?? 200;
        response.end();
      });
    });
  });
  afterAll(async () => server.close());

  const sink = (options = {}) =>
    new ClickHouseAuditSink({ url: server.origin, username: 'castellan', ...options });

  it('inserts a batch in one request', async () => {
    received.length = 0;
    const records = [auditRecord(0), auditRecord(1000, { actorId: USER })];
    await sink().write(records);
    expect(received).toHaveLength(1);
    expect(received[0]?.query.get('query')).toBe('INSERT INTO audit_logs FORMAT JSONEachRow');
    expect(received[0]?.user).toBe('castellan');
    const rows = received[0]?.body
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(rows).toEqual([
      expect.objectContaining({ id: records[0]?.id, action: 'auth.login', actor_id: null }),
      expect.objectContaining({ id: records[1]?.id, actor_id: USER, created_at: '2026-01-01T00:00:01.000Z' }),
    ]);
  });

  it('repeats what may pass, under one token, and gives up on what will not', async () => {
    received.length = 0;
    statuses = [503, 500];
    await sink().write([auditRecord(0)]);
    expect(received).toHaveLength(3);
    expect(new Set(received.map(({ query }) => query.get('insert_deduplication_token'))).size).toBe(1);
    received.length = 0;
    statuses = [400];
    await expect(sink().write([auditRecord(0)])).rejects.toThrow('ClickHouse answered 400.');
    expect(received).toHaveLength(1);
  });

  it('takes no table that is more than a name', () => {
    expect(() => sink({ table: 'a; DROP TABLE b' })).toThrow(RangeError);
  });
});
