import type { ExecutionContext } from '@nestjs/common';
import { ACCESS, type Access } from '../../core/index.js';
import type { Permission } from '../permission/permission.js';

const KEY = 'castellan:rbac';

/** One of them holds: each decorator adds one, and all have to be met. */
export type AccessRequirement =
  | { readonly anyRole: readonly string[] }
  | { readonly permissions: readonly Permission[] }
  | { readonly entitlement: string };

/** Adds to the requirements of a class or method. */
export function addAccessRequirement(requirement: AccessRequirement): MethodDecorator & ClassDecorator {
  return (target: object, _key?: string | symbol, descriptor?: PropertyDescriptor) => {
    const method: unknown = descriptor?.value;
    const holder = typeof method === 'function' ? method : target;
    Reflect.defineMetadata(KEY, [...read(holder), requirement], holder);
  };
}

/** Those of the class and of the handler together; a handler that is `@Public()` has none of its class. */
export function accessRequirementsOf(context: ExecutionContext): readonly AccessRequirement[] {
  const handler = context.getHandler();
  const access = Reflect.getMetadata(ACCESS, handler) as Access | undefined;
  return access === 'public' ? read(handler) : [...read(context.getClass()), ...read(handler)];
}

function read(holder: object): readonly AccessRequirement[] {
  const requirements = Reflect.getMetadata(KEY, holder) as readonly AccessRequirement[] | undefined;
  return requirements ?? [];
}
