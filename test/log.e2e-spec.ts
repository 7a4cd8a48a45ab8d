import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { currentRequestId, rememberRequest } from '../src/app/log/request-context.js';
import { createLogger } from '../src/app/log/logger.js';
import { EventBus } from '../src/shared/events/event-bus.js';
import { requestIdOf } from '../src/shared/http/request-id.js';
import { LoginFailed } from '../src/modules/core/index.js';
import { TestClient } from '../src/testing/test-client.js';
import { freshEmail, signUp } from './support/accounts.js';
import { startChild } from './support/child.js';
import { describeMatrix, STANDALONE } from './support/matrix.js';

describeMatrix('The log', STANDALONE, (current) => {
  it('knows the request that a piece of work belongs to, after its body has been read', async () => {
    const app = current();
    const seen: [string | undefined, string][] = [];
    const end = app.app
      .get(EventBus, { strict: false })
      .on(
        LoginFailed,
        'after_commit',
        ({ client }) => void seen.push([currentRequestId(), client.requestId]),
      );
    const { email } = await signUp(app);
    await Promise.all(
      [email, freshEmail(), freshEmail()].map((address) =>
        app.api.post('/login', { email: address, password: 'not the right one' }),
      ),
    );
    end();
    expect(new Set(seen.map(([id]) => id)).size).toBe(3);
    for (const [logged, told] of seen) expect(logged).toBe(told);
    expect(currentRequestId()).toBeUndefined();
  });
});

describe('The log', () => {
  afterEach(() => void jest.restoreAllMocks());

  function captured(format: 'json' | 'pretty', write: (logger: ReturnType<typeof createLogger>) => void) {
    const lines: string[] = [];
    for (const stream of [process.stdout, process.stderr])
      jest.spyOn(stream, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
    write(createLogger({ NODE_ENV: 'test', LOG_LEVEL: 'trace', LOG_FORMAT: format }));
    jest.restoreAllMocks();
    return lines.join('');
  }

  it.each(['json', 'pretty'] as const)('names the request in a line, and hides secrets: %s', (format) => {
    const request = {};
    const output = captured(format, (logger) => {
      rememberRequest(request, null, () => {
        logger.log('connected to postgres://ada:hunter22@db/app', 'Database');
        logger.error('refused {"password":"hunter22"}', 'Error: token=hunter22\n    at x (y.js:1:1)', 'X');
        logger.warn({ cause: 'access', refresh_token: 'hunter22' }, 'Y');
      });
      logger.log('background');
    });
    expect(output).not.toContain('hunter22');
    expect(output).toContain('[redacted]');
    expect(output.split(requestIdOf(request)).length - 1).toBeGreaterThanOrEqual(3);
    if (format !== 'json') return;
    const lines = output
      .trim()
      .split('\n')
      .map((line): Record<string, unknown> => JSON.parse(line));
    expect(lines[0]).toMatchObject({ level: 'log', context: 'Database', requestId: requestIdOf(request) });
    expect(lines.at(-1)).not.toHaveProperty('requestId');
  });

  it('never holds a password, a token or a code, whatever is done, at its most talkative', async () => {
    const child = await startChild({
      NODE_ENV: 'development',
      STORE_BACKEND: 'memory',
      DATA_DIR: `/tmp/castellan-log-${process.pid}`,
      LOG_LEVEL: 'trace',
      LOG_FORMAT: 'json',
      RATE_LIMIT_MULTIPLIER: '0',
    });
    const secrets = new Set<string>();
    const api = new TestClient(`${child.url}/auth`, ({ answer: { body } }) => {
      for (const name of ['access_token', 'refresh_token', 'challenge_token', 'secret'])
        if (typeof body[name] === 'string') secrets.add(body[name]);
    });
    const keep = (secret: string): string => {
      secrets.add(secret);
      return secret;
    };
    const email = freshEmail();
    const password = keep('a gatehouse of 7 towers');
    await api.post('/signup', { email, password });
    await api.post('/login', { email, password: keep('surely the wrong one') });
    const { body } = await api.post('/login', { email, password });
    const token = body.access_token;
    await api.post('/refresh', { refresh_token: body.refresh_token });
    await api.post('/refresh', { refresh_token: keep('x'.repeat(43)) });
    await api.post(
      '/me/password',
      { current_password: password, new_password: keep('a moat of 9 eels') },
      { token },
    );
    await api.post('/password/forgot', { email });
    await api.post('/password/reset', {
      token: keep('t'.repeat(43)),
      password: keep('a bridge of 3 arches'),
    });
    await api.post('/email/verify/confirm', { email, code: keep('918273') });
    await api.post('/two-factor/totp/enrol', {}, { token });
    await api.get('/me', { token: keep('not.a.token') });
    await api.post('/login', `{"email":"${email}","password":"${keep('half of a body')}`);
    await api.get(`/nowhere?token=${keep('in-the-query-of-a-mistaken-client')}`);
    await child.stop();
    const output = child.output();
    expect(secrets.size).toBeGreaterThan(10);
    expect(output).toContain('"level":');
    expect([...secrets].filter((secret) => output.includes(secret))).toEqual([]);
  }, 60_000);
});
