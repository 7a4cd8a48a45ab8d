import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { parseVariables } from '../src/app/env/env.js';
import { startApp } from '../src/app/start.js';
import { AuditSealer } from '../src/modules/audit/index.js';
import { TypeOrmContext } from '../src/shared/persistence/typeorm-context.js';
import { TestClient } from '../src/testing/test-client.js';
import { castellan, type CommandResult } from './support/command.js';
import { testVariables } from './support/test-app.js';

// Each starts an embedded database of its own.
jest.setTimeout(120_000);

describe('castellan audit verify', () => {
  const directory = mkdtempSync(join(tmpdir(), 'castellan-verify-'));
  const variables = { ...testVariables(), DATA_DIR: directory, PORT: '0', HOST: '127.0.0.1' };
  const verify = (...options: string[]): Promise<CommandResult> =>
    castellan(['audit', 'verify', ...options], variables);

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  /** Writes and seals some records, tampers with them as told, and stops. */
  async function run(sql?: string): Promise<void> {
    const started = await startApp(parseVariables(variables));
    Logger.overrideLogger(false);
    try {
      const api = new TestClient(`${started.url}/auth`);
      await api.post('/signup', {
        email: `ada${Date.now()}@example.com`,
        password: 'a gatehouse of 7 towers',
      });
      await started.app.get(AuditSealer, { strict: false }).run(new Date());
      if (sql !== undefined) await started.app.get(TypeOrmContext, { strict: false }).query(sql);
      expect(await verify()).toMatchObject({
        code: 2,
        stdout: '',
        stderr: expect.stringContaining('in use by'),
      });
    } finally {
      await started.stop();
    }
  }

  it('says that the log is sound, and with which head', async () => {
    await run();
    const { code, stdout } = await verify();
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^user: 1 checkpoints, 1 records \(0 erased\), 0 batches dropped: sound, head [0-9a-f]{64}$/m,
    );
    expect(stdout).toMatch(/The audit log is sound\.\n$/);
    expect(JSON.parse((await verify('--json')).stdout)).toMatchObject({ sound: true });
  });

  it('names the first record that was altered', async () => {
    await run('ALTER TABLE castellan.audit_logs DISABLE TRIGGER USER');
    await run(`UPDATE castellan.audit_logs SET details = 'Nothing happened.'`);
    const { code, stdout } = await verify();
    expect(code).toBe(1);
    expect(stdout).toMatch(/user: .*: record altered: [0-9a-f-]{36}, checkpoint 1$/m);
  });

  it('needs the module', async () => {
    const { code, stderr } = await castellan(['audit', 'verify'], { ...variables, AUTH_MODULES: 'rbac' });
    expect([code, stderr]).toEqual([2, 'castellan audit verify: The module audit is not mounted.\n']);
  });
});
