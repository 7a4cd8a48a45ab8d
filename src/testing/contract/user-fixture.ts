/** A new account with all that one can have. */
export const EVERYTHING = {
  email: 'Ada@example.com',
  username: 'Ada',
  phoneNumber: '+15550100001',
  passwordHash: '$hash',
  name: 'Ada Lovelace',
  firstName: 'Ada',
  lastName: 'Lovelace',
  avatar: 'https://example.com/ada.png',
  locale: 'en-GB',
  emailVerified: true,
  phoneNumberVerified: true,
} as const;
