import { type IncomingHttpHeaders, request } from 'node:http';
import type { Exchange } from '../../../src/testing/test-client.js';
import { CookieJar } from './cookie-jar.js';
import { Page } from './page.js';

export interface Navigation {
  readonly method?: 'GET' | 'POST';
  readonly fields?: Readonly<Record<string, string>>;
  /** Origin of the page that leads there. @default none: typed in, or the test's own */
  readonly from?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether this address is one to stop at instead of asking for it. */
  readonly stopAt?: (url: URL) => boolean;
}

export interface BrowserOptions {
  /** Public origin → where it is answered in truth, e.g. `{ 'https://id.example.test': 'http://127.0.0.1:4711' }`. */
  readonly origins?: Readonly<Record<string, string>>;
  /** Told of every answer of these origins. */
  readonly record?: (exchange: Exchange) => void;
}

const MOST_REDIRECTS = 20;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const TIMEOUT_MS = 30_000;

/**
 * Navigates as a browser does: keeps cookies with their paths, `Secure` and `SameSite`, says `Sec-Fetch-Site` and `Origin`, follows redirects by hand and
 * writes down each address that it asked for.
 */
export class Browser {
  readonly cookies = new CookieJar();
  /** Every address that was asked for, oldest first. */
  readonly visited: URL[] = [];

  constructor(private readonly options: BrowserOptions = {}) {}

  /** Follows every redirect; ends at what is no redirect, or where `stopAt` says so (status 0, nothing asked for). */
  async goto(address: string | URL, navigation: Navigation = {}): Promise<Page> {
    let url = new URL(address);
    let method = navigation.method ?? 'GET';
    let fields = navigation.fields;
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      if (navigation.stopAt?.(url)) return new Page(url, 0, {}, '');
      const page = await this.ask(url, method, fields, navigation);
      const location = page.headers['location'];
      if (!REDIRECTS.has(page.status) || typeof location !== 'string') return page;
      url = new URL(location, url);
      if (page.status < 307) {
        method = 'GET';
        fields = undefined;
      }
    }
    throw new Error(`More than ${MOST_REDIRECTS} redirects, the last to ${url.href}`);
  }

  /** Sends a form of a page, with these values over its own. */
  submit(
    page: Page,
    values: Readonly<Record<string, string>> = {},
    { form: id, ...navigation }: Navigation & { form?: string } = {},
  ): Promise<Page> {
    const { action, method, fields } = page.form(id);
    const filled = { ...fields, ...values };
    const from = page.url.origin;
    if (method === 'POST') return this.goto(action, { from, ...navigation, method, fields: filled });
    const url = new URL(action);
    for (const [name, value] of Object.entries(filled)) url.searchParams.set(name, value);
    return this.goto(url, { from, ...navigation });
  }

  private async ask(
    url: URL,
    method: string,
    fields: Readonly<Record<string, string>> | undefined,
    { from, headers }: Navigation,
  ): Promise<Page> {
    this.visited.push(url);
    const site = siteOf(url, from);
    const content = fields ? new URLSearchParams(fields).toString() : undefined;
    const cookie = this.cookies.header({ url, method, crossSite: site === 'cross-site' });
    const answer = await send(this.options.origins?.[url.origin] ?? url.origin, url, method, content, {
      host: url.host,
      accept: 'text/html,*/*',
      'user-agent': 'Castellan test browser',
      'sec-fetch-site': site,
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
      ...(cookie === '' ? {} : { cookie }),
      ...(method === 'GET' ? {} : { origin: from ?? url.origin }),
      ...headers,
    });
    this.cookies.store(url, answer.headers['set-cookie'] ?? []);
    const page = new Page(url, answer.status, answer.headers, answer.text);
    if (this.options.origins?.[url.origin] !== undefined) this.record(method, page);
    return page;
  }

  private record(method: string, { url, status, headers, text }: Page): void {
    const given = Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value] as [string, string]] : [],
    );
    const json = /\bjson\b/.test(String(headers['content-type'])) && text !== '';
    const body = (json ? JSON.parse(text) : {}) as Exchange['answer']['body'];
    this.options.record?.({
      method,
      path: url.pathname,
      answer: { status, headers: new Headers(given), text, body },
    });
  }
}

/** A site is a host here: ports share it, subdomains do not. */
function siteOf(url: URL, from: string | undefined): string {
  if (from === undefined) return 'none';
  if (from === url.origin) return 'same-origin';
  return new URL(from).hostname === url.hostname ? 'same-site' : 'cross-site';
}

function send(
  origin: string,
  { pathname, search }: URL,
  method: string,
  content: string | undefined,
  headers: Record<string, string>,
): Promise<{ status: number; headers: IncomingHttpHeaders; text: string }> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        hostname,
        port,
        path: `${pathname}${search}`,
        method,
        agent: false,
        headers: {
          ...headers,
          ...(content === undefined
            ? {}
            : {
                'content-type': 'application/x-www-form-urlencoded',
                'content-length': Buffer.byteLength(content),
              }),
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      },
    );
    sent.on('error', reject);
    sent.setTimeout(TIMEOUT_MS, () => sent.destroy(new Error(`There was no answer of ${origin}.`)));
    sent.end(content);
  });
}
