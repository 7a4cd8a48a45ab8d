import { assertThat } from '../../../shared/errors/assert-that.js';
import { OAuthErrors } from '../oauth.errors.js';

/** Parameters of a provider's answer that mean something here; providers add others of their own. */
const NAMES = ['code', 'state', 'iss', 'error', 'error_description', 'user'] as const;
type Name = (typeof NAMES)[number];

export type CallbackParameters = Readonly<Partial<Record<Name, string>>>;

/** Microsoft's codes have some two thousand characters. */
const MAX_LENGTH = 8 * 1024;

/** @throws oauth.state_invalid where a parameter is there twice, or longer than any is */
export function readParameters(entries: Iterable<readonly [string, unknown]>): CallbackParameters {
  const parameters: Partial<Record<Name, string>> = {};
  for (const [key, value] of entries) {
    const name = NAMES.find((each) => each === key);
    if (name === undefined) continue;
    assertThat(
      typeof value === 'string' && value.length <= MAX_LENGTH && parameters[name] === undefined,
      OAuthErrors.state_invalid,
    );
    parameters[name] = value;
  }
  return parameters;
}
