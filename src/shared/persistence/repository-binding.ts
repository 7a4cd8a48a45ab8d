import type { Provider } from '@nestjs/common';
import type { RepositoryBinding } from './storage.js';

/** One provider a port: the host's own where it gives one, else the shipped implementation of `kind`. */
export function bindRepositories(
  bindings: readonly RepositoryBinding[],
  kind: 'typeorm' | 'memory',
  overrides: readonly Provider[] = [],
): Provider[] {
  const own = new Map(
    overrides.map((provider) => [typeof provider === 'function' ? provider : provider.provide, provider]),
  );
  return bindings.map(
    (binding) => own.get(binding.port) ?? { provide: binding.port, useClass: binding[kind] },
  );
}
