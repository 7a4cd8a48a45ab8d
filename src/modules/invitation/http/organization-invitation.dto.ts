import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import type { InvitedRole } from '../invitation/invitation.js';
import type { OrganizationInvitationRequest } from '../issue/organization-invitations.js';
import { InviteBody, INVITED_ROLES } from './invitation.dto.js';

export class CreateOrganizationInvitationBody extends InviteBody {
  @ApiProperty({
    enum: INVITED_ROLES,
    required: false,
    default: 'member',
    example: 'member',
    description: 'At most one’s own.',
  })
  @IsIn(INVITED_ROLES)
  role: InvitedRole = 'member';

  static requestOf({
    user_id: userId,
    ...rest
  }: CreateOrganizationInvitationBody): OrganizationInvitationRequest {
    return { ...rest, userId };
  }
}
