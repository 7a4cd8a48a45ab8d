import { SetMetadata } from '@nestjs/common';

/** Metadata key of a route's access rule; without it a guarded route needs a credential. */
export const ACCESS = 'castellan:access';

export type Access = 'required' | 'optional' | 'public';

/** Opens a guarded route to everybody. Credentials are not looked at. */
export function Public(): MethodDecorator & ClassDecorator {
  return SetMetadata(ACCESS, 'public' satisfies Access);
}

/** Opens a guarded route to everybody, and names the principal where there is a good credential. A bad one counts as none. */
export function OptionalAuth(): MethodDecorator & ClassDecorator {
  return SetMetadata(ACCESS, 'optional' satisfies Access);
}
