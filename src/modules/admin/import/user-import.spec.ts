import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AccountFixture, PASSWORD } from '../../../../test/support/account-fixture.js';
import { DefaultPasswordHasher, UserRepository } from '../../core/index.js';
import { AdminUserCreated } from '../admin.events.js';
import { ImportCheckpointRepository } from './import-checkpoint.repository.js';
import { type ImportLine, readCsv, readNdjson } from './import-lines.js';
import { InMemoryImportCheckpointRepository } from './in-memory-import-checkpoint.repository.js';
import { type ImportResult, UserImport } from './user-import.js';

async function* chunks(...texts: readonly (string | Uint8Array)[]): AsyncGenerator<string | Uint8Array> {
  yield* texts;
}

async function all(lines: AsyncIterable<ImportLine>): Promise<ImportLine[]> {
  const found: ImportLine[] = [];
  for await (const line of lines) found.push(line);
  return found;
}

describe('reading files', () => {
  it('takes NDJSON in any pieces, cut through characters too', async () => {
    const bytes = Buffer.from('{"name":"Ärger"}\r\n\n[1]\nnonsense\n{"a":1}');
    for (const size of [1, 3, 7, 1_000]) {
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
        bytes.subarray(index * size, (index + 1) * size),
      );
      expect(await all(readNdjson(chunks(...pieces)))).toEqual([
        { line: 1, record: { name: 'Ärger' } },
        { line: 2, record: null },
        { line: 3, record: null },
        { line: 4, record: { a: 1 } },
      ]);
    }
  });

  it('passes over a line that is too long, however it comes', async () => {
    const long = `{"name":"${'x'.repeat(70_000)}"}`;
    for (const pieces of [[`${long}\n{"a":1}\n`], [long.slice(0, 66_000), long.slice(66_000), '\n{"a":1}\n']])
      expect(await all(readNdjson(chunks(...pieces)))).toEqual([
        { line: 1, record: null },
        { line: 2, record: { a: 1 } },
      ]);
    expect(await all(readNdjson(chunks(long)))).toEqual([{ line: 1, record: null }]);
  });

  it('takes CSV with quotes, line breaks in them, a byte order mark, and no line break at the end', async () => {
    const text =
      '\uFEFFemail, name\r\n"a@example.com","Lovelace, ""Ada""\nCountess"\r\n\r\nb@example.com\nc,d,e\n"x"y,z\nlast@example.com,"end"';
    for (const size of [1, 4, 1_000]) {
      const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
        text.slice(index * size, (index + 1) * size),
      );
      expect(await all(readCsv(chunks(...pieces)))).toEqual([
        { line: 1, record: { email: 'a@example.com', name: 'Lovelace, "Ada"\nCountess' } },
        { line: 2, record: { email: 'b@example.com' } },
        { line: 3, record: null },
        { line: 4, record: null },
        { line: 5, record: { email: 'last@example.com', name: 'end' } },
      ]);
    }
    expect(await all(readCsv(chunks('email\n"open')))).toEqual([{ line: 1, record: null }]);
    await expect(all(readCsv(chunks('email,email\n')))).rejects.toThrow('twice');
    expect(await all(readCsv(chunks('')))).toEqual([]);
  });
});

