import 'reflect-metadata';
import type { INestApplication, LogLevel, NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { type CoreOptions, type EmbeddedDatabase, Storage } from '../../../src/index.js';
import { shopDatabase } from './database.js';
import { MonolithModule } from './monolith.module.js';
import { type Adapter, type GithubApp, type Mode, Settings } from './settings/settings.js';

export interface MonolithOptions {
  readonly adapter: Adapter;
  readonly mode: Mode;
  /** PostgreSQL; without it the database lives in this process. */
  readonly databaseUrl?: string;
  /** Where the embedded database is kept; without it in memory. */
  readonly dataDirectory?: string;
  /** An embedded database of the caller's, who closes it. */
  readonly embedded?: EmbeddedDatabase;
  /** @default none: nobody signs in by GitHub */
  readonly github?: GithubApp;
  /** @default 'http://localhost:3000' */
  readonly publicUrl?: string;
  /** Options of Castellan that a test sets. */
  readonly overrides?: Partial<CoreOptions>;
  /** @default warnings and errors */
  readonly logger?: LogLevel[] | false;
}

export interface Monolith {
  readonly app: INestApplication;
  readonly close: () => Promise<void>;
}

/** The shop, migrated, and not listening yet. */
export async function createMonolith(options: MonolithOptions): Promise<Monolith> {
  const monolith = await openMonolith(options);
  try {
    await migrate(monolith.app);
    return monolith;
  } catch (error) {
    await monolith.close();
    throw error;
  }
}

/** The shop as it is made, neither migrated nor listening: for `createMonolith`, and for the command line (`castellan.config.ts`). */
export async function openMonolith(
  options: MonolithOptions,
  nest: NestApplicationOptions = {},
): Promise<Monolith> {
  const { adapter, mode, overrides, publicUrl = 'http://localhost:3000', embedded, logger } = options;
  const { databaseUrl, dataDirectory, github } = options;
  const settings = new Settings({ publicUrl, databaseUrl, dataDirectory, github });
  const database = shopDatabase(settings, embedded);
  try {
    const module = MonolithModule.forRoot({ settings, mode, database: database.module, overrides });
    const app = await NestFactory.create(module, await adapterOf(adapter), {
      logger: logger ?? ['fatal', 'error', 'warn'],
      abortOnError: false,
      ...nest,
    });
    return {
      app,
      close: async () => {
        await app.close();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Castellan's tables first: the host's own refer to them. */
async function migrate(app: INestApplication): Promise<void> {
  await app.get(Storage, { strict: false }).migrate();
  await app.get(DataSource, { strict: false }).runMigrations();
}

async function adapterOf(adapter: Adapter) {
  if (adapter === 'fastify') return new (await import('@nestjs/platform-fastify')).FastifyAdapter();
  return new (await import('../../../src/express/index.js')).CastellanExpressAdapter();
}
