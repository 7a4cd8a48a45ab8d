/** The one realm there is until tenancy comes; every identity belongs to it. */
export const DEFAULT_REALM_ID = '00000000-0000-7000-8000-000000000001';
