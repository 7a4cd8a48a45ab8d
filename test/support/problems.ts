import { expect } from '@jest/globals';
import type { Answer } from '../../src/testing/test-client.js';

/** What no answer may tell: stacks, SQL, names of constraints and libraries, paths. */
const TELLTALE =
  /\bat [\w.<>]+ \(|node_modules|node:internal|\/work\/|\/src\/|\.(ts|js):\d|\b(SELECT|INSERT|UPDATE|DELETE)\b .*\b(FROM|INTO|SET)\b|castellan\.\w+_\w+ |violates|constraint "|\b(typeorm|postgres|pglite|body-parser|fastify|express)\b|"stack"/i;

/** A refusal of Castellan's: a problem document that says what it may, and nothing else. */
export function expectProblem(answer: Answer, status?: number, code?: string): void {
  const { body } = answer;
  expect([answer.status, answer.text.slice(0, 300)]).toEqual([
    status ?? expect.any(Number),
    expect.any(String),
  ]);
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(body).toMatchObject({
    type: expect.any(String),
    title: expect.any(String),
    status: answer.status,
    code: expect.stringMatching(/^[a-z_]+\.[a-z0-9_]+$/),
  });
  expect(body['instance']).toMatch(/^urn:uuid:[0-9a-f-]{36}$/);
  expectSilent(answer);
  if (code !== undefined) expect(body.code).toBe(code);
}

/** As `expectProblem`; on a mounted host, what never reached a route of ours may be refused by the host in its own form. */
export function expectRefusal(answer: Answer, mount: 'standalone' | 'mounted'): void {
  if (mount === 'standalone' || answer.body['host_error'] === undefined) return expectProblem(answer);
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
}

export function expectSilent({ text }: Answer): void {
  expect(text).not.toMatch(TELLTALE);
}
