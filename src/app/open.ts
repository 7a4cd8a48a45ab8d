import type { INestApplication } from '@nestjs/common';
import { createRedisClient } from '../shared/redis/redis-client.js';
import { createApp } from './create-app.js';
import { openDatabase } from './database.js';
import type { Env } from './env/env.js';
import type { PreviewMailboxes } from './mail-preview/preview-mailboxes.js';

/** The standalone app with what it stands on; neither migrated nor listening. */
export interface OpenedApp {
  readonly app: INestApplication;
  /** What it keeps its data in. */
  readonly database: string;
  close(): Promise<void>;
}

/** Opens Redis and the database that the environment names, and builds the app on them. */
export async function openApp(env: Env, previews: PreviewMailboxes | null): Promise<OpenedApp> {
  const redis = env.REDIS_URL ? await createRedisClient(env.REDIS_URL) : null;
  const database = await openDatabase(env, redis);
  const letGo = async (): Promise<void> => {
    await database.close();
    redis?.disconnect();
  };
  try {
    const { storage, module } = database;
    const app = await createApp({ env, storage, database: module, redis, previews });
    return {
      app,
      database: database.description,
      close: async () => {
        await app.close();
        await letGo();
      },
    };
  } catch (error) {
    await letGo();
    throw error;
  }
}
