/**
 * The method (`amr`, RFC 8176) that tells of a second factor. A first factor never sets it, whatever it was: neither a link nor a code that was mailed.
 */
export const MULTI_FACTOR = 'mfa';

/** `acr` by the methods that were shown (NIST SP 800-63B names the levels). */
export function authenticationLevel(methods: readonly string[]): 'aal1' | 'aal2' {
  return methods.includes(MULTI_FACTOR) ? 'aal2' : 'aal1';
}
