/** What somebody asks of a list, in the words of the report, and what asks it. */
export interface Question {
  readonly about: string;
  readonly title: string;
  readonly ask: () => Promise<unknown>;
}
