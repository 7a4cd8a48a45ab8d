/** A field that a page asks for. */
export interface PageField {
  /** Its name in the request. */
  readonly name: string;
  readonly label: string;
  readonly type: 'password' | 'text';
  readonly autocomplete: string;
  /** Shown once the API has answered one of these codes; until then it is neither seen nor sent. */
  readonly shownOn?: readonly string[];
  /** Has to equal this other field, and is not sent. */
  readonly repeats?: string;
}

/** One page that a link in a message leads to. */
export interface PageContent {
  readonly title: string;
  readonly intro: string;
  readonly fields: readonly PageField[];
  readonly action: string;
  readonly done: string;
  /** Shown in place of `done`, by the `status` of the answer. Where the answer has a `redirect_to`, the page goes there. */
  readonly outcomes?: Readonly<Record<string, string>>;
  /** Whether the request may carry and set cookies of this origin: for pages that sign in. */
  readonly cookies?: boolean;
  /** Where the request goes, relative to the page. */
  readonly endpoint: string;
}

/** A page with elements and a script of its own, in the frame and the style of all. */
export interface OwnPage {
  readonly title: string;
  /** HTML below the heading; trusted, so never made of what a user or a request said. */
  readonly content: string;
  /** Nothing else runs: the policy names its hash. */
  readonly script: string;
  /** Whether the page shows images that stand in it as `data:`. */
  readonly images?: boolean;
  /**
   * The type of challenge that the page takes in a browser whose cookies carry tokens. Other pages leave the answer that opened the challenge in
   * `sessionStorage` (`CHALLENGE_ITEM`), and lead there.
   */
  readonly completes?: string;
}

export type AnyPage = PageContent | OwnPage;

/** Where the name that somebody chose has been taken meanwhile, by a user or, where they share one namespace, by an organization. */
export const ANOTHER_USERNAME: PageField = {
  name: 'username',
  label: 'Another username',
  type: 'text',
  autocomplete: 'username',
  shownOn: ['core.username_taken', 'organization.owner_slug_taken'],
};

/** The pages by name. Each shows what will happen and waits for a click: opening a link, as mail scanners do, changes nothing. */
export const PAGES: Readonly<Record<string, PageContent>> = {
  'confirm-registration': {
    title: 'Confirm your registration',
    intro: 'Enter the password that you chose when you signed up.',
    fields: [
      { name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password' },
      ANOTHER_USERNAME,
    ],
    action: 'Confirm registration',
    done: 'Your account is ready. You can sign in now.',
    endpoint: '../email/verify/confirm',
  },
  'verify-email': {
    title: 'Confirm your email address',
    intro: 'Confirm that the address which this link was sent to is yours.',
    fields: [],
    action: 'Confirm address',
    done: 'Your email address is confirmed.',
    endpoint: '../email/verify/confirm',
  },
  'confirm-email-change': {
    title: 'Confirm your new email address',
    intro: 'Your account keeps its old address until you confirm the new one.',
    fields: [],
    action: 'Confirm new address',
    done: 'Your account has its new email address.',
    endpoint: '../me/email/confirm',
  },
  'reset-password': {
    title: 'Choose a new password',
    intro: 'Every session of your account will be signed out.',
    fields: [
      { name: 'password', label: 'New password', type: 'password', autocomplete: 'new-password' },
      {
        name: 'repeated',
        label: 'New password, once more',
        type: 'password',
        autocomplete: 'new-password',
        repeats: 'password',
      },
    ],
    action: 'Set new password',
    done: 'Your password is changed. You can sign in with it now.',
    endpoint: '../password/reset',
  },
};
