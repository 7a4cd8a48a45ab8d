/** What both an Express request and a Fastify request are, without the types of either. */
export interface HttpRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly method: string;
  readonly url: string;
  readonly socket?: { readonly remoteAddress?: string };
  readonly body?: unknown;
  /** Node's own request behind a Fastify one. */
  readonly raw?: object;
}

/** A header's value by its lower-case name; repeated headers are joined as RFC 9110 section 5.3 says. */
export function headerOf(request: Pick<HttpRequest, 'headers'>, name: string): string | undefined {
  const value = request.headers[name.toLowerCase()];
  return Array.isArray(value) ? value.join(', ') : value;
}
