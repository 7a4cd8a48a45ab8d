import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Length, Matches } from 'class-validator';
import { IfGiven } from '../../../shared/http/if-given.decorator.js';
import {
  DeviceNameProperty,
  LinkTokenProperty,
  LocaleProperty,
  PasswordProperty,
  UsernameProperty,
} from '../../core/index.js';
import type { OpenedPage } from '../answer/invitation-page.service.js';
import type { InvitationSignUpRequest } from '../answer/invitation-sign-up.js';
import type { InvitationView } from '../answer/invitation-views.js';
import { INVITATION_STATUSES, type InvitationStatus, type InvitedRole } from '../invitation/invitation.js';
import type { InvitingOrganization } from '../scope/organization.scope.js';
import { INVITED_ROLES } from './invitation.dto.js';

const ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const NAME = { maxLength: 255, example: 'Ada Lovelace' };
const NO_CONTROL = /^[^\p{Cc}]*$/u;

export class InvitationTokenBody {
  @LinkTokenProperty({ description: 'Of the link.' })
  token!: string;
}

export class InvitationSignUpBody {
  @LinkTokenProperty({ description: 'Of the link.' })
  token!: string;

  @PasswordProperty()
  password!: string;

  @UsernameProperty({ required: false, description: 'Derived from the address where it is left out.' })
  username?: string;

  @ApiPropertyOptional(NAME)
  @IfGiven()
  @IsString()
  @Length(1, 255)
  @Matches(NO_CONTROL)
  name?: string;

  @ApiPropertyOptional({ ...NAME, example: 'Ada' })
  @IfGiven()
  @IsString()
  @Length(1, 255)
  @Matches(NO_CONTROL)
  first_name?: string;

  @ApiPropertyOptional({ ...NAME, example: 'Lovelace' })
  @IfGiven()
  @IsString()
  @Length(1, 255)
  @Matches(NO_CONTROL)
  last_name?: string;

  @LocaleProperty()
  locale?: string;

  @DeviceNameProperty()
  device_name?: string;

  static requestOf({ token, password, username, name, locale, ...names }: InvitationSignUpBody) {
    const { first_name: firstName, last_name: lastName } = names;
    return {
      ...{ token, password, username, name, locale },
      firstName,
      lastName,
    } satisfies InvitationSignUpRequest;
  }
}

export class OpenInvitationBody {
  @LinkTokenProperty({ description: 'Of the link.' })
  token!: string;

  @PasswordProperty({ required: false, description: 'Where a new account is made.' })
  password?: string;

  @UsernameProperty({
    required: false,
    description: 'Where a new account is made, and the derived one is taken.',
  })
  username?: string;
}

/** What the page shows. */
export class OpenedInvitationResponse {
  @ApiProperty({
    enum: ['accepted', 'registered', 'signed_in', 'challenge_required'],
    example: 'registered',
    description:
      '`accepted`: by the account that is signed in. The others: an account was made. `signed_in`: the cookies are set.',
  })
  status!: OpenedPage['status'];
}

export class InvitationOrganization {
  @ApiProperty({ format: 'uuid', example: ID })
  id!: string;

  @ApiProperty({ example: 'Analytical Engines' })
  name!: string;

  @ApiProperty({ example: 'analytical-engines' })
  slug!: string;

  @ApiProperty({ type: String, nullable: true, example: null })
  logo_url!: string | null;

  static from({ id, name, slug, logoUrl }: InvitingOrganization): InvitationOrganization {
    return { id, name, slug, logo_url: logoUrl };
  }
}

export class InvitationInviter {
  @ApiProperty({ type: String, nullable: true, example: 'ada.lovelace' })
  username!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Ada Lovelace' })
  name!: string | null;
}

/** An invitation as the invited see it. */
export class ReceivedInvitationResponse {
  @ApiProperty({ format: 'uuid', example: ID })
  id!: string;

  @ApiProperty({ type: InvitationOrganization, nullable: true })
  organization!: InvitationOrganization | null;

  @ApiProperty({ type: String, nullable: true, enum: [...INVITED_ROLES, null], example: 'member' })
  role!: InvitedRole | null;

  @ApiProperty({ example: 'organization' })
  purpose!: string;

  @ApiProperty({ type: String, nullable: true, example: 'ada@example.com' })
  email!: string | null;

  @ApiProperty({ type: InvitationInviter, nullable: true })
  inviter!: InvitationInviter | null;

  @ApiProperty({ enum: INVITATION_STATUSES, example: 'pending' })
  status!: InvitationStatus;

  @ApiProperty({ format: 'date-time', example: '2026-01-08T12:00:00.000Z' })
  expires_at!: string;

  @ApiProperty({ format: 'date-time', example: '2026-01-01T12:00:00.000Z' })
  created_at!: string;

  static from({ invitation, organization, inviter }: InvitationView): ReceivedInvitationResponse {
    const { id, role, purpose, email, status, expiresAt, createdAt } = invitation;
    return {
      id,
      organization: organization && InvitationOrganization.from(organization),
      role,
      purpose,
      email,
      inviter: inviter && { username: inviter.username, name: inviter.name },
      status,
      expires_at: expiresAt.toISOString(),
      created_at: createdAt.toISOString(),
    };
  }
}

export class ShownInvitationResponse extends ReceivedInvitationResponse {
  @ApiProperty({
    example: false,
    description:
      'Whether to sign in and accept (`POST invitations/accept`), or to sign up (`POST invitations/sign-up`).',
  })
  has_account!: boolean;

  static of(view: InvitationView & { readonly hasAccount: boolean }): ShownInvitationResponse {
    return Object.assign(ReceivedInvitationResponse.from(view), { has_account: view.hasAccount });
  }
}
