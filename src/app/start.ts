import { type INestApplication, Logger } from '@nestjs/common';
import type { Server } from 'node:http';
import { Storage } from '../shared/persistence/storage.js';
import { AdminBootstrap } from '../modules/core/index.js';
import { docsOn } from './create-app.js';
import type { Env } from './env/env.js';
import { letConnectionsEnd } from './graceful-close.js';
import { PreviewMailboxes } from './mail-preview/preview-mailboxes.js';
import { openApp } from './open.js';

/** Clocks further apart than this are told of. */
export const MOST_CLOCK_SKEW_MS = 5_000;

export interface StartedApp {
  readonly app: INestApplication;
  /** Where it answers from this machine. */
  readonly url: string;
  readonly database: string;
  readonly mode: Env['AUTH_MODE'];
  readonly docs: boolean;
  readonly preview: boolean;
  /** Finishes the requests in flight, stops the background work, and closes the database. */
  stop(): Promise<void>;
}

/** Opens the database, migrates it, and listens. */
export async function startApp(env: Env): Promise<StartedApp> {
  const previews = env.NODE_ENV === 'production' ? null : new PreviewMailboxes();
  const opened = await openApp(env, previews);
  const { app } = opened;
  try {
    if (env.DATABASE_MIGRATE) await app.get(Storage, { strict: false }).migrate();
    await warnOfClockSkew(app);
    await bootstrapAdmin(app, env);
    await app.listen(env.PORT, env.HOST);
  } catch (error) {
    await opened.close().catch(() => undefined);
    throw error;
  }
  return {
    app,
    url: `http://localhost:${portOf(app)}`,
    database: opened.database,
    mode: env.AUTH_MODE,
    docs: docsOn(env),
    stop: () => {
      const ended = letConnectionsEnd(app.getHttpServer() as Server);
      return opened.close().finally(ended);
    },
    preview: previews !== null && !(env.SMTP_URL && env.SMS_WEBHOOK_URL),
  };
}

function portOf(app: INestApplication): number {
  const server = app.getHttpServer() as Server;
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** The application's clock decides every expiry; nodes whose clocks differ judge differently. */
async function warnOfClockSkew(app: INestApplication): Promise<void> {
  const skewMs = await app.get(Storage, { strict: false }).clockSkewMs();
  if (Math.abs(skewMs) <= MOST_CLOCK_SKEW_MS) return;
  new Logger('Clock').warn(`This machine's clock is ${Math.round(skewMs / 1000)} s off the database's.`);
}

async function bootstrapAdmin(app: INestApplication, env: Env): Promise<void> {
  if (!env.BOOTSTRAP_ADMIN_EMAIL || !env.BOOTSTRAP_ADMIN_PASSWORD) return;
  const admin = await app
    .get(AdminBootstrap, { strict: false })
    .createFirst(env.BOOTSTRAP_ADMIN_EMAIL, env.BOOTSTRAP_ADMIN_PASSWORD);
  if (admin) new Logger('Bootstrap').log('The first super admin has been made.');
}
