import { ConsoleLogger, type LogLevel } from '@nestjs/common';
import type { Env } from '../env/env.js';
import { redact, redactDeep } from './redact.js';
import { currentRequestId } from './request-context.js';

const LEVELS: Readonly<Record<Env['LOG_LEVEL'], LogLevel[]>> = {
  fatal: ['fatal'],
  error: ['fatal', 'error'],
  warn: ['fatal', 'error', 'warn'],
  info: ['fatal', 'error', 'warn', 'log'],
  debug: ['fatal', 'error', 'warn', 'log', 'debug'],
  trace: ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'],
};

/** The log, on stdout: JSON lines in production, else readable ones; each with the id of its request, where it has one, and without secrets. */
export function createLogger(env: Pick<Env, 'NODE_ENV' | 'LOG_LEVEL' | 'LOG_FORMAT'>): ConsoleLogger {
  const json = env.LOG_FORMAT === 'json' || (env.LOG_FORMAT === 'auto' && env.NODE_ENV === 'production');
  return new OneLineLogger({
    prefix: 'Castellan',
    json,
    colors: !json && 'isTTY' in process.stdout && process.stdout.isTTY,
    logLevels: LEVELS[env.LOG_LEVEL],
  });
}

/** What Nest tells of every route and module: for debugging alone. */
const CHATTER = new Set([
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestFactory',
  'NestApplication',
]);

type JsonOptions = Parameters<ConsoleLogger['getJsonLogObject']>[1];
type JsonLogObject = ReturnType<ConsoleLogger['getJsonLogObject']>;

/** Keeps whatever a client sent from starting a line of its own. */
class OneLineLogger extends ConsoleLogger {
  override log(message: unknown, ...rest: unknown[]): void {
    if (CHATTER.has(String(rest.at(-1))) && !this.isLevelEnabled('debug')) return;
    super.log(message, ...rest);
  }

  protected override stringifyMessage(message: unknown, logLevel: LogLevel): string {
    const text = redact(super.stringifyMessage(message, logLevel)).replace(/[\r\n]+/g, ' ⏎ ');
    const requestId = currentRequestId();
    return requestId === undefined ? text : `${text} [request ${requestId}]`;
  }

  protected override getJsonLogObject(message: unknown, options: JsonOptions): JsonLogObject {
    const line = redactDeep(super.getJsonLogObject(message, options)) as JsonLogObject;
    const requestId = currentRequestId();
    return requestId === undefined ? line : { ...line, requestId };
  }

  protected override printStackTrace(stack: string): void {
    super.printStackTrace(stack && redact(stack));
  }
}
