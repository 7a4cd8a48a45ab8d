import type { SigningAlgorithm } from '../modules/core/index.js';

export const ALGORITHMS = ['ES256', 'EdDSA', 'RS256', 'HS256'] as const satisfies readonly SigningAlgorithm[];
