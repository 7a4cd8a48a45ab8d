import { Secret, TOTP } from 'otpauth';

/** RFC 4226 section 4 asks for 128 bits and recommends 160. */
const SECRET_BYTES = 20;
/** What every authenticator app takes (RFC 6238 with its defaults). */
const FORM = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
/** Steps before and after the present one (RFC 6238 section 5.2). */
const WINDOW = 1;

/** A new secret, in base32 as apps take it. */
export function newTotpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/** The `otpauth://` URL that an app reads from a QR code. */
export function totpUrl(secret: string, issuer: string, label: string): string {
  return new TOTP({ ...FORM, secret, issuer, label }).toString();
}

/** The code of a moment. */
export function totpCode(secret: string, at: Date): string {
  return TOTP.generate({ ...FORM, secret: Secret.fromBase32(secret), timestamp: at.getTime() });
}

/** The 30-second step that a code belongs to: the present one, the one before or the one after; `null`: none. Compares in constant time. */
export function totpStep(secret: string, code: string, now: Date): number | null {
  // otpauth compares bytes, and throws where a digit of another script takes more of them.
  if (!/^[0-9]{6}$/.test(code)) return null;
  const timestamp = now.getTime();
  const delta = TOTP.validate({
    ...FORM,
    secret: Secret.fromBase32(secret),
    token: code,
    timestamp,
    window: WINDOW,
  });
  return delta === null ? null : TOTP.counter({ period: FORM.period, timestamp }) + delta;
}
