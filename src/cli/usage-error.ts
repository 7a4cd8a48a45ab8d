/** The command line is wrong; the message says how, and the help of the command is shown beneath. */
export class UsageError extends Error {}
