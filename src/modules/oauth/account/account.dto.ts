import { ApiProperty } from '@nestjs/swagger';
import type { AccountRecord } from './account.js';

/** An account at a provider, without its tokens. */
export class AccountResponse {
  @ApiProperty({ format: 'uuid', example: '01890a5d-ac96-774b-bcce-b302099a8057' })
  id!: string;

  @ApiProperty({ example: 'github' })
  provider!: string;

  @ApiProperty({ enum: ['oauth', 'oidc'], example: 'oauth' })
  type!: 'oauth' | 'oidc';

  @ApiProperty({ example: '583231', description: 'What the provider calls the account for good.' })
  provider_account_id!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'ada',
    description: 'Its name there, as of the latest sign-in.',
  })
  provider_username!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'ada@example.com' })
  provider_email!: string | null;

  @ApiProperty({ example: true, description: 'Whether the provider vouches for the address.' })
  email_verified!: boolean;

  @ApiProperty({ type: [String], example: ['read:user', 'user:email'] })
  scopes!: string[];

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    example: '2026-01-01T12:00:00.000Z',
    description: 'End of the provider’s access token, where it told.',
  })
  expires_at!: string | null;

  @ApiProperty({ format: 'date-time', example: '2026-01-01T12:00:00.000Z' })
  last_used_at!: string;

  @ApiProperty({ format: 'date-time', example: '2026-01-01T12:00:00.000Z' })
  created_at!: string;

  static from(account: AccountRecord): AccountResponse {
    return {
      id: account.id,
      provider: account.provider,
      type: account.type,
      provider_account_id: account.providerAccountId,
      provider_username: account.providerUsername,
      provider_email: account.providerEmail,
      email_verified: account.emailVerified,
      scopes: [...account.scopes],
      expires_at: account.expiresAt?.toISOString() ?? null,
      last_used_at: account.lastUsedAt.toISOString(),
      created_at: account.createdAt.toISOString(),
    };
  }
}
