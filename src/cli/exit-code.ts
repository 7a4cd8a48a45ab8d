/** How the command line exits; scripts rely on it. As with `diff` and `grep`, 1 is an answer and 2 is trouble. */
export const ExitCode = {
  /** Done, and all is well. */
  ok: 0,
  /** Done, and not all is well: problems were found, lines were not imported, the log was tampered with. */
  findings: 1,
  /** Not done: the command line or the configuration is wrong, the database is away, or the command refuses. */
  failed: 2,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
