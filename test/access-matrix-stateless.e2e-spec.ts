import { describeAccess } from './access-matrix/describe-access.js';
import { FULL } from './support/matrix.js';

const full = process.env['TEST_MATRIX'] === 'full';

// Mounted in a host: whatever its guards and filters do, they let nobody in and nothing out.
describeAccess(
  FULL.filter(
    ({ mode, adapter, mount }) =>
      mode === 'stateless' && (full || (adapter === 'fastify' && mount === 'mounted')),
  ),
);
