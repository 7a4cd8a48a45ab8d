import { describeAccess } from './access-matrix/describe-access.js';
import { FULL } from './support/matrix.js';

const full = process.env['TEST_MATRIX'] === 'full';

describeAccess(
  FULL.filter(
    ({ mode, adapter, mount }) =>
      mode === 'session' && (full || (adapter === 'express' && mount === 'standalone')),
  ),
);
