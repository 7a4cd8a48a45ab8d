import { type Cookie, serializeCookie } from './cookies.js';

/** What Express's response, Fastify's reply and Node's own response have in common for us. */
export interface HttpResponse {
  statusCode: number;
  /** Fastify's reply. */
  header?(name: string, value: string): unknown;
  /** Express's and Node's response. */
  setHeader?(name: string, value: string | readonly string[]): unknown;
  appendHeader?(name: string, value: string): unknown;
}

/** Sets a header in place of an earlier one. */
export function setHeader(response: HttpResponse, name: string, value: string): void {
  // Express has a `header` too, which adds a charset to a content type; its `setHeader` is Node's.
  if (response.setHeader) response.setHeader(name, value);
  else response.header?.(name, value);
}

/** Adds cookies to those that are set already. Throws a TypeError for a cookie that a browser would refuse. */
export function setCookies(response: HttpResponse, cookies: readonly Cookie[]): void {
  for (const cookie of cookies) {
    const value = serializeCookie(cookie);
    if (response.appendHeader) response.appendHeader('Set-Cookie', value);
    else response.header?.('Set-Cookie', value); // Fastify keeps a list for this header.
  }
}

/** The status of the answer; the body is sent by the handler's return. */
export function setStatus(response: HttpResponse, status: number): void {
  response.statusCode = status;
}
