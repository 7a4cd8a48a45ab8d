export type Adapter = 'express' | 'fastify';
export type Mode = 'session' | 'stateless';

/** The host's configuration, as any of its providers injects it (it stands for `ConfigService`). */
export class Settings {
  constructor(
    private readonly values: {
      readonly publicUrl: string;
      /** PostgreSQL; without it the database lives in this process. */
      readonly databaseUrl?: string;
      /** Where the embedded database and generated keys are kept; without it in memory. */
      readonly dataDirectory?: string;
    },
  ) {}

  get publicUrl(): string {
    return this.values.publicUrl;
  }

  get databaseUrl(): string | undefined {
    return this.values.databaseUrl;
  }

  get dataDirectory(): string | undefined {
    return this.values.dataDirectory;
  }
}
