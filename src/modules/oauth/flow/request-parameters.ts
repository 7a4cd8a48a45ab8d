import { assertThat } from '../../../shared/errors/assert-that.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { headerOf, type HttpRequest } from '../../../shared/http/request.js';

/** As they were sent: parsers differ in what they make of brackets and repetitions. */
export function queryOf({ url }: HttpRequest): URLSearchParams {
  const at = url.indexOf('?');
  return new URLSearchParams(at < 0 ? '' : url.slice(at + 1));
}

/** The fields of a form, parsed by the adapter. @throws core.unsupported_media_type */
export function formOf(request: HttpRequest): [string, unknown][] {
  const type = headerOf(request, 'content-type') ?? '';
  const { body } = request;
  assertThat(
    /^application\/x-www-form-urlencoded\s*(;|$)/i.test(type) && typeof body === 'object' && body !== null,
    GeneralErrors.unsupported_media_type,
  );
  return Object.entries(body);
}
