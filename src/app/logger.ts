import { ConsoleLogger, type LogLevel } from '@nestjs/common';
import type { Env } from './env/env.js';

const LEVELS: Readonly<Record<Env['LOG_LEVEL'], LogLevel[]>> = {
  fatal: ['fatal'],
  error: ['fatal', 'error'],
  warn: ['fatal', 'error', 'warn'],
  info: ['fatal', 'error', 'warn', 'log'],
  debug: ['fatal', 'error', 'warn', 'log', 'debug'],
  trace: ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'],
};

/** The log, on stdout: JSON lines in production, else readable ones. */
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

/** Keeps whatever a client sent from starting a line of its own. */
class OneLineLogger extends ConsoleLogger {
  override log(message: unknown, ...rest: unknown[]): void {
    if (CHATTER.has(String(rest.at(-1))) && !this.isLevelEnabled('debug')) return;
    super.log(message, ...rest);
  }

  protected override stringifyMessage(message: unknown, logLevel: LogLevel): string {
    const text = super.stringifyMessage(message, logLevel);
    return this.options.json ? text : text.replace(/[\r\n]+/g, ' ⏎ ');
  }
}