describe('UserImport', () => {
  let fixture: AccountFixture;

  beforeEach(async () => {
    fixture = await AccountFixture.create(
      {},
      {
        providers: [
          UserImport,
          { provide: ImportCheckpointRepository, useClass: InMemoryImportCheckpointRepository },
        ],
      },
    );
  });
  afterEach(() => fixture.close());

  const run = async (records: readonly unknown[], name = 'one') => {
    const results: ImportResult[] = [];
    const text = records.map((record) => JSON.stringify(record)).join('\n');
    const done = await fixture.get(UserImport).run(readNdjson(chunks(text)), {
      name,
      onResult: (result) => void results.push(result),
    });
    return { done, results };
  };

  it('takes accounts over with their hashes, and tells of each line', async () => {
    const hash = await new DefaultPasswordHasher({ algorithm: 'argon2id' }).hash(PASSWORD);
    const { done, results } = await run([
      {
        email: 'Ada@example.com',
        email_verified: true,
        password_hash: hash,
        name: 'Ada',
        created_at: '2020-02-03T04:05:06Z',
      },
      { email: 'ada@example.com' },
      { username: 'bob', active: 'false', biography: 'Two\nlines' },
      { phone_number: '+447911123456', phone_number_verified: 'yes' },
      { email: 'nonsense' },
      { email: 'c@example.com', password_hash: '$2b$20$' + 'a'.repeat(53) },
      { email: 'd@example.com', is_super_admin: true },
      { email: 'e@example.com', created_at: '2999-01-01' },
      { email: 'f@example.com', name: 'a\u0000b' },
      { name: 'Nobody' },
      [],
    ]);
    expect(done).toEqual({ name: 'one', line: 11, created: 3, skipped: 1, failed: 7 });
    expect(results.map(({ status, code, fields }) => [status, code, fields])).toEqual([
      ['created', undefined, undefined],
      ['skipped', 'core.email_taken', undefined],
      ['created', undefined, undefined],
      ['created', undefined, undefined],
      ['failed', 'core.invalid_email', ['email']],
      ['failed', 'core.unsupported_password_hash', undefined],
      ['failed', 'core.validation_failed', ['is_super_admin']],
      ['failed', 'core.validation_failed', ['created_at']],
      ['failed', 'core.validation_failed', ['name']],
      ['failed', 'core.identifier_required', undefined],
      ['failed', 'admin.import_unreadable', undefined],
    ]);
    expect(await fixture.get(UserRepository).findByEmail('ada@example.com')).toMatchObject({
      id: results[0]?.userId,
      email: 'Ada@example.com',
      emailVerified: true,
      passwordHash: hash,
      username: null,
      createdAt: new Date('2020-02-03T04:05:06Z'),
    });
    expect(await fixture.get(UserRepository).findByUsername('bob')).toMatchObject({ active: false });
    expect(fixture.emitted(AdminUserCreated).map((event) => event.audit().action)).toEqual(
      Array.from({ length: 3 }, () => 'admin.user.import'),
    );
    await fixture.settle();
    expect([fixture.mail.messages, fixture.sms.messages]).toEqual([[], []]);
  });

  it('goes on behind the last batch after it broke off, and makes nobody twice', async () => {
    const records = Array.from({ length: 450 }, (_, index) => ({ email: `user${index}@example.com` }));
    const broken = readNdjson(
      (async function* () {
        yield records
          .slice(0, 300)
          .map((record) => `${JSON.stringify(record)}\n`)
          .join('');
        throw new Error('the plug was pulled');
      })(),
    );
    await expect(fixture.get(UserImport).run(broken, { name: 'one' })).rejects.toThrow('plug');
    const progress: number[] = [];
    const text = records.map((record) => JSON.stringify(record)).join('\n');
    const seen: ImportResult[] = [];
    const done = await fixture.get(UserImport).run(readNdjson(chunks(text)), {
      name: 'one',
      onResult: (result) => void seen.push(result),
      onProgress: ({ line }) => void progress.push(line),
    });
    expect(done).toEqual({ name: 'one', line: 450, created: 450, skipped: 0, failed: 0 });
    expect([seen[0]?.line, seen.length, progress]).toEqual([201, 250, [400, 450]]);
    expect((await run(records)).results).toEqual([]);
    expect((await run(records.slice(0, 3), 'two')).done).toMatchObject({ created: 0, skipped: 3 });
  });

  it('refuses a second run beside the first', async () => {
    const records = Array.from({ length: 10 }, (_, index) => ({ email: `user${index}@example.com` }));
    const runs = await Promise.allSettled([run(records), run(records)]);
    expect(runs.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(runs.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'admin.import_running' },
    });
  });
});
