import type { CastellanConfig } from '../../src/index.js';
import { openMonolith } from './src/create-monolith.js';
import { optionsOfEnvironment } from './src/settings/environment.js';

/** For the command line: `castellan doctor`, `castellan migrate up` … on the shop. */
export default {
  open: (options) => openMonolith(optionsOfEnvironment(), options),
} satisfies CastellanConfig;
