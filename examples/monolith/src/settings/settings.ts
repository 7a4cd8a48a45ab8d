export type Adapter = 'express' | 'fastify';
export type Mode = 'session' | 'stateless';

/** The shop's OAuth app at GitHub. */
export interface GithubApp {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The host's configuration, as any of its providers injects it (it stands for `ConfigService`). */
export class Settings {
  constructor(
    private readonly values: {
      readonly publicUrl: string;
      /** PostgreSQL; without it the database lives in this process. */
      readonly databaseUrl?: string;
      /** Where the embedded database and generated keys are kept; without it in memory. */
      readonly dataDirectory?: string;
      /** Without it nobody signs in by GitHub. */
      readonly github?: GithubApp;
    },
  ) {}

  get publicUrl(): string {
    return this.values.publicUrl;
  }

  get databaseUrl(): string | undefined {
    return this.values.databaseUrl;
  }

  get github(): GithubApp | undefined {
    return this.values.github;
  }

  get dataDirectory(): string | undefined {
    return this.values.dataDirectory;
  }
}
