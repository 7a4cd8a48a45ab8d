import { BadRequestException, type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';

interface TenantRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** The host's global guard: every call of its own API names a tenant. Nothing of Castellan lies below `/api`. */
@Injectable()
export class TenantGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { url, headers } = context.switchToHttp().getRequest<TenantRequest>();
    if (url.startsWith('/api/') && !headers['x-tenant'])
      throw new BadRequestException('The header X-Tenant is missing.');
    return true;
  }
}
