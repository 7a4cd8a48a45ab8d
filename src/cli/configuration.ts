import type { INestApplication } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { Env } from '../app/env/env.js';

/** An application that a command works on. It is not started: nothing listens, and no job runs. */
export interface WorkingApplication {
  readonly app: INestApplication;
  close(): Promise<void>;
}

/** What the command line works on: the application of a host, or the standalone app. */
export abstract class Configuration {
  /** Where it comes from. */
  abstract readonly source: string;
  /** Of the standalone app. */
  abstract readonly env: Env | null;
  abstract open(): Promise<WorkingApplication>;
  /** The OpenAPI document, made without a database. */
  abstract document(): Promise<OpenAPIObject>;

  /** Opens the application for one piece of work. */
  async use<T>(work: (app: INestApplication) => Promise<T>): Promise<T> {
    const opened = await this.open();
    try {
      return await work(opened.app);
    } finally {
      await opened.close();
    }
  }
}
