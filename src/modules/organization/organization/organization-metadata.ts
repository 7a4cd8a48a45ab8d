import { assertThat } from '../../../shared/errors/assert-that.js';
import { OrganizationErrors } from '../organization.errors.js';

const MAX_BYTES = 16_384;

/** It comes along wherever the organization is shown. @throws organization.metadata_too_large */
export function assertMetadata(metadata: Readonly<Record<string, unknown>> | undefined): void {
  const bytes = metadata === undefined ? 0 : Buffer.byteLength(JSON.stringify(metadata));
  assertThat(bytes <= MAX_BYTES, OrganizationErrors.metadata_too_large);
}
