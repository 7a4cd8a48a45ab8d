import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { TestClient } from '../../src/testing/test-client.js';
import { freshEmail, PASSWORD } from '../support/accounts.js';
import { startChild } from '../support/child.js';
import { compile } from '../support/compiled.js';
import { Crowd } from '../support/crowd.js';
import { createEmptyDatabase } from '../support/database.js';
import { faultChild, faultVariables } from '../support/faults.js';
import { sql } from '../support/sql.js';
import { CACHE } from '../support/template.js';
import { type Outcome, report, Traffic } from '../support/traffic.js';

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

function git(...words: string[]): string {
  return execFileSync('git', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}

/**
 * The version that this one has to live beside: the latest release, or, as long as there is none, the last commit that changed a migration which was there
 * already. Since then they have only been added, so a database of that version is one that this version has to take over.
 */
function olderVersion(): string | null {
  const given = process.env['FAULT_OLD_REF'];
  if (given) return given;
  for (const words of [
    ['describe', '--tags', '--abbrev=0'],
    ['log', '-1', '--diff-filter=M', '--format=%h', '--', 'src/migrations/*/[0-9]*.ts'],
  ]) {
    try {
      const found = git(...words);
      if (found !== '') return found;
    } catch {
      // No tag, or no history.
    }
  }
  return null;
}

/** Its sources, compiled against the packages of this checkout. */
async function compileVersion(ref: string): Promise<string> {
  const directory = join(CACHE, `version-${process.pid}`);
  cleanUp.push(() => rmSync(directory, { recursive: true, force: true }));
  mkdirSync(directory, { recursive: true });
  execFileSync('sh', ['-c', `git archive "$1" src | tar -x -C "$2"`, 'sh', ref, directory]);
  return join(await compile(join(directory, 'src')), 'main.js');
}

interface Visit {
  readonly api: TestClient;
  readonly crowd: Crowd;
  readonly traffic: Traffic;
}

const OLD = olderVersion();
const itWithHistory = OLD === null ? it.skip : it;
if (OLD === null)
  process.stdout.write(
    'Skipped, since the checkout has no history: an older version beside this one (F13).\n',
  );

describe(`An older version (${OLD}) beside this one (F13)`, () => {
  itWithHistory(
    'goes on while this one migrates and serves, and each takes what the other has given',
    async () => {
      const database = await createEmptyDatabase();
      cleanUp.push(() => database.drop());
      const variables = { DATABASE_URL: database.url ?? '' };
      const older = await startChild(faultVariables(variables), await compileVersion(OLD ?? ''));
      cleanUp.push(() => older.kill());
      const visit = async (url: string): Promise<Visit> => {
        const api = new TestClient(`${url}/auth`);
        const crowd = await Crowd.enter(api);
        return { api, crowd, traffic: new Traffic(15, crowd.act) };
      };
      const there = await visit(older.url);
      const applied = () =>
        sql(database.url, 'SELECT name FROM castellan.migrations').then((rows) => rows.length);
      const before = await applied();
      await sleep(2_000);

      const newer = await faultChild(variables);
      cleanUp.push(() => newer.kill());
      const here = await visit(newer.url);
      await sleep(8_000);
      for (const [one, other] of [
        [here.api, there.api],
        [there.api, here.api],
      ] as const) {
        const account = { email: freshEmail(), password: PASSWORD };
        expect((await one.post('/signup', account)).status).toBe(201);
        const { body } = await other.post('/login', account);
        expect((await one.get('/me', { token: body.access_token })).status).toBe(200);
        const next = await one.post('/refresh', { refresh_token: body.refresh_token });
        expect(next.status).toBe(200);
        expect((await other.get('/me', { token: next.body.access_token })).status).toBe(200);
        expect((await other.post('/password/forgot', { email: account.email })).status).toBe(202);
        expect((await other.post('/logout', undefined, { token: next.body.access_token })).status).toBe(204);
        await sleep(1_000);
        expect((await one.get('/me', { token: next.body.access_token })).status).toBe(401);
      }
      const outcomes: Outcome[] = (
        await Promise.all([there, here].map(({ traffic }) => traffic.stop()))
      ).flat();
      report(
        'F13',
        `${OLD} beside this one: ${outcomes.length} requests, ${outcomes.filter(({ status }) => status >= 300).length} refused, ${(await applied()) - before} migrations meanwhile`,
      );
      expect(outcomes.filter(({ status }) => status === 0 || status >= 400)).toEqual([]);
      for (const { crowd } of [there, here]) await crowd.expectSound(database.url);
      for (const { crowd } of [there, here]) await crowd.expectSessions();
      for (const node of [older, newer]) expect(await node.stop()).toBe(0);
    },
  );
});
