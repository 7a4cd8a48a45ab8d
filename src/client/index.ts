import createClient, { type Client, type ClientOptions as FetchOptions } from 'openapi-fetch';
import type { components, paths } from './schema.js';

/** Bodies of requests and answers, by their names in the OpenAPI document. */
export type Schemas = components['schemas'];

/** What every refusal holds (RFC 9457); `code` is stable. */
export type Problem = Schemas['Problem'];

export interface ClientOptions extends Omit<FetchOptions, 'baseUrl'> {
  /** Where Castellan is mounted, e.g. `https://id.example.com/auth`. */
  readonly baseUrl: string;
  /**
   * The access token that is current when a request goes out; `null` or `undefined` sends none. Without it the client has none to send: for routes that
   * need none, or where cookies carry the tokens (`credentials: 'include'`).
   */
  readonly accessToken?: () => string | null | undefined | Promise<string | null | undefined>;
}

/** Every route of Castellan, typed: `client.POST('/login', { body })` resolves to `{ data, error, response }` and throws for no status. */
export type CastellanClient = Client<paths>;

/**
 * For browsers and servers; it needs `fetch` and nothing of Nest. It knows the routes of all modules: one that is not mounted answers 404.
 *
 *     const client = createCastellanClient({ baseUrl: 'https://id.example.com/auth', accessToken: () => session?.access_token });
 *     const { data, error } = await client.POST('/login', { body: { email, password } });
 *     if (error) console.log(error.code);
 *     else if (data.status === 'authenticated') session = data;
 */
export function createCastellanClient({ accessToken, ...options }: ClientOptions): CastellanClient {
  const client = createClient<paths>(options);
  if (accessToken) {
    client.use({
      async onRequest({ request }) {
        const token = await accessToken();
        // Who has named a credential for this one request means that one.
        if (token && !request.headers.has('authorization'))
          request.headers.set('authorization', `Bearer ${token}`);
        return request;
      },
    });
  }
  return client;
}
