/** Work that has to happen after a commit, at least once: mail, messages, and whatever an address asked for without being told whether it is known. */
export interface OutboxRecord {
  readonly id: string;
  readonly realmId: string;
  /** Names the handler (`mail`, `sms`, `password_reset_request` …). */
  readonly topic: string;
  /** JSON, encrypted by `KeyRing` under purpose `outbox` and the row's id: it carries links and codes. */
  readonly payload: string;
  readonly attempts: number;
  readonly availableAt: Date;
  /** A worker holds it until then. */
  readonly claimedUntil: Date | null;
  readonly doneAt: Date | null;
  readonly failedAt: Date | null;
  readonly lastError: string | null;
  readonly createdAt: Date;
}
