/** What counts for a session check has changed: an account (`familyId` is null), or one session of it. */
export interface AccountChange {
  readonly id: string;
  readonly userId: string;
  readonly familyId: string | null;
}

/** The same, as it is known before the write is read back. */
export type ChangedSubject = { readonly userId: string } | { readonly familyId: string };
