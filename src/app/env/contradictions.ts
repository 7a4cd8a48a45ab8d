interface Settings {
  readonly NODE_ENV: string;
  readonly AUTH_SECRETS: unknown;
  readonly AUTH_SIGNING_KEYS: unknown;
  readonly AUTH_SIGNING_KEYS_FILE: unknown;
  readonly APP_URL: string | null;
  readonly ACCESS_TOKEN_TTL: number;
  readonly REFRESH_TOKEN_TTL: number;
  readonly BOOTSTRAP_ADMIN_EMAIL: string | null;
  readonly BOOTSTRAP_ADMIN_PASSWORD: string | null;
}

/** What is valid by itself and not together. */
export function contradictions(env: Settings): string[] {
  const production = env.NODE_ENV === 'production';
  return [
    ...(production ? missingInProduction(env) : []),
    env.AUTH_SIGNING_KEYS &&
      env.AUTH_SIGNING_KEYS_FILE &&
      'AUTH_SIGNING_KEYS and AUTH_SIGNING_KEYS_FILE exclude each other',
    env.ACCESS_TOKEN_TTL > env.REFRESH_TOKEN_TTL &&
      'ACCESS_TOKEN_TTL must not be longer than REFRESH_TOKEN_TTL',
    (env.BOOTSTRAP_ADMIN_EMAIL === null) !== (env.BOOTSTRAP_ADMIN_PASSWORD === null) &&
      'BOOTSTRAP_ADMIN_EMAIL and BOOTSTRAP_ADMIN_PASSWORD belong together',
  ].filter((problem): problem is string => typeof problem === 'string');
}

function missingInProduction(env: Settings): (string | false)[] {
  return [
    !env.AUTH_SECRETS && 'AUTH_SECRETS is required in production',
    !env.AUTH_SIGNING_KEYS &&
      !env.AUTH_SIGNING_KEYS_FILE &&
      'AUTH_SIGNING_KEYS or AUTH_SIGNING_KEYS_FILE is required in production',
    !env.APP_URL?.startsWith('https://') &&
      'APP_URL is required in production and has to begin with https://',
  ];
}
