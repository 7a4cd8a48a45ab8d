import { defineErrors } from '../../shared/errors/define-errors.js';

/** Error catalogue of the module. To whom is no member, an organization does not exist. */
export const OrganizationErrors = defineErrors('organization', {
  not_found: { status: 404, title: 'There is no such organization.' },
  forbidden: { status: 403, title: 'Your role in this organization does not allow this.' },
  not_a_member: { status: 403, title: 'You are not a member of this organization.' },
  other_organization: { status: 403, title: 'The token was issued for another organization.' },
  organization_required: { status: 403, title: 'This needs an organization: none was named.' },
  creation_disabled: { status: 403, title: 'Organizations cannot be created here.' },
  invalid_slug: { status: 400, title: 'A slug has 1 to 63 lower-case letters, digits and inner hyphens.' },
  slug_reserved: { status: 400, title: 'This slug is reserved.' },
  slug_taken: { status: 409, title: 'This slug is already in use.' },
  owner_slug_taken: { status: 409, title: 'This name is already in use, by a user or an organization.' },
  slug_not_found: { status: 404, title: 'Nobody has this name.' },
  member_not_found: { status: 404, title: 'There is no such member.' },
  already_a_member: { status: 409, title: 'This account is a member already.' },
  last_owner: { status: 409, title: 'An organization has to keep an owner.' },
  role_too_high: { status: 403, title: 'Nobody grants or takes away a role above their own.' },
  member_limit_reached: { status: 409, title: 'The organization has as many members as it may have.' },
  metadata_too_large: {
    status: 400,
    title: 'The metadata of an organization has 16384 bytes of JSON at most.',
  },
  personal_locked: {
    status: 409,
    title: 'A personal organization keeps its name and its owner for as long as the account lives.',
  },
  team_not_found: { status: 404, title: 'There is no such team.' },
  team_slug_taken: { status: 409, title: 'Another team of the organization has this slug.' },
});
