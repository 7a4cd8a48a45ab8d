import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsObject, IsString, IsUUID, Length, MaxLength } from 'class-validator';
import { IfGiven } from '../../../shared/http/if-given.decorator.js';
import { ListingQuery } from '../../../shared/listing/listing-query.js';
import { EmailProperty, LocaleProperty } from '../../core/index.js';
import {
  INVITATION_STATUSES,
  type InvitationRecord,
  type InvitationStatus,
  type InvitedRole,
} from '../invitation/invitation.js';
import type { PlatformInvitationFilter, PlatformInvitationRequest } from '../issue/platform-invitations.js';

export const INVITED_ROLES = ['owner', 'admin', 'member'] as const;
const ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const PURPOSE = { minLength: 1, maxLength: 64, example: 'platform' };
const METADATA = { type: Object, additionalProperties: true, example: { campaign: 'autumn' } };

/** `email` or `user_id`. */
export class InviteBody {
  @EmailProperty({ required: false, description: 'Whom to invite; or `user_id`.' })
  email?: string;

  @ApiPropertyOptional({ format: 'uuid', example: ID, description: 'The account to invite; or `email`.' })
  @IfGiven()
  @IsUUID()
  user_id?: string;

  @LocaleProperty()
  locale?: string;
}

export class CreateInvitationBody extends InviteBody {
  @ApiPropertyOptional({ ...PURPOSE, description: 'One that the application knows.' })
  @IfGiven()
  @IsString()
  @Length(1, 64)
  purpose?: string;

  @ApiPropertyOptional({
    ...METADATA,
    description: 'Whatever the application wants to keep with it; 4096 bytes at most.',
  })
  @IfGiven()
  @IsObject()
  metadata?: Record<string, unknown>;

  static requestOf({ user_id: userId, ...rest }: CreateInvitationBody): PlatformInvitationRequest {
    return { ...rest, userId };
  }
}

export class OwnInvitationsQuery extends ListingQuery {
  @ApiPropertyOptional({ enum: INVITATION_STATUSES, example: 'pending' })
  @IfGiven()
  @IsIn(INVITATION_STATUSES)
  status?: InvitationStatus;
}

export class OrganizationInvitationsQuery extends OwnInvitationsQuery {
  @EmailProperty({ required: false, description: 'Those to this address.' })
  email?: string;

  @ApiPropertyOptional({ format: 'uuid', example: ID, description: 'Those that this account has sent.' })
  @IfGiven()
  @IsUUID()
  inviter_id?: string;
}

export class InvitationsQuery extends OrganizationInvitationsQuery {
  @ApiPropertyOptional({ ...PURPOSE })
  @IfGiven()
  @IsString()
  @MaxLength(64)
  purpose?: string;

  static filterOf({ status, email, inviter_id, purpose }: InvitationsQuery): PlatformInvitationFilter {
    return { status, email, inviterId: inviter_id, purpose };
  }
}

/** An invitation as those see it who invite. */
export class InvitationResponse {
  @ApiProperty({ format: 'uuid', example: ID })
  id!: string;

  @ApiProperty({ type: String, nullable: true, format: 'uuid', example: null })
  organization_id!: string | null;

  @ApiProperty({ type: String, nullable: true, enum: [...INVITED_ROLES, null], example: null })
  role!: InvitedRole | null;

  @ApiProperty({ ...PURPOSE, description: '`organization` for those into one.' })
  purpose!: string;

  @ApiProperty({ type: String, nullable: true, example: 'ada@example.com' })
  email!: string | null;

  @ApiProperty({ type: String, nullable: true, format: 'uuid', example: null })
  user_id!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    format: 'uuid',
    example: ID,
    description: 'null: the system.',
  })
  inviter_id!: string | null;

  @ApiProperty({ enum: INVITATION_STATUSES, example: 'pending' })
  status!: InvitationStatus;

  @ApiProperty(METADATA)
  metadata!: Readonly<Record<string, unknown>>;

  @ApiProperty({ format: 'date-time', example: '2026-01-08T12:00:00.000Z' })
  expires_at!: string;

  @ApiProperty({ format: 'date-time', example: '2026-01-01T12:00:00.000Z' })
  sent_at!: string;

  @ApiProperty({ format: 'date-time', example: '2026-01-01T12:00:00.000Z' })
  created_at!: string;

  @ApiProperty({ type: String, nullable: true, format: 'uuid', example: null })
  accepted_by!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    format: 'date-time',
    example: null,
    description: 'When it was answered, withdrawn, or marked as expired.',
  })
  acted_at!: string | null;

  static from(invitation: InvitationRecord): InvitationResponse {
    const { id, role, purpose, email, status, metadata } = invitation;
    return {
      id,
      organization_id: invitation.organizationId,
      role,
      purpose,
      email,
      user_id: invitation.userId,
      inviter_id: invitation.inviterId,
      status,
      metadata,
      expires_at: invitation.expiresAt.toISOString(),
      sent_at: invitation.sentAt.toISOString(),
      created_at: invitation.createdAt.toISOString(),
      accepted_by: invitation.acceptedBy,
      acted_at: invitation.actedAt?.toISOString() ?? null,
    };
  }
}
