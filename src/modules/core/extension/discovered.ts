import { type DiscoverableDecorator, DiscoveryService } from '@nestjs/core';

type Port<T> = abstract new (...args: never[]) => T;

/**
 * The providers that carry an extension decorator, in their `order`. One that does not extend the port, or is not a singleton, stops the
 * application with a message that names it.
 */
export function discovered<T extends object>(
  discovery: DiscoveryService,
  decorator: DiscoverableDecorator<{ order: number }> | DiscoverableDecorator<true>,
  port: Port<T>,
): T[] {
  const found = new Map<T, number>();
  for (const wrapper of discovery.getProviders({ metadataKey: decorator.KEY })) {
    const { instance } = wrapper as { instance: unknown };
    if (!(instance instanceof port)) {
      throw new Error(`${String(wrapper.name)} has to be a singleton that extends ${port.name}.`);
    }
    const metadata: unknown = wrapper.metatype
      ? Reflect.getMetadata(decorator.KEY, wrapper.metatype)
      : undefined;
    found.set(instance, orderOf(metadata));
  }
  return [...found].sort(([, a], [, b]) => a - b).map(([instance]) => instance);
}

function orderOf(metadata: unknown): number {
  const order = typeof metadata === 'object' && metadata !== null && 'order' in metadata ? metadata.order : 0;
  return typeof order === 'number' ? order : 0;
}
