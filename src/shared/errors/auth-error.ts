/** One entry of a module's error catalogue. */
export interface ErrorDefinition {
  /** Stable and dotted by module: `core.invalid_credentials`. Clients switch on it. */
  readonly code: string;
  /** The HTTP status it is answered with. */
  readonly status: number;
  /** A short sentence that is the same at every occurrence (RFC 9457 `title`). */
  readonly title: string;
}

/** What is wrong with one field of a request. */
export interface FieldError {
  /** Dotted path in the body or query; empty where the whole value is meant. */
  field: string;
  /** Machine-readable, `is_email`. */
  code: string;
  /** For people; never repeats the value that was sent. */
  message: string;
}

/** Particulars of one occurrence. All of it but `cause` is shown to the client. */
export interface AuthErrorOptions {
  /** A sentence about this occurrence (RFC 9457 `detail`). */
  detail?: string;
  /** For the log alone. */
  cause?: unknown;
  /** Seconds until a retry can succeed; becomes the `Retry-After` header. */
  retryAfterSeconds?: number;
  fields?: FieldError[];
  /** Further members of the problem document; they never replace a standard one. */
  extra?: Record<string, unknown>;
}

/**
 * The one error that services throw. Its message is public; whatever must stay in the log goes into `cause`.
 * `statusCode` and `expose` are how Nest's own exception filter (and Express, and Fastify) recognise an HTTP error, so that a
 * host without our filter answers with the right status too.
 */
export class AuthError extends Error {
  readonly code: string;
  readonly status: number;
  readonly statusCode: number;
  /** Whether the message may reach the client: below 500. */
  readonly expose: boolean;
  readonly title: string;
  readonly detail?: string;
  readonly retryAfterSeconds?: number;
  readonly fields?: FieldError[];
  readonly extra?: Readonly<Record<string, unknown>>;

  constructor(definition: ErrorDefinition, options: AuthErrorOptions = {}) {
    super(options.detail ?? definition.title, 'cause' in options ? { cause: options.cause } : undefined);
    this.name = 'AuthError';
    this.code = definition.code;
    this.status = definition.status;
    this.statusCode = definition.status;
    this.expose = definition.status < 500;
    this.title = definition.title;
    this.detail = options.detail;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.fields = options.fields;
    this.extra = options.extra;
  }

  /** Whether this is an occurrence of the catalogue entry. */
  is(definition: ErrorDefinition): boolean {
    return this.code === definition.code;
  }
}
