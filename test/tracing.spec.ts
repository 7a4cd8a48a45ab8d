import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { context, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { AuthError } from '../src/shared/errors/auth-error.js';
import { GeneralErrors } from '../src/shared/errors/general.errors.js';
import { inSpan } from '../src/shared/tracing/traced.js';
import { PASSWORD, refresh, signUpAndLogIn } from './support/accounts.js';
import { startTestApp, type TestApp } from './support/test-app.js';

/** What a host sets up; Castellan knows the API package alone. */
const exporter = new InMemorySpanExporter();
let app: TestApp;

beforeAll(async () => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(
    new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }),
  );
  app = await startTestApp();
}, 60_000);

afterEach(() => exporter.reset());

afterAll(async () => {
  await app.close();
  trace.disable();
  context.disable();
});

const spans = (name: string): ReadableSpan[] =>
  exporter.getFinishedSpans().filter((span) => span.name === name);

describe('traces', () => {
  it('show what a sign-in is made of, by Castellan’s own tracer', async () => {
    const account = await signUpAndLogIn(app);
    const [login] = spans('castellan.login');
    const inside = exporter
      .getFinishedSpans()
      .filter(({ parentSpanContext }) => parentSpanContext?.spanId === login?.spanContext().spanId)
      .map(({ name }) => name);
    expect(inside).toEqual(expect.arrayContaining(['castellan.password.hash', 'castellan.transaction']));
    expect(login?.instrumentationScope.name).toBe('castellan');
    expect(spans('castellan.sign_up')).toHaveLength(1);
    const looked = spans('castellan.authenticate').length;
    await app.api.get('/me', { token: account.access });
    expect(spans('castellan.authenticate')).toHaveLength(looked + 1);
    await refresh(app, account.refresh);
    expect(spans('castellan.refresh')).toHaveLength(1);
    await app.drainOutbox();
    expect(spans('castellan.outbox.deliver').length).toBeGreaterThan(0);
  });

  it('tell a refusal by its code, and hold no secret, address or id of a user', async () => {
    const account = await signUpAndLogIn(app);
    await app.api.post('/login', { email: account.email, password: 'not the right one' });
    const refused = spans('castellan.login').at(-1);
    expect(refused?.attributes).toEqual({ 'castellan.error_code': 'core.invalid_credentials' });
    expect(refused?.status.code).toBe(SpanStatusCode.UNSET);
    const told = JSON.stringify(
      exporter
        .getFinishedSpans()
        .map(({ name, attributes, events, status }) => [name, attributes, events, status]),
    );
    for (const secret of [account.id, account.email, account.access, account.refresh, PASSWORD])
      expect(told).not.toContain(secret);
  });

  it('mark what is a fault, without its words', async () => {
    const failing = (error: Error) =>
      inSpan('castellan.test', () => Promise.reject(error)).catch(() => undefined);
    await failing(new TypeError('password hunter22'));
    await failing(new AuthError(GeneralErrors.unavailable, { cause: new Error('hunter22') }));
    expect(spans('castellan.test').map(({ status, attributes }) => [status, attributes])).toEqual([
      [{ code: SpanStatusCode.ERROR }, { 'error.type': 'TypeError' }],
      [
        { code: SpanStatusCode.ERROR },
        { 'castellan.error_code': 'core.unavailable', 'error.type': 'AuthError' },
      ],
    ]);
  });
});
