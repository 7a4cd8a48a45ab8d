import { ApiProperty } from '@nestjs/swagger';
import type { Entitlement } from '../entitlement/entitlement-provider.js';
import type { Authority } from './authorities.js';

/** What one may do on the platform. */
export class MyRolesResponse {
  @ApiProperty({
    type: [String],
    example: ['auditor'],
    description: 'Slugs; `super-admin` for a super admin, who holds every permission.',
  })
  roles!: string[];

  @ApiProperty({
    type: [String],
    example: ['invoices:read', 'orders:*'],
    description: 'Without those that a wildcard stands for already.',
  })
  permissions!: string[];

  static from({ roles, permissions }: Authority): MyRolesResponse {
    return { roles: [...roles], permissions: permissions.toArray() };
  }
}

export class EntitlementResponse {
  @ApiProperty({ example: 'pro' })
  name!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: '2027-01-01T00:00:00.000Z' })
  expires_at!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'subscription' })
  source!: string | null;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true, example: { seats: 5 } })
  metadata!: Record<string, unknown> | null;
}

export class MyEntitlementsResponse {
  @ApiProperty({ type: [EntitlementResponse] })
  entitlements!: EntitlementResponse[];

  static from(entitlements: readonly Entitlement[]): MyEntitlementsResponse {
    return {
      entitlements: entitlements.map(({ name, expiresAt, source, metadata }) => ({
        name,
        expires_at: expiresAt?.toISOString() ?? null,
        source: source ?? null,
        metadata: metadata ?? null,
      })),
    };
  }
}
