/** What a message says, apart from how it looks: one layout renders it as plain text and as HTML. */
export interface MessageContent {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** The one thing to do. */
  readonly action?: { readonly label: string; readonly url: string };
  /** A code to type, shown large. */
  readonly code?: string;
  /** Small print after the action. */
  readonly notes?: readonly string[];
}

export interface MessageContext {
  readonly serviceName: string;
  /** BCP 47; `en` where the recipient has none. */
  readonly locale: string;
}

/** Words of one message; a host replaces it to say it otherwise, or in other languages. */
export type EmailTemplate<Data> = (data: Data, context: MessageContext) => MessageContent;
export type SmsTemplate<Data> = (data: Data, context: MessageContext) => string;
