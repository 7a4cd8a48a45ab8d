/** What an answer of the API may hold; which of it is there, a test says. */
export interface AnswerBody {
  readonly [field: string]: unknown;
  readonly code: string;
  readonly id: string;
  readonly email: string | null;
  readonly access_token: string;
  readonly refresh_token: string;
  readonly session_id: string;
  readonly registration_id: string;
  readonly user: AnswerBody;
  readonly data: readonly AnswerBody[];
  readonly errors: readonly { readonly field: string; readonly code: string; readonly message: string }[];
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Parsed where it is JSON, else an empty object. */
  readonly body: AnswerBody;
}

export interface RequestOptions {
  /** Sent as a bearer token. */
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Exchange {
  readonly method: string;
  /** Path of the request, without its query. */
  readonly path: string;
  readonly answer: Answer;
}

/** Talks JSON to a running application. Never throws for a status, and follows no redirect. */
export class TestClient {
  constructor(
    /** What paths are appended to, e.g. `http://127.0.0.1:4711/auth`. */
    readonly baseUrl: string,
    private readonly onAnswer: (exchange: Exchange) => void = () => undefined,
  ) {}

  get(path: string, options?: RequestOptions): Promise<Answer> {
    return this.send('GET', path, undefined, options);
  }

  post(path: string, body?: unknown, options?: RequestOptions): Promise<Answer> {
    return this.send('POST', path, body, options);
  }

  patch(path: string, body?: unknown, options?: RequestOptions): Promise<Answer> {
    return this.send('PATCH', path, body, options);
  }

  delete(path: string, body?: unknown, options?: RequestOptions): Promise<Answer> {
    return this.send('DELETE', path, body, options);
  }

  /** A string or bytes as the body go out as they are, everything else as JSON. */
  async send(
    method: string,
    path: string,
    body?: unknown,
    { token, headers = {} }: RequestOptions = {},
  ): Promise<Answer> {
    const raw = typeof body === 'string' || body instanceof Uint8Array;
    const url = `${this.baseUrl}${path}`;
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      body:
        body === undefined
          ? undefined
          : raw
            ? (body as string | Uint8Array<ArrayBuffer>)
            : JSON.stringify(body),
    });
    const text = await response.text();
    const answer: Answer = {
      status: response.status,
      headers: response.headers,
      text,
      body: parse(response.headers, text),
    };
    this.onAnswer({ method, path: new URL(url).pathname, answer });
    return answer;
  }
}

function parse(headers: Headers, text: string): AnswerBody {
  const json = /\bjson\b/.test(headers.get('content-type') ?? '');
  return (json && text !== '' ? JSON.parse(text) : {}) as AnswerBody;
}
