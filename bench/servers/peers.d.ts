/** As much of the peers as is used; they are installed beside the benchmarks alone, so that the rest of the repository does not wait for them. */
declare module 'passport-local' {
  import { Strategy as PassportStrategy } from 'passport';
  export class Strategy extends PassportStrategy {
    constructor(options: object, verify: (...args: never[]) => void);
  }
}

declare module 'passport-jwt' {
  import { Strategy as PassportStrategy } from 'passport';
  export class Strategy extends PassportStrategy {
    constructor(options: object, verify: (...args: never[]) => void);
  }
  export const ExtractJwt: { fromAuthHeaderAsBearerToken(): unknown };
}

declare module 'better-auth' {
  export interface Auth {
    handler(request: Request): Promise<Response>;
  }
  export function betterAuth(options: object): Auth;
}

declare module 'better-auth/node' {
  import type { IncomingMessage, ServerResponse } from 'node:http';
  import type { Auth } from 'better-auth';
  export function toNodeHandler(
    auth: Auth,
  ): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

declare module 'better-auth/db/migration' {
  export function getMigrations(options: object): Promise<{ runMigrations(): Promise<void> }>;
}
