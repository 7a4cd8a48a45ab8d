// Generated from the OpenAPI document by `npm run client:generate`; test/client.spec.ts fails where it is out of date.

/** For what takes none. */
export interface NoParameters {
  query?: never;
  header?: never;
  path?: never;
  cookie?: never;
}

export interface paths {
  "/.well-known/jwks.json": {
    /** Public keys that tokens are verified with */
    get: {
      parameters: NoParameters;
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["JwkSetResponse"];
          };
        };
        /** @description Unchanged since the ETag that was sent. */
        304: object;
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/admin/audit": {
    /**
     * Read the audit log
     * @description The latest first. Sortable by `created_at`, `action`, `severity` and `actor_id`.
     */
    get: {
      parameters: {
        query?: {
          action?: string;
          /** @description What this account did. */
          actor_id?: string;
          /** @description `next_cursor` of the page before, in the same order. */
          cursor?: string;
          /** @description This moment and later. */
          from?: string;
          /** @description The most rows to answer; a value out of range is brought into it. */
          limit?: number;
          /** @description Rows to skip; without effect beside a cursor. */
          offset?: number;
          /** @description What happened in this organization. */
          organization_id?: string;
          severity?: "info" | "warning" | "critical";
          /** @description The direction, of ties by id too; anything else is desc. */
          sort_dir?: "asc" | "desc";
          /** @description The field to sort by; one that is not allowed gives the default. */
          sort_field?: string;
          /** @description What was done to this. */
          target_id?: string;
          /** @description Before this moment. */
          to?: string;
        };
      };
      responses: {
        /** @description A page of the list. */
        200: {
          content: {
            "application/json": {
              data: components["schemas"]["AuditRecordResponse"][];
              /** @example 20 */
              limit: number;
              /**
               * @description Passed as `cursor` it continues the list; null at the end.
               * @example null
               */
              next_cursor: string | null;
              /** @example 0 */
              offset: number;
              /**
               * @example desc
               * @enum {string}
               */
              sort_dir: "asc" | "desc";
              /** @example created_at */
              sort_field: string;
              /**
               * @description Rows of the whole list, under its filters. Counted to 1,000, which stands for so many or more; `next_cursor` says whether the list goes on.
               * @example 42
               */
              total: number;
            };
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/admin/audit/export": {
    /**
     * Export the audit log
     * @description All that the filters let through, the latest first, as a download: CSV (RFC 4180, with a line of names; what a spreadsheet would take for a formula stands behind an apostrophe) or a JSON object a line.
     */
    get: {
      parameters: {
        query?: {
          action?: string;
          /** @description What this account did. */
          actor_id?: string;
          format?: "csv" | "ndjson";
          /** @description This moment and later. */
          from?: string;
          /** @description What happened in this organization. */
          organization_id?: string;
          severity?: "info" | "warning" | "critical";
          /** @description What was done to this. */
          target_id?: string;
          /** @description Before this moment. */
          to?: string;
        };
      };
      responses: {
        /** @description The records. */
        200: {
          content: {
            "application/x-ndjson": string;
            "text/csv": string;
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/admin/impersonation/end": {
    /**
     * Stop acting as somebody else
     * @description With the token of that session, which ends. One’s own goes on.
     */
    post: {
      parameters: NoParameters;
      responses: {
        204: object;
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/admin/statistics": {
    /**
     * Count users, sessions and sign-ins
     * @description Users by state, living sessions, and sign-ups and sign-ins of each day.
     */
    get: {
      parameters: {
        query?: {
          /** @description How many days, today included. */
          days?: number;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["StatisticsResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/admin/users": {
    /**
     * List accounts
     * @description The living ones, unless `deleted=true`. Filters add up. Sortable by `created_at`, `email`, `username` and `name`.
     */
    get: {
      parameters: {
        query?: {
          /** @description Whether the account is switched on. */
          active?: boolean;
          /** @description Whether a ban is in force. */
          banned?: boolean;
          /** @description Made before that moment. */
          created_before?: string;
          /** @description Made at that moment or later. */
          created_from?: string;
          /** @description `next_cursor` of the page before, in the same order. */
          cursor?: string;
          /** @description `true`: the soft-deleted ones alone; else the living. */
          deleted?: boolean;
          /** @description The most rows to answer; a value out of range is brought into it. */
          limit?: number;
          /** @description Rows to skip; without effect beside a cursor. */
          offset?: number;
          /** @description Literal text in name, email, username or phone number, whatever its case. Fewer than three characters are looked for at their beginnings alone. */
          query?: string;
          /** @description Slug of a role of the platform that the users have; with the module `rbac`. */
          role?: string;
          /** @description The direction, of ties by id too; anything else is desc. */
          sort_dir?: "asc" | "desc";
          /** @description The field to sort by; one that is not allowed gives the default. */
          sort_field?: string;
          /** @description Whether it is a super admin. */
          super_admin?: boolean;
          /** @description Whether the email address is proven. */
          verified?: boolean;
        };
      };
      responses: {
        /** @description A page of the list. */
        200: {
          content: {
            "application/json": {
              data: components["schemas"]["AdminUserResponse"][];
              /** @example 20 */
              limit: number;
              /**
               * @description Passed as `cursor` it continues the list; null at the end.
               * @example null
               */
              next_cursor: string | null;
              /** @example 0 */
              offset: number;
              /**
               * @example desc
               * @enum {string}
               */
              sort_dir: "asc" | "desc";
              /** @example created_at */
              sort_field: string;
              /**
               * @description Rows of the whole list, under its filters. Counted to 1,000, which stands for so many or more; `next_cursor` says whether the list goes on.
               * @example 42
               */
              total: number;
            };
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
    /**
     * Make an account for somebody
     * @description Whatever the policy for sign-up. Needs an email address, a username or a phone number. Without a password the user is sent a link to choose one.
     */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["CreateUserRequest"];
        };
      };
      responses: {
        201: {
          content: {
            "application/json": components["schemas"]["AdminUserResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/admin/users/{id}": {
    /**
     * Show an account
     * @description Deleted or not.
     */
    get: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["AdminUserResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
    /**
     * Delete an account
     * @description Softly: it can be restored. Ends every session; the identifiers become free.
     */
    delete: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["AdminUserResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
    /**
     * Change an account
     * @description All or nothing; what is left out stays. A new email address or phone number counts at once, and is as proven as the request says; the old one is told.
     */
    patch: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          "application/json": components["schemas"]["UpdateUserRequest"];
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["AdminUserResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/admin/users/{id}/activate": {
    /** Switch an account on */
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["AdminUserResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/admin/users/{id}/ban": {
    /**
     * Ban a user
     * @description Ends every session. A second ban replaces the first.
     */
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody?: {
        content: {
          "application/json": components["schemas"]["BanRequest"];
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["AdminUserResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/admin/users/{id}/deactivate": {
    /**
     * Switch an account off
     * @description Ends every session.
     */
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["AdminUserResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/admin/users/{id}/email/verify": {
    /** Vouch for the email address */
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody?: {
        content: {
          "application/json": components["schemas"]["VerifyAddressRequest"];
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["AdminUserResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/admin/users/{id}/erase": {
    /**
     * Erase an account for good
     * @description Deleted before or not, with all that hangs on it. There is no way back.
     */
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        204: object;
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/admin/users/{id}/export": {
    /**
     * Download all that is kept of a user
     * @description Of every mounted module; without secrets. On record.
     */
    get: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        /** @description The document, sent while it is being read. */
        200: {
          content: {
            "application/json": {
              /**
               * Format: date-time
               * @example 2026-01-01T00:00:00.000Z
               */
              exported_at: string;
              /** @example [] */
              sessions: Record<string, never>[];
              /**
               * @example {
               *       "id": "01890a5d-ac96-774b-bcce-b302099a8057",
               *       "email": "ada@example.com"
               *     }
               */
              user: Record<string, never>;
            } & {
              [key: string]: Record<string, never>[];
            };
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/admin/users/{id}/impersonate": {
    /**
     * Act as a user
     * @description For an hour at most, and no longer than one’s own session. Such a session changes no credentials: on Castellan’s own routes it reads, and edits the profile. Super admins cannot be impersonated.
     */
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          "application/json": components["schemas"]["ImpersonateRequest"];
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["ImpersonationResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/admin/users/{id}/password": {
    /**
     * Set a password
     * @description By the policy of every password. Ends every session; the user is told.
     */
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          "application/json": components["schemas"]["SetPasswordRequest"];
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["AdminUserResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/admin/users/{id}/password/reset": {
    /**
     * Make a user choose another password
     * @description Voids the password and ends every session; the user is sent a link to choose another one.
     */
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["AdminUserResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/admin/users/{id}/phone/verify": {
    /** Vouch for the phone number */
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody?: {
        content: {
          "application/json": components["schemas"]["VerifyAddressRequest"];
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["AdminUserResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/admin/users/{id}/restore": {
    /**
     * Bring a deleted account back
     * @description Unless one of its identifiers has a new owner.
     */
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["AdminUserResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/admin/users/{id}/roles": {
    /** Show what a user may do on the platform */
    get: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["UserRolesResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
    /**
     * Give a role to a user
     * @description One that holds no permission beyond one’s own. Counts at once.
     */
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          "application/json": components["schemas"]["GrantRoleRequest"];
        };
      };
      responses: {
        201: {
          content: {
            "application/json": components["schemas"]["UserRolesResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/admin/users/{id}/roles/{slug}": {
    /**
     * Take a role from a user
     * @description One that holds no permission beyond one’s own. Counts at once.
     */
    delete: {
      parameters: {
        path: {
          id: string;
          slug: string;
        };
      };
      responses: {
        204: object;
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/admin/users/{id}/sessions": {
    /**
     * List the sessions of a user
     * @description Living ones, one entry a login. Sortable by `created_at`, `expires_at` and `ip_address`.
     */
    get: {
      parameters: {
        query?: {
          /** @description `next_cursor` of the page before, in the same order. */
          cursor?: string;
          /** @description The most rows to answer; a value out of range is brought into it. */
          limit?: number;
          /** @description Rows to skip; without effect beside a cursor. */
          offset?: number;
          /** @description The direction, of ties by id too; anything else is desc. */
          sort_dir?: "asc" | "desc";
          /** @description The field to sort by; one that is not allowed gives the default. */
          sort_field?: string;
        };
        path: {
          id: string;
        };
      };
      responses: {
        /** @description A page of the list. */
        200: {
          content: {
            "application/json": {
              data: components["schemas"]["SessionResponse"][];
              /** @example 20 */
              limit: number;
              /**
               * @description Passed as `cursor` it continues the list; null at the end.
               * @example null
               */
              next_cursor: string | null;
              /** @example 0 */
              offset: number;
              /**
               * @example desc
               * @enum {string}
               */
              sort_dir: "asc" | "desc";
              /** @example created_at */
              sort_field: string;
              /**
               * @description Rows of the whole list, under its filters. Counted to 1,000, which stands for so many or more; `next_cursor` says whether the list goes on.
               * @example 42
               */
              total: number;
            };
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
    /** End every session of a user */
    delete: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        204: object;
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/admin/users/{id}/sessions/{session_id}": {
    /** End one session of a user */
    delete: {
      parameters: {
        path: {
          id: string;
          session_id: string;
        };
      };
      responses: {
        204: object;
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/admin/users/{id}/super-admin": {
    /**
     * Make a super admin
     * @description The account has to sign in again.
     */
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["AdminUserResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
    /**
     * Make a super admin an ordinary user
     * @description The account has to sign in again. One super admin always stays.
     */
    delete: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["AdminUserResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/admin/users/{id}/two-factor/reset": {
    /**
     * Take every second factor of a user away
     * @description Factors, backup codes and trusted devices. The user is told by mail.
     */
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          "application/json": components["schemas"]["ResetTwoFactorRequest"];
        };
      };
      responses: {
        204: object;
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/admin/users/{id}/unban": {
    /** Lift a ban */
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["AdminUserResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/admin/users/{id}/unlock": {
    /** Lift the lock that failed sign-ins have set */
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["AdminUserResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/admin/users/bulk": {
    /**
     * Do the same to many accounts
     * @description A hundred at most. Each by itself, under the rules and the permission of the route for one.
     */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["BulkRequest"];
        };
      };
      responses: {
        /** @description A result for each account. */
        207: {
          content: {
            "application/json": components["schemas"]["BulkResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/admin/users/purge": {
    /**
     * Erase accounts that were deleted before a date
     * @description For good, a hundred a call, the longest gone first.
     */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["PurgeRequest"];
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["PurgeResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/availability": {
    /**
     * Ask whether a username or a slug is free
     * @description Exactly one field. Email addresses and phone numbers are answered for only where the host has opted in.
     */
    get: {
      parameters: {
        query?: {
          /** @description Where the host has opted in. */
          email?: string;
          /** @description With the module `organization`. */
          organization_slug?: string;
          /** @description Where the host has opted in. */
          phone_number?: string;
          username?: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["AvailabilityResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/email/verify/confirm": {
    /**
     * Prove an email address, or confirm a sign-up by it
     * @description For an account: `token`, or `email` and `code`. For a sign-up: `token` and `password`, or `registration_id`, `code` and `password`; it becomes an account then.
     */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["ConfirmEmailBody"];
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["AddressConfirmationResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/email/verify/request": {
    /**
     * Have the link and code that prove an email address sent
     * @description Answers alike whether the address is known or not. Asked for again, it voids what was sent before.
     */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["RequestEmailVerificationBody"];
        };
      };
      responses: {
        202: {
          content: {
            "application/json": components["schemas"]["AcceptedResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/invitations": {
    /**
     * List the invitations to the platform
     * @description Sortable by `created_at`, `expires_at`, `status` and `purpose`.
     */
    get: {
      parameters: {
        query?: {
          /** @description `next_cursor` of the page before, in the same order. */
          cursor?: string;
          /** @description Those to this address. */
          email?: string;
          /** @description Those that this account has sent. */
          inviter_id?: string;
          /** @description The most rows to answer; a value out of range is brought into it. */
          limit?: number;
          /** @description Rows to skip; without effect beside a cursor. */
          offset?: number;
          purpose?: string;
          /** @description The direction, of ties by id too; anything else is desc. */
          sort_dir?: "asc" | "desc";
          /** @description The field to sort by; one that is not allowed gives the default. */
          sort_field?: string;
          status?: "pending" | "accepted" | "declined" | "revoked" | "expired";
        };
      };
      responses: {
        /** @description A page of the list. */
        200: {
          content: {
            "application/json": {
              data: components["schemas"]["InvitationResponse"][];
              /** @example 20 */
              limit: number;
              /**
               * @description Passed as `cursor` it continues the list; null at the end.
               * @example null
               */
              next_cursor: string | null;
              /** @example 0 */
              offset: number;
              /**
               * @example desc
               * @enum {string}
               */
              sort_dir: "asc" | "desc";
              /** @example created_at */
              sort_field: string;
              /**
               * @description Rows of the whole list, under its filters. Counted to 1,000, which stands for so many or more; `next_cursor` says whether the list goes on.
               * @example 42
               */
              total: number;
            };
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
    /**
     * Invite somebody to the platform
     * @description An address or an account has one pending invitation for each purpose.
     */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["CreateInvitationBody"];
        };
      };
      responses: {
        201: {
          content: {
            "application/json": components["schemas"]["InvitationResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/invitations/{id}": {
    /** Get an invitation to the platform */
    get: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["InvitationResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
    /**
     * Withdraw an invitation to the platform
     * @description Its record stays, as `revoked`.
     */
    delete: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        204: object;
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/invitations/{id}/accept": {
    /**
     * Accept an invitation to oneself
     * @description One that `GET me/invitations` lists; it needs no link.
     */
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["ReceivedInvitationResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/invitations/{id}/decline": {
    /** Decline an invitation to oneself */
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        204: object;
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/invitations/{id}/resend": {
    /**
     * Send an invitation to the platform again
     * @description With a new link and a new time; the link before is void. Once a minute.
     */
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["InvitationResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/invitations/accept": {
    /**
     * Accept an invitation by its link, signed in
     * @description The account has to be the one that the invitation is for. The link proves the address, where the account had not.
     */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["InvitationTokenBody"];
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["ReceivedInvitationResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/invitations/decline": {
    /**
     * Decline an invitation by its link
     * @description Needs no account.
     */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["InvitationTokenBody"];
        };
      };
      responses: {
        204: object;
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/invitations/link": {
    /**
     * Show the invitation of a link
     * @description Consumes nothing.
     */
    get: {
      parameters: {
        header: {
          /** @description The token of the link. */
          "Invitation-Token": string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["ShownInvitationResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/invitations/open": {
    /**
     * Accept an invitation on the page that the link leads to
     * @description For the page, which can keep cookies and nothing else: no token is in the answer. Accepts for whoever is signed in; else makes an account.
     */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["OpenInvitationBody"];
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["OpenedInvitationResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/invitations/sign-up": {
    /**
     * Accept an invitation with a new account
     * @description Signs up, accepts and signs in, in one step; the link proves the address. Where the address has an account, that has to sign in and accept.
     */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["InvitationSignUpBody"];
        };
      };
      responses: {
        /** @description Tokens, or a challenge that has to be completed first. */
        200: {
          content: {
            "application/json": components["schemas"]["TokenResponse"] | components["schemas"]["ChallengeResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/login": {
    /**
     * Sign in with a password
     * @description Name the account by exactly one of `identifier`, `email`, `username` and `phone_number`. A session that the request belongs to ends.
     */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["LoginBody"];
        };
      };
      responses: {
        /** @description Tokens, or a challenge that has to be completed first. */
        200: {
          content: {
            "application/json": components["schemas"]["TokenResponse"] | components["schemas"]["ChallengeResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/logout": {
    /**
     * End this session
     * @description By the access token; where there is no good one, by the refresh token of the body or the cookie.
     */
    post: {
      parameters: NoParameters;
      requestBody?: {
        content: {
          "application/json": components["schemas"]["LogoutBody"];
        };
      };
      responses: {
        204: object;
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/magic-link": {
    /**
     * Have a link and a code sent that sign in
     * @description Answers alike whether the address is known or not. Asked for again, it voids what was sent before.
     */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["RequestMagicLinkBody"];
        };
      };
      responses: {
        202: {
          content: {
            "application/json": components["schemas"]["AcceptedResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/magic-link/confirm": {
    /**
     * Sign in with a link’s token, or with an address and its code
     * @description `token`, or `email` and `code`. Proves the address. A session that the request belongs to ends.
     */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["ConfirmMagicLinkBody"];
        };
      };
      responses: {
        /** @description Tokens, or a challenge that has to be completed first. */
        200: {
          content: {
            "application/json": components["schemas"]["TokenResponse"] | components["schemas"]["ChallengeResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/magic-link/exchange": {
    /**
     * Fetch the answer of a sign-in after the redirect
     * @description With the `magic_link_code` of the redirect. A session that the request belongs to ends.
     */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["ExchangeMagicLinkBody"];
        };
      };
      responses: {
        /** @description Tokens, or a challenge that has to be completed first. */
        200: {
          content: {
            "application/json": components["schemas"]["TokenResponse"] | components["schemas"]["ChallengeResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/magic-link/open": {
    /**
     * Sign in on the page that the link leads to
     * @description For the page, which can keep cookies and nothing else: no token is in the answer. Where cookies alone carry tokens, they are set. Else `redirect_to` has a code, good for one minute, that the app there sends to `POST magic-link/exchange`.
     */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["OpenMagicLinkBody"];
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["OpenedMagicLinkResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/me": {
    /** Show one’s account */
    get: {
      parameters: NoParameters;
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["UserResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
    /**
     * Delete one’s account
     * @description With the password, or within ten minutes of signing in. Ends every session; the identifiers become free.
     */
    delete: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["DeleteAccountRequest"];
        };
      };
      responses: {
        204: object;
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
    /**
     * Change one’s profile
     * @description What is left out stays; `null` clears. Email address, phone number and password have routes of their own.
     */
    patch: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["UpdateProfileRequest"];
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["UserResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/me/accounts": {
    /**
     * List one’s accounts at providers
     * @description Sortable by `created_at`, `last_used_at` and `provider`.
     */
    get: {
      parameters: {
        query?: {
          /** @description `next_cursor` of the page before, in the same order. */
          cursor?: string;
          /** @description The most rows to answer; a value out of range is brought into it. */
          limit?: number;
          /** @description Rows to skip; without effect beside a cursor. */
          offset?: number;
          /** @description The direction, of ties by id too; anything else is desc. */
          sort_dir?: "asc" | "desc";
          /** @description The field to sort by; one that is not allowed gives the default. */
          sort_field?: string;
        };
      };
      responses: {
        /** @description A page of the list. */
        200: {
          content: {
            "application/json": {
              data: components["schemas"]["AccountResponse"][];
              /** @example 20 */
              limit: number;
              /**
               * @description Passed as `cursor` it continues the list; null at the end.
               * @example null
               */
              next_cursor: string | null;
              /** @example 0 */
              offset: number;
              /**
               * @example desc
               * @enum {string}
               */
              sort_dir: "asc" | "desc";
              /** @example created_at */
              sort_field: string;
              /**
               * @description Rows of the whole list, under its filters. Counted to 1,000, which stands for so many or more; `next_cursor` says whether the list goes on.
               * @example 42
               */
              total: number;
            };
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/me/accounts/{id}": {
    /**
     * Unlink an account at a provider
     * @description Within ten minutes of signing in. The last way in stays.
     */
    delete: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        204: object;
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/me/aliases": {
    /** List one’s former usernames */
    get: {
      parameters: NoParameters;
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["SlugAliasesResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/me/audit": {
    /**
     * Read what one did, and what was done to one
     * @description The latest first. Sortable by `created_at`, `action`, `severity` and `actor_id`.
     */
    get: {
      parameters: {
        query?: {
          action?: string;
          /** @description What this account did. */
          actor_id?: string;
          /** @description `next_cursor` of the page before, in the same order. */
          cursor?: string;
          /** @description This moment and later. */
          from?: string;
          /** @description The most rows to answer; a value out of range is brought into it. */
          limit?: number;
          /** @description Rows to skip; without effect beside a cursor. */
          offset?: number;
          severity?: "info" | "warning" | "critical";
          /** @description The direction, of ties by id too; anything else is desc. */
          sort_dir?: "asc" | "desc";
          /** @description The field to sort by; one that is not allowed gives the default. */
          sort_field?: string;
          /** @description What was done to this. */
          target_id?: string;
          /** @description Before this moment. */
          to?: string;
        };
      };
      responses: {
        /** @description A page of the list. */
        200: {
          content: {
            "application/json": {
              data: components["schemas"]["AuditRecordResponse"][];
              /** @example 20 */
              limit: number;
              /**
               * @description Passed as `cursor` it continues the list; null at the end.
               * @example null
               */
              next_cursor: string | null;
              /** @example 0 */
              offset: number;
              /**
               * @example desc
               * @enum {string}
               */
              sort_dir: "asc" | "desc";
              /** @example created_at */
              sort_field: string;
              /**
               * @description Rows of the whole list, under its filters. Counted to 1,000, which stands for so many or more; `next_cursor` says whether the list goes on.
               * @example 42
               */
              total: number;
            };
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/me/audit/export": {
    /**
     * Export what one did, and what was done to one
     * @description All that the filters let through, the latest first, as a download: CSV (RFC 4180, with a line of names; what a spreadsheet would take for a formula stands behind an apostrophe) or a JSON object a line.
     */
    get: {
      parameters: {
        query?: {
          action?: string;
          /** @description What this account did. */
          actor_id?: string;
          format?: "csv" | "ndjson";
          /** @description This moment and later. */
          from?: string;
          severity?: "info" | "warning" | "critical";
          /** @description What was done to this. */
          target_id?: string;
          /** @description Before this moment. */
          to?: string;
        };
      };
      responses: {
        /** @description The records. */
        200: {
          content: {
            "application/x-ndjson": string;
            "text/csv": string;
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/me/devices": {
    /**
     * List one’s trusted devices
     * @description Sortable by `created_at`, `last_used_at` and `expires_at`.
     */
    get: {
      parameters: {
        query?: {
          /** @description `next_cursor` of the page before, in the same order. */
          cursor?: string;
          /** @description The most rows to answer; a value out of range is brought into it. */
          limit?: number;
          /** @description Rows to skip; without effect beside a cursor. */
          offset?: number;
          /** @description The direction, of ties by id too; anything else is desc. */
          sort_dir?: "asc" | "desc";
          /** @description The field to sort by; one that is not allowed gives the default. */
          sort_field?: string;
        };
      };
      responses: {
        /** @description A page of the list. */
        200: {
          content: {
            "application/json": {
              data: components["schemas"]["TrustedDeviceResponse"][];
              /** @example 20 */
              limit: number;
              /**
               * @description Passed as `cursor` it continues the list; null at the end.
               * @example null
               */
              next_cursor: string | null;
              /** @example 0 */
              offset: number;
              /**
               * @example desc
               * @enum {string}
               */
              sort_dir: "asc" | "desc";
              /** @example created_at */
              sort_field: string;
              /**
               * @description Rows of the whole list, under its filters. Counted to 1,000, which stands for so many or more; `next_cursor` says whether the list goes on.
               * @example 42
               */
              total: number;
            };
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
    /** Trust no device any more */
    delete: {
      parameters: NoParameters;
      responses: {
        204: object;
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/me/devices/{id}": {
    /** Trust one device no more */
    delete: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        204: object;
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/me/email": {
    /**
     * Change one’s email address
     * @description With the password, or within ten minutes of signing in. The new one counts once it is proven; whether somebody else has it is not told before. Asked for again, it voids what was sent before.
     */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["ChangeEmailBody"];
        };
      };
      responses: {
        202: {
          content: {
            "application/json": components["schemas"]["AcceptedResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
    /**
     * Remove one’s email address
     * @description With the password, or within ten minutes of signing in. Refused where nothing else would sign in to the account: neither the other address nor, with a password, the username. A proven address does not go while the other one is not proven.
     */
    delete: {
      parameters: NoParameters;
      requestBody?: {
        content: {
          "application/json": components["schemas"]["RemoveAddressBody"];
        };
      };
      responses: {
        204: object;
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/me/email/confirm": {
    /**
     * Prove one’s new email address
     * @description By `token`, signed in or not; or by `code`, signed in.
     */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["ConfirmEmailChangeBody"];
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["EmailChangedResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/me/entitlements": {
    /**
     * List one’s entitlements
     * @description As they are now.
     */
    get: {
      parameters: NoParameters;
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["MyEntitlementsResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/me/export": {
    /**
     * Download all that is kept of oneself
     * @description Of every mounted module; without secrets.
     */
    get: {
      parameters: NoParameters;
      responses: {
        /** @description The document, sent while it is being read. */
        200: {
          content: {
            "application/json": {
              /**
               * Format: date-time
               * @example 2026-01-01T00:00:00.000Z
               */
              exported_at: string;
              /** @example [] */
              sessions: Record<string, never>[];
              /**
               * @example {
               *       "id": "01890a5d-ac96-774b-bcce-b302099a8057",
               *       "email": "ada@example.com"
               *     }
               */
              user: Record<string, never>;
            } & {
              [key: string]: Record<string, never>[];
            };
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/me/invitations": {
    /**
     * List the invitations to oneself
     * @description To the account, and to its address if that is proven. Sortable by `created_at`, `expires_at`, `status` and `purpose`.
     */
    get: {
      parameters: {
        query?: {
          /** @description `next_cursor` of the page before, in the same order. */
          cursor?: string;
          /** @description The most rows to answer; a value out of range is brought into it. */
          limit?: number;
          /** @description Rows to skip; without effect beside a cursor. */
          offset?: number;
          /** @description The direction, of ties by id too; anything else is desc. */
          sort_dir?: "asc" | "desc";
          /** @description The field to sort by; one that is not allowed gives the default. */
          sort_field?: string;
          status?: "pending" | "accepted" | "declined" | "revoked" | "expired";
        };
      };
      responses: {
        /** @description A page of the list. */
        200: {
          content: {
            "application/json": {
              data: components["schemas"]["ReceivedInvitationResponse"][];
              /** @example 20 */
              limit: number;
              /**
               * @description Passed as `cursor` it continues the list; null at the end.
               * @example null
               */
              next_cursor: string | null;
              /** @example 0 */
              offset: number;
              /**
               * @example desc
               * @enum {string}
               */
              sort_dir: "asc" | "desc";
              /** @example created_at */
              sort_field: string;
              /**
               * @description Rows of the whole list, under its filters. Counted to 1,000, which stands for so many or more; `next_cursor` says whether the list goes on.
               * @example 42
               */
              total: number;
            };
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/me/invitations/sent": {
    /**
     * List the invitations that oneself has sent
     * @description To the platform and into organizations. Sortable by `created_at`, `expires_at`, `status` and `purpose`.
     */
    get: {
      parameters: {
        query?: {
          /** @description `next_cursor` of the page before, in the same order. */
          cursor?: string;
          /** @description The most rows to answer; a value out of range is brought into it. */
          limit?: number;
          /** @description Rows to skip; without effect beside a cursor. */
          offset?: number;
          /** @description The direction, of ties by id too; anything else is desc. */
          sort_dir?: "asc" | "desc";
          /** @description The field to sort by; one that is not allowed gives the default. */
          sort_field?: string;
          status?: "pending" | "accepted" | "declined" | "revoked" | "expired";
        };
      };
      responses: {
        /** @description A page of the list. */
        200: {
          content: {
            "application/json": {
              data: components["schemas"]["InvitationResponse"][];
              /** @example 20 */
              limit: number;
              /**
               * @description Passed as `cursor` it continues the list; null at the end.
               * @example null
               */
              next_cursor: string | null;
              /** @example 0 */
              offset: number;
              /**
               * @example desc
               * @enum {string}
               */
              sort_dir: "asc" | "desc";
              /** @example created_at */
              sort_field: string;
              /**
               * @description Rows of the whole list, under its filters. Counted to 1,000, which stands for so many or more; `next_cursor` says whether the list goes on.
               * @example 42
               */
              total: number;
            };
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/me/organizations": {
    /** List one’s memberships with their roles */
    get: {
      parameters: NoParameters;
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["MembershipsResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/me/password": {
    /**
     * Change one’s password
     * @description A first password needs a sign-in younger than ten minutes. This session goes on, all others end.
     */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["ChangePasswordBody"];
        };
      };
      responses: {
        204: object;
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/me/phone": {
    /**
     * Change one’s phone number
     * @description With the password, or within ten minutes of signing in. The new one counts once it is proven; whether somebody else has it is not told before. Asked for again, it voids what was sent before.
     */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["ChangePhoneBody"];
        };
      };
      responses: {
        202: {
          content: {
            "application/json": components["schemas"]["AcceptedResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
    /**
     * Remove one’s phone number
     * @description With the password, or within ten minutes of signing in. Refused where nothing else would sign in to the account: neither the other address nor, with a password, the username. A proven address does not go while the other one is not proven.
     */
    delete: {
      parameters: NoParameters;
      requestBody?: {
        content: {
          "application/json": components["schemas"]["RemoveAddressBody"];
        };
      };
      responses: {
        204: object;
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/me/phone/confirm": {
    /** Prove one’s new phone number */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["ConfirmPhoneChangeBody"];
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["UserResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/me/roles": {
    /**
     * List one’s roles and permissions
     * @description On the platform, as they are now.
     */
    get: {
      parameters: NoParameters;
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["MyRolesResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/oauth/{provider}/authorize": {
    /**
     * Begin a sign-in by a provider
     * @description Answers where the browser has to go, and sets a cookie that the browser has to bring back: from a page of another origin ask with credentials, or use `start`. With `link` the request needs a credential.
     */
    post: {
      parameters: {
        path: {
          provider: string;
        };
      };
      requestBody: {
        content: {
          "application/json": components["schemas"]["AuthorizeBody"];
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["AuthorizeResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/oauth/{provider}/callback": {
    /**
     * Take a provider’s answer
     * @description The redirect URI to register with the provider. The browser has to be the one that began. Further parameters of the provider are ignored.
     */
    get: {
      parameters: {
        query?: {
          code?: string;
          /** @description RFC 6749 section 4.1.2.1 */
          error?: string;
          /** @description An answer that was posted. */
          form?: string;
          /** @description RFC 9207 */
          iss?: string;
          state?: string;
        };
        path: {
          provider: string;
        };
      };
      responses: {
        /** @description In the mode `json` the result; in the mode `popup` a page that hands it to its opener. */
        200: {
          content: {
            "application/json": components["schemas"]["TokenResponse"] | components["schemas"]["ChallengeResponse"] | components["schemas"]["LinkedResponse"];
            "text/html": string;
          };
        };
        /** @description Location: `redirect_to` with `code`, or `linked`, or `error` and `error_description`. */
        302: object;
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
    /**
     * Take a provider’s answer that was posted
     * @description Keeps it for a minute, and sends the browser on by GET, with its cookie.
     */
    post: {
      parameters: {
        path: {
          provider: string;
        };
      };
      requestBody: {
        content: {
          "application/x-www-form-urlencoded": {
            code?: string;
            error?: string;
            state?: string;
            /** @description Apple: the name, as JSON. */
            user?: string;
          };
        };
      };
      responses: {
        /** @description Location: the same route, by GET. */
        303: object;
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/oauth/{provider}/start": {
    /**
     * Begin a sign-in by a link
     * @description As `authorize`, for `<a href>` and popups: sends the browser to the provider.
     */
    get: {
      parameters: {
        query?: {
          /** @description The client’s own PKCE (RFC 7636, S256): the result is given against the verifier alone. */
          code_challenge?: string;
          /** @description What the session is called in lists. */
          device_name?: string;
          /** @description How the result arrives: the browser is sent to `redirect_to` with a one-time `code`; a popup posts it to its opener of the origin of `redirect_to`; or the callback’s answer is the result. */
          mode?: "redirect" | "popup" | "json";
          /** @description On the allow-list. In the mode `json`, an address of the client’s own that is registered with the provider, where it takes the provider’s answer itself. */
          redirect_to?: string;
          /** @description For a new account; else one is derived from the profile. */
          username?: string;
        };
        path: {
          provider: string;
        };
      };
      responses: {
        /** @description A popup’s page, where the provider cannot be reached. */
        200: {
          content: {
            "text/html": string;
          };
        };
        /** @description Location: the provider; or `redirect_to` with `error`, where the provider cannot be reached. */
        302: object;
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/oauth/{provider}/token": {
    /**
     * Hand over a provider’s answer
     * @description For native clients that take the answer on an address of their own (mode `json`). Needs the verifier of the `code_challenge`, or the cookie.
     */
    post: {
      parameters: {
        path: {
          provider: string;
        };
      };
      requestBody: {
        content: {
          "application/json": components["schemas"]["CaughtAnswerBody"];
        };
      };
      responses: {
        /** @description Tokens, a challenge, or the account that has been linked. */
        200: {
          content: {
            "application/json": components["schemas"]["TokenResponse"] | components["schemas"]["ChallengeResponse"] | components["schemas"]["LinkedResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/oauth/exchange": {
    /**
     * Exchange a one-time code for tokens
     * @description The code of the redirect or of the popup’s message: good once, for a minute. A session that the request belongs to ends.
     */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["ExchangeBody"];
        };
      };
      responses: {
        /** @description Tokens, or a challenge that has to be completed first. */
        200: {
          content: {
            "application/json": components["schemas"]["TokenResponse"] | components["schemas"]["ChallengeResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/oauth/providers": {
    /** List the providers */
    get: {
      parameters: NoParameters;
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["ProvidersResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/organizations": {
    /**
     * List the organizations that one belongs to
     * @description Sortable by `created_at` and `name`.
     */
    get: {
      parameters: {
        query?: {
          /** @description `next_cursor` of the page before, in the same order. */
          cursor?: string;
          /** @description The most rows to answer; a value out of range is brought into it. */
          limit?: number;
          /** @description Rows to skip; without effect beside a cursor. */
          offset?: number;
          /** @description Only those that this account owns. */
          owner_id?: string;
          /** @description Part of the name or the slug, literally. */
          query?: string;
          /** @description The direction, of ties by id too; anything else is desc. */
          sort_dir?: "asc" | "desc";
          /** @description The field to sort by; one that is not allowed gives the default. */
          sort_field?: string;
        };
      };
      responses: {
        /** @description A page of the list. */
        200: {
          content: {
            "application/json": {
              data: components["schemas"]["OrganizationResponse"][];
              /** @example 20 */
              limit: number;
              /**
               * @description Passed as `cursor` it continues the list; null at the end.
               * @example null
               */
              next_cursor: string | null;
              /** @example 0 */
              offset: number;
              /**
               * @example desc
               * @enum {string}
               */
              sort_dir: "asc" | "desc";
              /** @example created_at */
              sort_field: string;
              /**
               * @description Rows of the whole list, under its filters. Counted to 1,000, which stands for so many or more; `next_cursor` says whether the list goes on.
               * @example 42
               */
              total: number;
            };
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
    /**
     * Make an organization
     * @description Whoever makes it owns it.
     */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["CreateOrganizationBody"];
        };
      };
      responses: {
        201: {
          content: {
            "application/json": components["schemas"]["OrganizationResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/organizations/{organization_id}": {
    /** Get an organization */
    get: {
      parameters: {
        path: {
          organization_id: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["OrganizationResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
    /**
     * Delete an organization
     * @description With its members, roles, teams and invitations. Its owners may.
     */
    delete: {
      parameters: {
        path: {
          organization_id: string;
        };
      };
      responses: {
        204: object;
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
    /** Change an organization */
    patch: {
      parameters: {
        path: {
          organization_id: string;
        };
      };
      requestBody: {
        content: {
          "application/json": components["schemas"]["UpdateOrganizationBody"];
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["OrganizationResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/organizations/{organization_id}/aliases": {
    /** List the former slugs of an organization */
    get: {
      parameters: {
        path: {
          organization_id: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["SlugAliasesResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/organizations/{organization_id}/audit": {
    /**
     * Read what happened in the organization
     * @description The latest first. Sortable by `created_at`, `action`, `severity` and `actor_id`.
     */
    get: {
      parameters: {
        query?: {
          action?: string;
          /** @description What this account did. */
          actor_id?: string;
          /** @description `next_cursor` of the page before, in the same order. */
          cursor?: string;
          /** @description This moment and later. */
          from?: string;
          /** @description The most rows to answer; a value out of range is brought into it. */
          limit?: number;
          /** @description Rows to skip; without effect beside a cursor. */
          offset?: number;
          severity?: "info" | "warning" | "critical";
          /** @description The direction, of ties by id too; anything else is desc. */
          sort_dir?: "asc" | "desc";
          /** @description The field to sort by; one that is not allowed gives the default. */
          sort_field?: string;
          /** @description What was done to this. */
          target_id?: string;
          /** @description Before this moment. */
          to?: string;
        };
        path: {
          organization_id: string;
        };
      };
      responses: {
        /** @description A page of the list. */
        200: {
          content: {
            "application/json": {
              data: components["schemas"]["AuditRecordResponse"][];
              /** @example 20 */
              limit: number;
              /**
               * @description Passed as `cursor` it continues the list; null at the end.
               * @example null
               */
              next_cursor: string | null;
              /** @example 0 */
              offset: number;
              /**
               * @example desc
               * @enum {string}
               */
              sort_dir: "asc" | "desc";
              /** @example created_at */
              sort_field: string;
              /**
               * @description Rows of the whole list, under its filters. Counted to 1,000, which stands for so many or more; `next_cursor` says whether the list goes on.
               * @example 42
               */
              total: number;
            };
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/organizations/{organization_id}/audit/export": {
    /**
     * Export what happened in the organization
     * @description All that the filters let through, the latest first, as a download: CSV (RFC 4180, with a line of names; what a spreadsheet would take for a formula stands behind an apostrophe) or a JSON object a line.
     */
    get: {
      parameters: {
        query?: {
          action?: string;
          /** @description What this account did. */
          actor_id?: string;
          format?: "csv" | "ndjson";
          /** @description This moment and later. */
          from?: string;
          severity?: "info" | "warning" | "critical";
          /** @description What was done to this. */
          target_id?: string;
          /** @description Before this moment. */
          to?: string;
        };
        path: {
          organization_id: string;
        };
      };
      responses: {
        /** @description The records. */
        200: {
          content: {
            "application/x-ndjson": string;
            "text/csv": string;
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/organizations/{organization_id}/invitations": {
    /**
     * List the invitations into an organization
     * @description Sortable by `created_at`, `expires_at`, `status` and `purpose`.
     */
    get: {
      parameters: {
        query?: {
          /** @description `next_cursor` of the page before, in the same order. */
          cursor?: string;
          /** @description Those to this address. */
          email?: string;
          /** @description Those that this account has sent. */
          inviter_id?: string;
          /** @description The most rows to answer; a value out of range is brought into it. */
          limit?: number;
          /** @description Rows to skip; without effect beside a cursor. */
          offset?: number;
          /** @description The direction, of ties by id too; anything else is desc. */
          sort_dir?: "asc" | "desc";
          /** @description The field to sort by; one that is not allowed gives the default. */
          sort_field?: string;
          status?: "pending" | "accepted" | "declined" | "revoked" | "expired";
        };
        path: {
          organization_id: string;
        };
      };
      responses: {
        /** @description A page of the list. */
        200: {
          content: {
            "application/json": {
              data: components["schemas"]["InvitationResponse"][];
              /** @example 20 */
              limit: number;
              /**
               * @description Passed as `cursor` it continues the list; null at the end.
               * @example null
               */
              next_cursor: string | null;
              /** @example 0 */
              offset: number;
              /**
               * @example desc
               * @enum {string}
               */
              sort_dir: "asc" | "desc";
              /** @example created_at */
              sort_field: string;
              /**
               * @description Rows of the whole list, under its filters. Counted to 1,000, which stands for so many or more; `next_cursor` says whether the list goes on.
               * @example 42
               */
              total: number;
            };
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
    /**
     * Invite somebody into an organization
     * @description To one’s own role at most. An address or an account has one pending invitation into an organization.
     */
    post: {
      parameters: {
        path: {
          organization_id: string;
        };
      };
      requestBody: {
        content: {
          "application/json": components["schemas"]["CreateOrganizationInvitationBody"];
        };
      };
      responses: {
        201: {
          content: {
            "application/json": components["schemas"]["InvitationResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/organizations/{organization_id}/invitations/{id}": {
    /** Get an invitation into an organization */
    get: {
      parameters: {
        path: {
          id: string;
          organization_id: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["InvitationResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
    /**
     * Withdraw an invitation into an organization
     * @description Its record stays, as `revoked`.
     */
    delete: {
      parameters: {
        path: {
          id: string;
          organization_id: string;
        };
      };
      responses: {
        204: object;
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/organizations/{organization_id}/invitations/{id}/resend": {
    /**
     * Send an invitation into an organization again
     * @description With a new link and a new time; the link before is void. Once a minute.
     */
    post: {
      parameters: {
        path: {
          id: string;
          organization_id: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["InvitationResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/organizations/{organization_id}/leave": {
    /** Leave an organization */
    post: {
      parameters: {
        path: {
          organization_id: string;
        };
      };
      responses: {
        204: object;
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/organizations/{organization_id}/members": {
    /**
     * List the members
     * @description Sortable by `joined_at` and `role`.
     */
    get: {
      parameters: {
        query?: {
          /** @description `next_cursor` of the page before, in the same order. */
          cursor?: string;
          /** @description The most rows to answer; a value out of range is brought into it. */
          limit?: number;
          /** @description Rows to skip; without effect beside a cursor. */
          offset?: number;
          role?: "owner" | "admin" | "member";
          /** @description The direction, of ties by id too; anything else is desc. */
          sort_dir?: "asc" | "desc";
          /** @description The field to sort by; one that is not allowed gives the default. */
          sort_field?: string;
        };
        path: {
          organization_id: string;
        };
      };
      responses: {
        /** @description A page of the list. */
        200: {
          content: {
            "application/json": {
              data: components["schemas"]["MemberResponse"][];
              /** @example 20 */
              limit: number;
              /**
               * @description Passed as `cursor` it continues the list; null at the end.
               * @example null
               */
              next_cursor: string | null;
              /** @example 0 */
              offset: number;
              /**
               * @example desc
               * @enum {string}
               */
              sort_dir: "asc" | "desc";
              /** @example created_at */
              sort_field: string;
              /**
               * @description Rows of the whole list, under its filters. Counted to 1,000, which stands for so many or more; `next_cursor` says whether the list goes on.
               * @example 42
               */
              total: number;
            };
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/organizations/{organization_id}/members/{user_id}": {
    /** Get a member */
    get: {
      parameters: {
        path: {
          organization_id: string;
          user_id: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["MemberResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
    /** Remove a member */
    delete: {
      parameters: {
        path: {
          organization_id: string;
          user_id: string;
        };
      };
      responses: {
        204: object;
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
    /**
     * Change a member’s role
     * @description To one’s own role at most, and of members who are not above oneself.
     */
    patch: {
      parameters: {
        path: {
          organization_id: string;
          user_id: string;
        };
      };
      requestBody: {
        content: {
          "application/json": components["schemas"]["MemberRoleBody"];
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["MemberResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/organizations/{organization_id}/roles": {
    /**
     * List the organization’s own roles
     * @description Sortable by `created_at`, `slug` and `name`.
     */
    get: {
      parameters: {
        query?: {
          /** @description `next_cursor` of the page before, in the same order. */
          cursor?: string;
          /** @description The most rows to answer; a value out of range is brought into it. */
          limit?: number;
          /** @description Rows to skip; without effect beside a cursor. */
          offset?: number;
          /** @description Literal text in slug or name, whatever its case. */
          query?: string;
          /** @description The direction, of ties by id too; anything else is desc. */
          sort_dir?: "asc" | "desc";
          /** @description The field to sort by; one that is not allowed gives the default. */
          sort_field?: string;
        };
        path: {
          organization_id: string;
        };
      };
      responses: {
        /** @description A page of the list. */
        200: {
          content: {
            "application/json": {
              data: components["schemas"]["RoleResponse"][];
              /** @example 20 */
              limit: number;
              /**
               * @description Passed as `cursor` it continues the list; null at the end.
               * @example null
               */
              next_cursor: string | null;
              /** @example 0 */
              offset: number;
              /**
               * @example desc
               * @enum {string}
               */
              sort_dir: "asc" | "desc";
              /** @example created_at */
              sort_field: string;
              /**
               * @description Rows of the whole list, under its filters. Counted to 1,000, which stands for so many or more; `next_cursor` says whether the list goes on.
               * @example 42
               */
              total: number;
            };
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
    /**
     * Make a role of the organization’s own
     * @description With no permission beyond one’s own.
     */
    post: {
      parameters: {
        path: {
          organization_id: string;
        };
      };
      requestBody: {
        content: {
          "application/json": components["schemas"]["CreateRoleRequest"];
        };
      };
      responses: {
        201: {
          content: {
            "application/json": components["schemas"]["RoleResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/organizations/{organization_id}/roles/{role_id}": {
    /** Get a role of the organization’s own */
    get: {
      parameters: {
        path: {
          organization_id: string;
          role_id: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["RoleResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
    /** Delete a role of the organization’s own */
    delete: {
      parameters: {
        path: {
          organization_id: string;
          role_id: string;
        };
      };
      responses: {
        204: object;
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
    /** Change a role of the organization’s own */
    patch: {
      parameters: {
        path: {
          organization_id: string;
          role_id: string;
        };
      };
      requestBody: {
        content: {
          "application/json": components["schemas"]["UpdateRoleRequest"];
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["RoleResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/organizations/{organization_id}/roles/{role_id}/assignments": {
    /**
     * List who has a role
     * @description Sortable by `created_at`.
     */
    get: {
      parameters: {
        query?: {
          /** @description `next_cursor` of the page before, in the same order. */
          cursor?: string;
          /** @description The most rows to answer; a value out of range is brought into it. */
          limit?: number;
          /** @description Rows to skip; without effect beside a cursor. */
          offset?: number;
          /** @description The direction, of ties by id too; anything else is desc. */
          sort_dir?: "asc" | "desc";
          /** @description The field to sort by; one that is not allowed gives the default. */
          sort_field?: string;
        };
        path: {
          organization_id: string;
          role_id: string;
        };
      };
      responses: {
        /** @description A page of the list. */
        200: {
          content: {
            "application/json": {
              data: components["schemas"]["RoleAssignmentResponse"][];
              /** @example 20 */
              limit: number;
              /**
               * @description Passed as `cursor` it continues the list; null at the end.
               * @example null
               */
              next_cursor: string | null;
              /** @example 0 */
              offset: number;
              /**
               * @example desc
               * @enum {string}
               */
              sort_dir: "asc" | "desc";
              /** @example created_at */
              sort_field: string;
              /**
               * @description Rows of the whole list, under its filters. Counted to 1,000, which stands for so many or more; `next_cursor` says whether the list goes on.
               * @example 42
               */
              total: number;
            };
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
    /**
     * Give a role to a member
     * @description One that holds no permission beyond one’s own. Counts at once.
     */
    post: {
      parameters: {
        path: {
          organization_id: string;
          role_id: string;
        };
      };
      requestBody: {
        content: {
          "application/json": components["schemas"]["AssignRoleRequest"];
        };
      };
      responses: {
        201: {
          content: {
            "application/json": components["schemas"]["RoleAssignmentResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/organizations/{organization_id}/roles/{role_id}/assignments/{user_id}": {
    /** Take a role from a member */
    delete: {
      parameters: {
        path: {
          organization_id: string;
          role_id: string;
          user_id: string;
        };
      };
      responses: {
        204: object;
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/organizations/{organization_id}/switch": {
    /**
     * Make an organization the active one
     * @description Answers a new pair of tokens with `org_id`, `org_role` and `org_permissions`. The refresh token is consumed, unless the answer is a refusal.
     */
    post: {
      parameters: {
        path: {
          organization_id: string;
        };
      };
      requestBody: {
        content: {
          "application/json": components["schemas"]["SwitchOrganizationBody"];
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["TokenResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/organizations/{organization_id}/teams": {
    /**
     * List the teams
     * @description Sortable by `created_at` and `name`.
     */
    get: {
      parameters: {
        query?: {
          /** @description `next_cursor` of the page before, in the same order. */
          cursor?: string;
          /** @description The most rows to answer; a value out of range is brought into it. */
          limit?: number;
          /** @description Rows to skip; without effect beside a cursor. */
          offset?: number;
          /** @description The direction, of ties by id too; anything else is desc. */
          sort_dir?: "asc" | "desc";
          /** @description The field to sort by; one that is not allowed gives the default. */
          sort_field?: string;
        };
        path: {
          organization_id: string;
        };
      };
      responses: {
        /** @description A page of the list. */
        200: {
          content: {
            "application/json": {
              data: components["schemas"]["TeamResponse"][];
              /** @example 20 */
              limit: number;
              /**
               * @description Passed as `cursor` it continues the list; null at the end.
               * @example null
               */
              next_cursor: string | null;
              /** @example 0 */
              offset: number;
              /**
               * @example desc
               * @enum {string}
               */
              sort_dir: "asc" | "desc";
              /** @example created_at */
              sort_field: string;
              /**
               * @description Rows of the whole list, under its filters. Counted to 1,000, which stands for so many or more; `next_cursor` says whether the list goes on.
               * @example 42
               */
              total: number;
            };
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
    /** Make a team */
    post: {
      parameters: {
        path: {
          organization_id: string;
        };
      };
      requestBody: {
        content: {
          "application/json": components["schemas"]["CreateTeamBody"];
        };
      };
      responses: {
        201: {
          content: {
            "application/json": components["schemas"]["TeamResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/organizations/{organization_id}/teams/{team_id}": {
    /** Get a team */
    get: {
      parameters: {
        path: {
          organization_id: string;
          team_id: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["TeamResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
    /** Delete a team */
    delete: {
      parameters: {
        path: {
          organization_id: string;
          team_id: string;
        };
      };
      responses: {
        204: object;
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
    /** Change a team */
    patch: {
      parameters: {
        path: {
          organization_id: string;
          team_id: string;
        };
      };
      requestBody: {
        content: {
          "application/json": components["schemas"]["UpdateTeamBody"];
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["TeamResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/organizations/{organization_id}/teams/{team_id}/members": {
    /**
     * List who is in a team
     * @description Sortable by `created_at`.
     */
    get: {
      parameters: {
        query?: {
          /** @description `next_cursor` of the page before, in the same order. */
          cursor?: string;
          /** @description The most rows to answer; a value out of range is brought into it. */
          limit?: number;
          /** @description Rows to skip; without effect beside a cursor. */
          offset?: number;
          /** @description The direction, of ties by id too; anything else is desc. */
          sort_dir?: "asc" | "desc";
          /** @description The field to sort by; one that is not allowed gives the default. */
          sort_field?: string;
        };
        path: {
          organization_id: string;
          team_id: string;
        };
      };
      responses: {
        /** @description A page of the list. */
        200: {
          content: {
            "application/json": {
              data: components["schemas"]["TeamMemberResponse"][];
              /** @example 20 */
              limit: number;
              /**
               * @description Passed as `cursor` it continues the list; null at the end.
               * @example null
               */
              next_cursor: string | null;
              /** @example 0 */
              offset: number;
              /**
               * @example desc
               * @enum {string}
               */
              sort_dir: "asc" | "desc";
              /** @example created_at */
              sort_field: string;
              /**
               * @description Rows of the whole list, under its filters. Counted to 1,000, which stands for so many or more; `next_cursor` says whether the list goes on.
               * @example 42
               */
              total: number;
            };
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
    /** Add a member to a team */
    post: {
      parameters: {
        path: {
          organization_id: string;
          team_id: string;
        };
      };
      requestBody: {
        content: {
          "application/json": components["schemas"]["TeamMemberBody"];
        };
      };
      responses: {
        204: object;
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/organizations/{organization_id}/teams/{team_id}/members/{user_id}": {
    /** Take a member out of a team */
    delete: {
      parameters: {
        path: {
          organization_id: string;
          team_id: string;
          user_id: string;
        };
      };
      responses: {
        204: object;
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/organizations/{organization_id}/transfer": {
    /**
     * Hand an organization over
     * @description Another member becomes its owner, and whoever hands over an admin.
     */
    post: {
      parameters: {
        path: {
          organization_id: string;
        };
      };
      requestBody: {
        content: {
          "application/json": components["schemas"]["TransferOwnershipBody"];
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["MemberResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/organizations/active": {
    /**
     * Go on without an active organization
     * @description Answers a new pair of tokens.
     */
    delete: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["SwitchOrganizationBody"];
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["TokenResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/organizations/by-slug/{slug}": {
    /**
     * Get an organization by its slug
     * @description Former slugs lead to it too.
     */
    get: {
      parameters: {
        path: {
          slug: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["OrganizationResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/pages/{page}": {
    /**
     * Show a page that a link leads to
     * @description The token stays in the fragment of the address: opening a page consumes nothing, its button does.
     */
    get: {
      parameters: {
        path: {
          page: string;
        };
      };
      responses: {
        200: {
          content: {
            "text/html": string;
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/password/forgot": {
    /**
     * Ask for a new password
     * @description An email brings a link and a code, a text message a code. Answers alike whether there is an account or not.
     */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["ForgotPasswordBody"];
        };
      };
      responses: {
        202: {
          content: {
            "application/json": components["schemas"]["AcceptedResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/password/reset": {
    /**
     * Replace a forgotten password
     * @description With `token`; or `email` and `code`; or `phone_number` and `code`. Ends every session, and signs nobody in.
     */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["ResetPasswordBody"];
        };
      };
      responses: {
        204: object;
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/phone/verify/confirm": {
    /**
     * Prove a phone number, or confirm a sign-up by it
     * @description For an account: `phone_number` and `code`. For a sign-up: `registration_id`, `code` and `password`; it becomes an account then.
     */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["ConfirmPhoneBody"];
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["AddressConfirmationResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/phone/verify/request": {
    /**
     * Have the code that proves a phone number sent
     * @description Answers alike whether the address is known or not. Asked for again, it voids what was sent before.
     */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["RequestPhoneVerificationBody"];
        };
      };
      responses: {
        202: {
          content: {
            "application/json": components["schemas"]["AcceptedResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/refresh": {
    /**
     * Replace the pair of tokens
     * @description Rotates the refresh token. Repeated within the grace, the answer holds the same tokens; after it, or once those have been replaced in turn, the session ends.
     */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["RefreshBody"];
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["TokenResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/roles": {
    /**
     * List the roles of the platform
     * @description Sortable by `created_at`, `slug` and `name`.
     */
    get: {
      parameters: {
        query?: {
          /** @description `next_cursor` of the page before, in the same order. */
          cursor?: string;
          /** @description The most rows to answer; a value out of range is brought into it. */
          limit?: number;
          /** @description Rows to skip; without effect beside a cursor. */
          offset?: number;
          /** @description Literal text in slug or name, whatever its case. */
          query?: string;
          /** @description The direction, of ties by id too; anything else is desc. */
          sort_dir?: "asc" | "desc";
          /** @description The field to sort by; one that is not allowed gives the default. */
          sort_field?: string;
        };
      };
      responses: {
        /** @description A page of the list. */
        200: {
          content: {
            "application/json": {
              data: components["schemas"]["RoleResponse"][];
              /** @example 20 */
              limit: number;
              /**
               * @description Passed as `cursor` it continues the list; null at the end.
               * @example null
               */
              next_cursor: string | null;
              /** @example 0 */
              offset: number;
              /**
               * @example desc
               * @enum {string}
               */
              sort_dir: "asc" | "desc";
              /** @example created_at */
              sort_field: string;
              /**
               * @description Rows of the whole list, under its filters. Counted to 1,000, which stands for so many or more; `next_cursor` says whether the list goes on.
               * @example 42
               */
              total: number;
            };
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
    /**
     * Make a role
     * @description With no permission beyond one’s own.
     */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["CreateRoleRequest"];
        };
      };
      responses: {
        201: {
          content: {
            "application/json": components["schemas"]["RoleResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/roles/{id}": {
    /** Show a role */
    get: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["RoleResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
    /**
     * Delete a role
     * @description Whoever has it loses it at once.
     */
    delete: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        204: object;
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
    /**
     * Change a role
     * @description What is left out stays. The role may hold no permission beyond one’s own, before and after. Counts for whoever has the role at once.
     */
    patch: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          "application/json": components["schemas"]["UpdateRoleRequest"];
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["RoleResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/roles/{id}/assignments": {
    /**
     * List who has a role
     * @description Sortable by `created_at`.
     */
    get: {
      parameters: {
        query?: {
          /** @description `next_cursor` of the page before, in the same order. */
          cursor?: string;
          /** @description The most rows to answer; a value out of range is brought into it. */
          limit?: number;
          /** @description Rows to skip; without effect beside a cursor. */
          offset?: number;
          /** @description The direction, of ties by id too; anything else is desc. */
          sort_dir?: "asc" | "desc";
          /** @description The field to sort by; one that is not allowed gives the default. */
          sort_field?: string;
        };
        path: {
          id: string;
        };
      };
      responses: {
        /** @description A page of the list. */
        200: {
          content: {
            "application/json": {
              data: components["schemas"]["RoleAssignmentResponse"][];
              /** @example 20 */
              limit: number;
              /**
               * @description Passed as `cursor` it continues the list; null at the end.
               * @example null
               */
              next_cursor: string | null;
              /** @example 0 */
              offset: number;
              /**
               * @example desc
               * @enum {string}
               */
              sort_dir: "asc" | "desc";
              /** @example created_at */
              sort_field: string;
              /**
               * @description Rows of the whole list, under its filters. Counted to 1,000, which stands for so many or more; `next_cursor` says whether the list goes on.
               * @example 42
               */
              total: number;
            };
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
    /**
     * Give a role to a user
     * @description One that holds no permission beyond one’s own. Counts at once.
     */
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          "application/json": components["schemas"]["AssignRoleRequest"];
        };
      };
      responses: {
        201: {
          content: {
            "application/json": components["schemas"]["RoleAssignmentResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/roles/{id}/assignments/{user_id}": {
    /**
     * Take a role from a user
     * @description One that holds no permission beyond one’s own. Counts at once.
     */
    delete: {
      parameters: {
        path: {
          id: string;
          user_id: string;
        };
      };
      responses: {
        204: object;
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/sessions": {
    /**
     * List one’s sessions
     * @description Living ones, one entry a login. Sortable by `created_at`, `expires_at` and `ip_address`.
     */
    get: {
      parameters: {
        query?: {
          /** @description `next_cursor` of the page before, in the same order. */
          cursor?: string;
          /** @description The most rows to answer; a value out of range is brought into it. */
          limit?: number;
          /** @description Rows to skip; without effect beside a cursor. */
          offset?: number;
          /** @description The direction, of ties by id too; anything else is desc. */
          sort_dir?: "asc" | "desc";
          /** @description The field to sort by; one that is not allowed gives the default. */
          sort_field?: string;
        };
      };
      responses: {
        /** @description A page of the list. */
        200: {
          content: {
            "application/json": {
              data: components["schemas"]["SessionResponse"][];
              /** @example 20 */
              limit: number;
              /**
               * @description Passed as `cursor` it continues the list; null at the end.
               * @example null
               */
              next_cursor: string | null;
              /** @example 0 */
              offset: number;
              /**
               * @example desc
               * @enum {string}
               */
              sort_dir: "asc" | "desc";
              /** @example created_at */
              sort_field: string;
              /**
               * @description Rows of the whole list, under its filters. Counted to 1,000, which stands for so many or more; `next_cursor` says whether the list goes on.
               * @example 42
               */
              total: number;
            };
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
    /**
     * End all other sessions
     * @description This one goes on.
     */
    delete: {
      parameters: NoParameters;
      responses: {
        204: object;
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/sessions/{id}": {
    /** End one of one’s sessions */
    delete: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        204: object;
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/signup": {
    /**
     * Sign up with a password
     * @description Where no address has to be proven, the account exists at once (201). Where one has, the sign-up waits for its confirmation (202), alike for addresses that are free and that are taken.
     */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["SignUpBody"];
        };
      };
      responses: {
        201: {
          content: {
            "application/json": components["schemas"]["SignedUpResponse"];
          };
        };
        202: {
          content: {
            "application/json": components["schemas"]["VerificationRequiredResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/slugs/users/{slug}": {
    /** Find whose username it is, or was */
    get: {
      parameters: {
        path: {
          slug: string;
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["SlugResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/two-factor": {
    /** Show one’s second factors */
    get: {
      parameters: NoParameters;
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["TwoFactorResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/two-factor/{method}": {
    /**
     * Remove one second factor
     * @description With the password, or with a code of a second factor. Trusted devices go too, and with the last method the backup codes.
     */
    delete: {
      parameters: {
        path: {
          method: "totp" | "sms" | "email";
        };
      };
      requestBody: {
        content: {
          "application/json": components["schemas"]["OwnershipBody"];
        };
      };
      responses: {
        204: object;
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/two-factor/backup-codes": {
    /**
     * Make new backup codes
     * @description With the password, or with a code of a second factor. The older ones no longer work.
     */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["OwnershipBody"];
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["BackupCodesResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/two-factor/challenge/send": {
    /**
     * Have the code of a sign-in sent
     * @description By `sms` or `email`. One a minute; a new one voids the older.
     */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["SendChallengeBody"];
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["SentCodeResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/two-factor/challenge/totp/confirm": {
    /**
     * Confirm the app, and complete the sign-in
     * @description A session that the request belongs to ends.
     */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["ConfirmChallengeBody"];
        };
      };
      responses: {
        /** @description Tokens, or another challenge. */
        200: {
          content: {
            "application/json": components["schemas"]["EnrolledTokenResponse"] | components["schemas"]["EnrolledChallengeResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/two-factor/challenge/totp/enrol": {
    /**
     * Set up an authenticator app on the way in
     * @description For challenges with `enrol` alone: the user has to have a second factor, and has none yet.
     */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["ChallengeBody"];
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["TotpEnrolmentResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/two-factor/challenge/verify": {
    /**
     * Complete a sign-in by a second factor
     * @description A wrong code leaves the challenge open; there are five guesses an hour, over all methods. A session that the request belongs to ends.
     */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["VerifyChallengeBody"];
        };
      };
      responses: {
        /** @description Tokens, or another challenge. */
        200: {
          content: {
            "application/json": components["schemas"]["TwoFactorTokenResponse"] | components["schemas"]["ChallengeResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/two-factor/disable": {
    /**
     * Remove every second factor
     * @description With the password, or with a code of a second factor. Backup codes and trusted devices go too.
     */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["OwnershipBody"];
        };
      };
      responses: {
        204: object;
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/two-factor/email/confirm": {
    /** Confirm codes by email */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["ConfirmBody"];
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["EnabledResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/two-factor/email/enrol": {
    /**
     * Set up codes by email
     * @description With the password, or within ten minutes of proving who one is. They go to the account’s address.
     */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["EnrolBody"];
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["SentCodeResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/two-factor/sms/confirm": {
    /** Confirm codes by text message */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["ConfirmBody"];
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["EnabledResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/two-factor/sms/enrol": {
    /**
     * Set up codes by text message
     * @description With the password, or within ten minutes of proving who one is.
     */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["EnrolSmsBody"];
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["SentCodeResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/two-factor/step-up": {
    /**
     * Prove again who one is
     * @description Raises `auth_time`, `amr` and `acr` of the session. Opaque access tokens say so at once; a JWT says it once it is refreshed.
     */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["FactorBody"];
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["StepUpResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/two-factor/step-up/send": {
    /**
     * Have a code sent
     * @description For a step-up, or for what else asks for a second factor of somebody who is signed in.
     */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["MethodBody"];
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["SentCodeResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/two-factor/totp/confirm": {
    /** Confirm an authenticator app */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["ConfirmBody"];
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["EnabledResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
  "/two-factor/totp/enrol": {
    /**
     * Set up an authenticator app
     * @description With the password, or within ten minutes of proving who one is. An app that is set up already goes on until the new one is confirmed.
     */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components["schemas"]["EnrolBody"];
        };
      };
      responses: {
        200: {
          content: {
            "application/json": components["schemas"]["TotpEnrolmentResponse"];
          };
        };
        default: {
          content: {
            "application/problem+json": components["schemas"]["Problem"];
          };
        };
      };
    };
  };
}
export interface components {
  schemas: {
    AcceptedResponse: {
      /**
       * @example accepted
       * @enum {string}
       */
      status: "accepted";
    };
    AccountResponse: {
      /**
       * Format: date-time
       * @example 2026-01-01T12:00:00.000Z
       */
      created_at: string;
      /**
       * @description Whether the provider vouches for the address.
       * @example true
       */
      email_verified: boolean;
      /**
       * Format: date-time
       * @description End of the provider’s access token, where it told.
       * @example 2026-01-01T12:00:00.000Z
       */
      expires_at: string | null;
      /**
       * Format: uuid
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      id: string;
      /**
       * Format: date-time
       * @example 2026-01-01T12:00:00.000Z
       */
      last_used_at: string;
      /** @example github */
      provider: string;
      /**
       * @description What the provider calls the account for good.
       * @example 583231
       */
      provider_account_id: string;
      /** @example ada@example.com */
      provider_email: string | null;
      /**
       * @description Its name there, as of the latest sign-in.
       * @example ada
       */
      provider_username: string | null;
      /**
       * @example [
       *       "read:user",
       *       "user:email"
       *     ]
       */
      scopes: string[];
      /**
       * @example oauth
       * @enum {string}
       */
      type: "oauth" | "oidc";
    };
    AddressConfirmationResponse: {
      /**
       * @description `registered`: a sign-up has become an account.
       * @example verified
       * @enum {string}
       */
      status: "verified" | "registered";
      /** @description The new account. */
      user?: components["schemas"]["UserResponse"];
    };
    AdminUserResponse: {
      /** @example true */
      active: boolean;
      /** @example https://example.com/ada.png */
      avatar: string | null;
      /** @example null */
      ban_reason: string | null;
      /**
       * Format: date-time
       * @example null
       */
      banned_at: string | null;
      /**
       * Format: uuid
       * @example null
       */
      banned_by: string | null;
      /**
       * Format: date-time
       * @description null beside `banned_at`: for good. In the past: the ban is over.
       * @example null
       */
      banned_until: string | null;
      /** @example Writes programs for engines. */
      biography: string | null;
      /**
       * Format: date-time
       * @example 2026-01-01T00:00:00.000Z
       */
      created_at: string;
      /**
       * Format: date-time
       * @example null
       */
      deleted_at: string | null;
      /**
       * Format: email
       * @example ada@example.com
       */
      email: string | null;
      /** @example true */
      email_verified: boolean;
      /** @example Ada */
      first_name: string | null;
      /**
       * @description False: the account signs in by other means.
       * @example true
       */
      has_password: boolean;
      /**
       * Format: uuid
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      id: string;
      /**
       * Format: uuid
       * @description The administrator who acts as this user in this session. In answers about oneself.
       * @example null
       */
      impersonated_by?: string | null;
      /** @example false */
      is_super_admin: boolean;
      /**
       * Format: date-time
       * @example 2026-01-01T00:00:00.000Z
       */
      last_login_at: string | null;
      /** @example Lovelace */
      last_name: string | null;
      /**
       * @description BCP 47; the language of messages.
       * @example en-GB
       */
      locale: string | null;
      /**
       * Format: date-time
       * @description Password sign-in is refused until then.
       * @example null
       */
      locked_until: string | null;
      /** @example Ada Lovelace */
      name: string | null;
      /**
       * Format: email
       * @description An address that waits to be confirmed. In answers about oneself.
       * @example null
       */
      pending_email?: string | null;
      /**
       * @description A phone number that waits to be confirmed. In answers about oneself.
       * @example null
       */
      pending_phone_number?: string | null;
      /**
       * @description E.164.
       * @example +41446681800
       */
      phone_number: string | null;
      /** @example false */
      phone_number_verified: boolean;
      /**
       * Format: date-time
       * @example 2026-01-01T00:00:00.000Z
       */
      updated_at: string;
      /** @example ada.lovelace */
      username: string | null;
    };
    AssignRoleRequest: {
      /**
       * Format: uuid
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      user_id: string;
    };
    AuditRecordResponse: {
      /** @example auth.login */
      action: string;
      /**
       * Format: uuid
       * @description The account that acted.
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      actor_id: string | null;
      /**
       * @example user
       * @enum {string}
       */
      actor_type: "user" | "admin" | "system" | "anonymous";
      /**
       * Format: date-time
       * @example 2026-01-01T00:00:00.000Z
       */
      created_at: string;
      /** @example The user signed in. */
      details: string;
      /**
       * Format: uuid
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      id: string;
      /**
       * Format: uuid
       * @description The administrator who acted as that account.
       * @example null
       */
      impersonator_id: string | null;
      /**
       * @description null where it is not known, was erased, or is somebody else’s.
       * @example 203.0.113.9
       */
      ip_address: string | null;
      /**
       * @example {
       *       "methods": [
       *         "pwd"
       *       ]
       *     }
       */
      metadata: {
        [key: string]: unknown;
      };
      /**
       * Format: uuid
       * @example null
       */
      organization_id: string | null;
      /**
       * Format: uuid
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      request_id: string;
      /**
       * @example info
       * @enum {string}
       */
      severity: "info" | "warning" | "critical";
      /** @example 01890a5d-ac96-774b-bcce-b302099a8057 */
      target_id: string | null;
      /** @example user */
      target_type: string | null;
      /**
       * @description As `ip_address`.
       * @example Mozilla/5.0
       */
      user_agent: string | null;
    };
    AuthorizeBody: {
      /**
       * @description The client’s own PKCE (RFC 7636, S256): the result is given against the verifier alone.
       * @example E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM
       */
      code_challenge?: string;
      /**
       * @description What the session is called in lists.
       * @example Ada’s laptop
       */
      device_name?: string;
      /**
       * @description Links the provider’s account to the signed-in user, within ten minutes of signing in.
       * @default false
       * @example false
       */
      link?: boolean;
      /**
       * @description How the result arrives: the browser is sent to `redirect_to` with a one-time `code`; a popup posts it to its opener of the origin of `redirect_to`; or the callback’s answer is the result.
       * @default redirect
       * @enum {string}
       */
      mode?: "redirect" | "popup" | "json";
      /**
       * @description On the allow-list. In the mode `json`, an address of the client’s own that is registered with the provider, where it takes the provider’s answer itself.
       * @example https://app.example.com/signed-in
       */
      redirect_to?: string;
      /**
       * @description For a new account; else one is derived from the profile.
       * @example ada.lovelace
       */
      username?: string;
    };
    AuthorizeResponse: {
      /**
       * @description Seconds until the sign-in has to be over.
       * @example 600
       */
      state_expires_in: number;
      /**
       * Format: uri
       * @example https://github.com/login/oauth/authorize?client_id=…&state=…
       */
      url: string;
    };
    AvailabilityResponse: {
      /** @example true */
      available: boolean;
    };
    BackupCodesResponse: {
      /**
       * @description Ten; shown this once. Each works once.
       * @example [
       *       "7K2QF-M0XD9-TRA4W-C8HJN"
       *     ]
       */
      backup_codes: string[];
    };
    BanRequest: {
      /**
       * @description The user is told when signing in.
       * @example Sent spam.
       */
      reason?: string | null;
      /**
       * Format: date-time
       * @description When the ban ends by itself, in the future. Left out: never.
       * @example 2030-01-01T00:00:00.000Z
       */
      until?: string | null;
    };
    BulkRequest: {
      /**
       * @example ban
       * @enum {string}
       */
      action: "ban" | "unban" | "activate" | "deactivate" | "unlock" | "verify_email" | "force_password_reset" | "revoke_sessions" | "delete" | "restore" | "erase";
      /**
       * @description The user is told when signing in.
       * @example Sent spam.
       */
      reason?: string | null;
      /**
       * Format: date-time
       * @description When the ban ends by itself, in the future. Left out: never.
       * @example 2030-01-01T00:00:00.000Z
       */
      until?: string | null;
      /**
       * @example [
       *       "01890a5d-ac96-774b-bcce-b302099a8057"
       *     ]
       */
      user_ids: string[];
    };
    BulkResponse: {
      /** @example 0 */
      failed: number;
      /** @description One for each account, in the order of the request. */
      results: components["schemas"]["BulkResult"][];
      /** @example 1 */
      succeeded: number;
    };
    BulkResult: {
      /**
       * @description Where it was refused.
       * @example core.user_not_found
       */
      code?: string;
      /**
       * @description As the route for one account would have answered.
       * @example 200
       */
      status: number;
      /**
       * Format: uuid
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      user_id: string;
    };
    CaughtAnswerBody: {
      /**
       * @description The provider’s code.
       * @example 4/0AX4XfWh…
       */
      code: string;
      /**
       * @description Where the sign-in began with a `code_challenge`.
       * @example dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk
       */
      code_verifier?: string;
      /**
       * @description RFC 9207, where the provider sent it.
       * @example https://accounts.google.com
       */
      iss?: string;
      /** @example rR0cSq6mVn1Yb0M9yqGkU1c2o8C2cJ0Ew6d3c0s5bE8 */
      state: string;
    };
    ChallengeBody: {
      /** @example rR0cSq6mVn1Yb0M9yqGkU1c2o8C2cJ0Ew6d3c0s5bE8 */
      challenge_token: string;
    };
    ChallengeResponse: {
      /**
       * @description Opens nothing but the completion of the challenge.
       * @example rR0cSq6mVn1Yb0M9yqGkU1c2o8C2cJ0Ew6d3c0s5bE8
       */
      challenge_token: string;
      challenges: components["schemas"]["LoginChallengeResponse"][];
      /**
       * @description Seconds.
       * @example 300
       */
      expires_in: number;
      /**
       * @example challenge_required
       * @enum {string}
       */
      status: "challenge_required";
    };
    ChangeEmailBody: {
      /**
       * Format: email
       * @example ada@example.com
       */
      email: string;
      /**
       * Format: password
       * @description Needed unless the sign-in is younger than ten minutes.
       * @example a gatehouse of 7 towers
       */
      password?: string;
    };
    ChangePasswordBody: {
      /**
       * Format: password
       * @description Needed where the account has a password.
       * @example a gatehouse of 7 towers
       */
      current_password?: string;
      /**
       * Format: password
       * @example a gatehouse of 7 towers
       */
      new_password: string;
    };
    ChangePhoneBody: {
      /**
       * Format: password
       * @description Needed unless the sign-in is younger than ten minutes.
       * @example a gatehouse of 7 towers
       */
      password?: string;
      /** @example +41446681800 */
      phone_number: string;
    };
    ComponentHealth: {
      /**
       * @description Milliseconds that the answer took.
       * @example 1.2
       */
      latency_ms: number;
      /**
       * @example up
       * @enum {string}
       */
      status: "up" | "down";
    };
    ConfirmBody: {
      /** @example 048213 */
      code: string;
    };
    ConfirmChallengeBody: {
      /** @example rR0cSq6mVn1Yb0M9yqGkU1c2o8C2cJ0Ew6d3c0s5bE8 */
      challenge_token: string;
      /** @example 048213 */
      code: string;
      /** @example Ada’s laptop */
      device_name?: string;
      /**
       * @description Do not ask for a second factor on this device for some time.
       * @default false
       * @example true
       */
      trust_device?: boolean;
    };
    ConfirmEmailBody: {
      /** @example 048213 */
      code?: string;
      /**
       * Format: email
       * @example ada@example.com
       */
      email?: string;
      /**
       * Format: password
       * @description The one that was chosen at sign-up; needed to confirm a sign-up.
       * @example a gatehouse of 7 towers
       */
      password?: string;
      /**
       * Format: uuid
       * @description Of a sign-up that waits for its confirmation.
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      registration_id?: string;
      /** @example rR0cSq6mVn1Yb0M9yqGkU1c2o8C2cJ0Ew6d3c0s5bE8 */
      token?: string;
      /**
       * @description In place of the one of the sign-up, where somebody else has taken that meanwhile.
       * @example ada.lovelace
       */
      username?: string;
    };
    ConfirmEmailChangeBody: {
      /** @example 048213 */
      code?: string;
      /** @example rR0cSq6mVn1Yb0M9yqGkU1c2o8C2cJ0Ew6d3c0s5bE8 */
      token?: string;
    };
    ConfirmMagicLinkBody: {
      /** @example 048213 */
      code?: string;
      /**
       * @description What the session is called in lists.
       * @example Ada’s laptop
       */
      device_name?: string;
      /**
       * Format: email
       * @example ada@example.com
       */
      email?: string;
      /** @example rR0cSq6mVn1Yb0M9yqGkU1c2o8C2cJ0Ew6d3c0s5bE8 */
      token?: string;
      /**
       * @description In place of the one that was asked for, where somebody else has taken that meanwhile.
       * @example ada.lovelace
       */
      username?: string;
    };
    ConfirmPhoneBody: {
      /** @example 048213 */
      code: string;
      /**
       * Format: password
       * @description The one that was chosen at sign-up; needed to confirm a sign-up.
       * @example a gatehouse of 7 towers
       */
      password?: string;
      /** @example +41446681800 */
      phone_number?: string;
      /**
       * Format: uuid
       * @description Of a sign-up that waits for its confirmation.
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      registration_id?: string;
      /**
       * @description In place of the one of the sign-up, where somebody else has taken that meanwhile.
       * @example ada.lovelace
       */
      username?: string;
    };
    ConfirmPhoneChangeBody: {
      /** @example 048213 */
      code: string;
    };
    CreateInvitationBody: {
      /**
       * Format: email
       * @description Whom to invite; or `user_id`.
       * @example ada@example.com
       */
      email?: string;
      /**
       * @description BCP 47; the language of messages.
       * @example en-GB
       */
      locale?: string;
      /**
       * @description Whatever the application wants to keep with it; 4096 bytes at most.
       * @example {
       *       "campaign": "autumn"
       *     }
       */
      metadata?: {
        [key: string]: unknown;
      };
      /**
       * @description One that the application knows.
       * @example platform
       */
      purpose?: string;
      /**
       * Format: uuid
       * @description The account to invite; or `email`.
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      user_id?: string;
    };
    CreateOrganizationBody: {
      /** @example https://example.com/logo.png */
      logo_url?: string | null;
      /**
       * @description Whatever the application wants to keep with it.
       * @example {
       *       "plan": "team"
       *     }
       */
      metadata?: {
        [key: string]: unknown;
      };
      /** @example Analytical Engines */
      name: string;
      /**
       * @description Made of the name where it is not given.
       * @example analytical-engines
       */
      slug?: string;
    };
    CreateOrganizationInvitationBody: {
      /**
       * Format: email
       * @description Whom to invite; or `user_id`.
       * @example ada@example.com
       */
      email?: string;
      /**
       * @description BCP 47; the language of messages.
       * @example en-GB
       */
      locale?: string;
      /**
       * @description At most one’s own.
       * @default member
       * @example member
       * @enum {string}
       */
      role?: "owner" | "admin" | "member";
      /**
       * Format: uuid
       * @description The account to invite; or `email`.
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      user_id?: string;
    };
    CreateRoleRequest: {
      /** @example Reads the books. */
      description?: string | null;
      /** @example Auditor */
      name: string;
      /**
       * @description `resource:action`; `*` stands for every name of its part.
       * @example [
       *       "invoices:read",
       *       "orders:*"
       *     ]
       */
      permissions: string[];
      /**
       * @description What code calls the role; it never changes.
       * @example auditor
       */
      slug: string;
    };
    CreateTeamBody: {
      /** @example Calculators */
      name: string;
      /**
       * @description Made of the name where it is not given.
       * @example calculators
       */
      slug?: string;
    };
    CreateUserRequest: {
      /** @example https://example.com/ada.png */
      avatar?: string | null;
      /** @example Writes programs for engines. */
      biography?: string | null;
      /**
       * Format: email
       * @example ada@example.com
       */
      email?: string;
      /**
       * @description Vouch for the address.
       * @default false
       * @example true
       */
      email_verified?: boolean;
      /** @example Ada */
      first_name?: string | null;
      /** @example Lovelace */
      last_name?: string | null;
      /** @example en-GB */
      locale?: string | null;
      /** @example Ada Lovelace */
      name?: string | null;
      /**
       * @description Whether an account without a password is mailed a link to choose one.
       * @default true
       * @example true
       */
      notify?: boolean;
      /**
       * Format: password
       * @description Left out: the account has none, and is sent a link to choose one.
       * @example a gatehouse of 7 towers
       */
      password?: string;
      /** @example +41446681800 */
      phone_number?: string;
      /**
       * @description Vouch for the number.
       * @default false
       * @example false
       */
      phone_number_verified?: boolean;
      /** @example ada.lovelace */
      username?: string;
    };
    DayStatisticsResponse: {
      /**
       * Format: date
       * @description In UTC.
       * @example 2026-01-31
       */
      day: string;
      /**
       * @description Sign-ins that were refused.
       * @example 42
       */
      failed_logins: number;
      /**
       * @description Sign-ins that were completed; counted since the module is mounted.
       * @example 42
       */
      logins: number;
      /**
       * @description New accounts.
       * @example 42
       */
      sign_ups: number;
    };
    DeleteAccountRequest: {
      /**
       * Format: password
       * @description Needed unless the sign-in is younger than ten minutes.
       * @example a gatehouse of 7 towers
       */
      password?: string;
    };
    EmailChangedResponse: {
      /**
       * Format: email
       * @example ada@example.com
       */
      email: string;
    };
    EnabledResponse: {
      /**
       * @description Ten, shown this once; each works once. Null where there are some from another method.
       * @example [
       *       "7K2QF-M0XD9-TRA4W-C8HJN"
       *     ]
       */
      backup_codes: string[] | null;
      /**
       * @example true
       * @enum {boolean}
       */
      enabled: true;
      /**
       * @example totp
       * @enum {string}
       */
      method: "totp" | "sms" | "email";
    };
    EnrolBody: {
      /**
       * Format: password
       * @description Needed unless one has proven within ten minutes who one is.
       * @example a gatehouse of 7 towers
       */
      password?: string;
    };
    EnrolledChallengeResponse: {
      /**
       * @description Ten, shown this once; each works once.
       * @example [
       *       "7K2QF-M0XD9-TRA4W-C8HJN"
       *     ]
       */
      backup_codes: string[] | null;
      /**
       * @description Opens nothing but the completion of the challenge.
       * @example rR0cSq6mVn1Yb0M9yqGkU1c2o8C2cJ0Ew6d3c0s5bE8
       */
      challenge_token: string;
      challenges: components["schemas"]["LoginChallengeResponse"][];
      /**
       * @description Seconds.
       * @example 300
       */
      expires_in: number;
      /**
       * @example challenge_required
       * @enum {string}
       */
      status: "challenge_required";
    };
    EnrolledTokenResponse: {
      /**
       * @description Absent where cookies alone carry tokens.
       * @example rR0cSq6mVn1Yb0M9yqGkU1c2o8C2cJ0Ew6d3c0s5bE8
       */
      access_token?: string;
      /**
       * @description Ten, shown this once; each works once.
       * @example [
       *       "7K2QF-M0XD9-TRA4W-C8HJN"
       *     ]
       */
      backup_codes: string[] | null;
      /**
       * @description Seconds that the device is trusted.
       * @example 2592000
       */
      device_expires_in?: number;
      /**
       * @description Where the device is to be trusted: sent as the header `Castellan-Device` with later sign-ins. Absent where cookies alone carry tokens.
       * @example rR0cSq6mVn1Yb0M9yqGkU1c2o8C2cJ0Ew6d3c0s5bE8
       */
      device_token?: string;
      /**
       * @description Seconds that the access token lives, from its issue.
       * @example 900
       */
      expires_in: number;
      /**
       * @description Seconds that the refresh token lives, from its issue.
       * @example 604800
       */
      refresh_expires_in: number;
      /**
       * @description Absent where cookies alone carry tokens.
       * @example rR0cSq6mVn1Yb0M9yqGkU1c2o8C2cJ0Ew6d3c0s5bE8
       */
      refresh_token?: string;
      /**
       * Format: uuid
       * @description The same over all refreshes.
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      session_id: string;
      /**
       * @example authenticated
       * @enum {string}
       */
      status: "authenticated";
      /**
       * @example Bearer
       * @enum {string}
       */
      token_type: "Bearer";
      user: components["schemas"]["UserResponse"];
    };
    EnrolSmsBody: {
      /**
       * Format: password
       * @description Needed unless one has proven within ten minutes who one is.
       * @example a gatehouse of 7 towers
       */
      password?: string;
      /**
       * @description Need not be the account’s own.
       * @example +41446681800
       */
      phone_number: string;
    };
    EntitlementResponse: {
      /**
       * Format: date-time
       * @example 2027-01-01T00:00:00.000Z
       */
      expires_at: string | null;
      /**
       * @example {
       *       "seats": 5
       *     }
       */
      metadata: {
        [key: string]: unknown;
      } | null;
      /** @example pro */
      name: string;
      /** @example subscription */
      source: string | null;
    };
    ExchangeBody: {
      /**
       * @description From the redirect or the popup’s message.
       * @example rR0cSq6mVn1Yb0M9yqGkU1c2o8C2cJ0Ew6d3c0s5bE8
       */
      code: string;
      /**
       * @description Where the sign-in began with a `code_challenge`.
       * @example dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk
       */
      code_verifier?: string;
    };
    ExchangeMagicLinkBody: {
      /**
       * @description The `magic_link_code` of the redirect.
       * @example rR0cSq6mVn1Yb0M9yqGkU1c2o8C2cJ0Ew6d3c0s5bE8
       */
      code: string;
      /**
       * @description What the session is called in lists.
       * @example Ada’s laptop
       */
      device_name?: string;
    };
    FactorBody: {
      /** @example 048213 */
      code: string;
      /**
       * @example totp
       * @enum {string}
       */
      method: "totp" | "sms" | "email" | "backup_code";
    };
    ForgotPasswordBody: {
      /**
       * Format: email
       * @example ada@example.com
       */
      email?: string;
      /** @example +41446681800 */
      phone_number?: string;
      /**
       * @description Whether a text message brings a link beside its code.
       * @default false
       * @example false
       */
      with_link?: boolean;
    };
    GrantRoleRequest: {
      /**
       * @description Its slug.
       * @example auditor
       */
      role: string;
    };
    ImpersonateRequest: {
      /**
       * @description For the audit log.
       * @example Ticket 4711: cannot see the invoice.
       */
      reason: string;
      /**
       * @description Seconds; an hour at most, or less where the application is configured so.
       * @example 900
       */
      ttl_seconds?: number;
    };
    ImpersonationResponse: {
      /**
       * @description In the body, however tokens travel else: no cookie is touched. Says who acts by `act` (RFC 8693 section 4.1). There is no refresh token.
       * @example rR0cSq6mVn1Yb0M9yqGkU1c2o8C2cJ0Ew6d3c0s5bE8
       */
      access_token: string;
      /**
       * @description Seconds.
       * @example 900
       */
      expires_in: number;
      /**
       * Format: uuid
       * @description The administrator.
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      impersonated_by: string;
      /**
       * Format: uuid
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      session_id: string;
      /**
       * @example Bearer
       * @enum {string}
       */
      token_type: "Bearer";
      user: components["schemas"]["UserResponse"];
    };
    InvitationInviter: {
      /** @example Ada Lovelace */
      name: string | null;
      /** @example ada.lovelace */
      username: string | null;
    };
    InvitationOrganization: {
      /**
       * Format: uuid
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      id: string;
      /** @example null */
      logo_url: string | null;
      /** @example Analytical Engines */
      name: string;
      /** @example analytical-engines */
      slug: string;
    };
    InvitationResponse: {
      /**
       * Format: uuid
       * @example null
       */
      accepted_by: string | null;
      /**
       * Format: date-time
       * @description When it was answered, withdrawn, or marked as expired.
       * @example null
       */
      acted_at: string | null;
      /**
       * Format: date-time
       * @example 2026-01-01T12:00:00.000Z
       */
      created_at: string;
      /** @example ada@example.com */
      email: string | null;
      /**
       * Format: date-time
       * @example 2026-01-08T12:00:00.000Z
       */
      expires_at: string;
      /**
       * Format: uuid
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      id: string;
      /**
       * Format: uuid
       * @description null: the system.
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      inviter_id: string | null;
      /**
       * @example {
       *       "campaign": "autumn"
       *     }
       */
      metadata: {
        [key: string]: unknown;
      };
      /**
       * Format: uuid
       * @example null
       */
      organization_id: string | null;
      /**
       * @description `organization` for those into one.
       * @example platform
       */
      purpose: string;
      /**
       * @example null
       * @enum {string|null}
       */
      role: "owner" | "admin" | "member" | null;
      /**
       * Format: date-time
       * @example 2026-01-01T12:00:00.000Z
       */
      sent_at: string;
      /**
       * @example pending
       * @enum {string}
       */
      status: "pending" | "accepted" | "declined" | "revoked" | "expired";
      /**
       * Format: uuid
       * @example null
       */
      user_id: string | null;
    };
    InvitationSignUpBody: {
      /**
       * @description What the session is called in lists.
       * @example Ada’s laptop
       */
      device_name?: string;
      /** @example Ada */
      first_name?: string;
      /** @example Lovelace */
      last_name?: string;
      /**
       * @description BCP 47; the language of messages.
       * @example en-GB
       */
      locale?: string;
      /** @example Ada Lovelace */
      name?: string;
      /**
       * Format: password
       * @example a gatehouse of 7 towers
       */
      password: string;
      /**
       * @description Of the link.
       * @example rR0cSq6mVn1Yb0M9yqGkU1c2o8C2cJ0Ew6d3c0s5bE8
       */
      token: string;
      /**
       * @description Derived from the address where it is left out.
       * @example ada.lovelace
       */
      username?: string;
    };
    InvitationTokenBody: {
      /**
       * @description Of the link.
       * @example rR0cSq6mVn1Yb0M9yqGkU1c2o8C2cJ0Ew6d3c0s5bE8
       */
      token: string;
    };
    JwkSetResponse: {
      /**
       * @example [
       *       {
       *         "kty": "EC",
       *         "crv": "P-256",
       *         "x": "…",
       *         "y": "…",
       *         "kid": "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs",
       *         "use": "sig",
       *         "alg": "ES256"
       *       }
       *     ]
       */
      keys: {
        [key: string]: unknown;
      }[];
    };
    LinkedResponse: {
      account: components["schemas"]["AccountResponse"];
      /**
       * @example linked
       * @enum {string}
       */
      status: "linked";
    };
    LivenessResponse: {
      /**
       * @example ok
       * @enum {string}
       */
      status: "ok";
    };
    LoginBody: {
      /**
       * @description What the session is called in lists.
       * @example Ada’s laptop
       */
      device_name?: string;
      /**
       * Format: email
       * @example ada@example.com
       */
      email?: string;
      /**
       * @description Any of the three.
       * @example ada@example.com
       */
      identifier?: string;
      /**
       * Format: password
       * @example a gatehouse of 7 towers
       */
      password: string;
      /** @example +41446681800 */
      phone_number?: string;
      /** @example ada.lovelace */
      username?: string;
    };
    LoginChallengeResponse: {
      /**
       * @description There is no method yet, and one of these has to be set up to complete the challenge.
       * @example [
       *       "totp"
       *     ]
       */
      enrol?: string[];
      /**
       * @example [
       *       "totp"
       *     ]
       */
      methods: string[];
      /** @example two_factor */
      type: string;
    };
    LogoutBody: {
      /**
       * @description Counts where the request has no good access token, which may have died by itself. Left out where the cookie carries it.
       * @example rR0cSq6mVn1Yb0M9yqGkU1c2o8C2cJ0Ew6d3c0s5bE8
       */
      refresh_token?: string;
    };
    MemberResponse: {
      /**
       * Format: date-time
       * @example 2026-01-01T12:00:00.000Z
       */
      joined_at: string;
      /**
       * @example member
       * @enum {string}
       */
      role: "owner" | "admin" | "member";
      /**
       * Format: date-time
       * @example null
       */
      updated_at: string | null;
      user?: components["schemas"]["MemberUser"];
      /**
       * Format: uuid
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      user_id: string;
    };
    MemberRoleBody: {
      /**
       * @example admin
       * @enum {string}
       */
      role: "owner" | "admin" | "member";
    };
    MembershipResponse: {
      /**
       * Format: date-time
       * @example 2026-01-01T12:00:00.000Z
       */
      joined_at: string;
      /** @example Analytical Engines */
      name: string;
      /**
       * Format: uuid
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      organization_id: string;
      /** @example false */
      personal: boolean;
      /**
       * @example member
       * @enum {string}
       */
      role: "owner" | "admin" | "member";
      /**
       * @description Roles of the organization’s own.
       * @example [
       *       "billing"
       *     ]
       */
      roles: string[];
      /** @example analytical-engines */
      slug: string;
    };
    MembershipsResponse: {
      data: components["schemas"]["MembershipResponse"][];
    };
    MemberUser: {
      /** @example null */
      avatar: string | null;
      /** @example Ada Lovelace */
      name: string | null;
      /** @example ada.lovelace */
      username: string | null;
    };
    MethodBody: {
      /**
       * @example totp
       * @enum {string}
       */
      method: "totp" | "sms" | "email" | "backup_code";
    };
    MyEntitlementsResponse: {
      entitlements: components["schemas"]["EntitlementResponse"][];
    };
    MyRolesResponse: {
      /**
       * @description Without those that a wildcard stands for already.
       * @example [
       *       "invoices:read",
       *       "orders:*"
       *     ]
       */
      permissions: string[];
      /**
       * @description Slugs; `super-admin` for a super admin, who holds every permission.
       * @example [
       *       "auditor"
       *     ]
       */
      roles: string[];
    };
    OpenedInvitationResponse: {
      /**
       * @description `accepted`: by the account that is signed in. The others: an account was made. `signed_in`: the cookies are set.
       * @example registered
       * @enum {string}
       */
      status: "accepted" | "registered" | "signed_in" | "challenge_required";
    };
    OpenedMagicLinkResponse: {
      /** @description With `continue_at`. */
      challenge?: components["schemas"]["ChallengeResponse"];
      /**
       * @description The page, beside this one, that takes the challenge.
       * @example two-factor
       */
      continue_at?: string;
      /**
       * @description Without `magic_link_code` where cookies have been set.
       * @example https://app.example.com/welcome?magic_link_code=rR0cSq6mVn1Yb0M9yqGkU1c2o8C2cJ0Ew6d3c0s5bE8
       */
      redirect_to?: string;
      /**
       * @description `redirect`: go on to `redirect_to`. `signed_in`: the cookies are set. `challenge_required`: another proof is needed, which the page `continue_at` takes; without it none does. `enter_code`: nothing was consumed; the code of the message has to be entered where it was asked for.
       * @example redirect
       * @enum {string}
       */
      status: "redirect" | "signed_in" | "challenge_required" | "enter_code";
    };
    OpenInvitationBody: {
      /**
       * Format: password
       * @description Where a new account is made.
       * @example a gatehouse of 7 towers
       */
      password?: string;
      /**
       * @description Of the link.
       * @example rR0cSq6mVn1Yb0M9yqGkU1c2o8C2cJ0Ew6d3c0s5bE8
       */
      token: string;
      /**
       * @description Where a new account is made, and the derived one is taken.
       * @example ada.lovelace
       */
      username?: string;
    };
    OpenMagicLinkBody: {
      /** @example rR0cSq6mVn1Yb0M9yqGkU1c2o8C2cJ0Ew6d3c0s5bE8 */
      token: string;
      /**
       * @description In place of the one that was asked for, where somebody else has taken that meanwhile.
       * @example ada.lovelace
       */
      username?: string;
    };
    OrganizationResponse: {
      /** @example true */
      active: boolean;
      /**
       * Format: date-time
       * @example 2026-01-01T12:00:00.000Z
       */
      created_at: string;
      /**
       * Format: uuid
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      id: string;
      /** @example null */
      logo_url: string | null;
      /** @example null */
      member_limit: number | null;
      /**
       * @example {
       *       "plan": "team"
       *     }
       */
      metadata: {
        [key: string]: unknown;
      };
      /** @example Analytical Engines */
      name: string;
      /**
       * Format: uuid
       * @example 01890a5d-ac96-774b-bcce-b302099a8058
       */
      owner_id: string;
      /**
       * @description Made with the account of its owner.
       * @example false
       */
      personal: boolean;
      /** @example analytical-engines */
      slug: string;
      /**
       * Format: date-time
       * @example null
       */
      updated_at: string | null;
    };
    OwnershipBody: {
      /** @example 048213 */
      code?: string;
      /**
       * @example totp
       * @enum {string}
       */
      method?: "totp" | "sms" | "email" | "backup_code";
      /**
       * Format: password
       * @example a gatehouse of 7 towers
       */
      password?: string;
    };
    Problem: {
      /**
       * @description Stable; clients switch on it.
       * @example core.unauthenticated
       */
      code: string;
      /** @example Give exactly one of identifier, email, username and phone_number. */
      detail?: string;
      errors?: components["schemas"]["ProblemField"][];
      /**
       * @description The id of the request.
       * @example urn:uuid:01890a5d-ac96-774b-bcce-b302099a8057
       */
      instance?: string;
      /** @example 401 */
      status: number;
      /** @example Authentication is required */
      title: string;
      /** @example urn:castellan:error:core.unauthenticated */
      type: string;
    };
    ProblemField: {
      /** @example is_string */
      code: string;
      /**
       * @description Dotted path; empty where the whole value is meant.
       * @example email
       */
      field: string;
      /** @example email must be a string */
      message: string;
    };
    ProviderResponse: {
      /** @example github */
      id: string;
      /**
       * @description For a button.
       * @example GitHub
       */
      name: string;
    };
    ProvidersResponse: {
      data: components["schemas"]["ProviderResponse"][];
    };
    PurgeRefusal: {
      /** @example organization.last_owner */
      code: string;
      /**
       * Format: uuid
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      user_id: string;
    };
    PurgeRequest: {
      /**
       * Format: date-time
       * @description Accounts that were deleted before that moment.
       * @example 2026-01-01T00:00:00.000Z
       */
      deleted_before: string;
    };
    PurgeResponse: {
      /** @example 42 */
      erased: number;
      /**
       * @description Whether to call again: one call erases a hundred at most.
       * @example false
       */
      more: boolean;
      /** @example [] */
      refused: components["schemas"]["PurgeRefusal"][];
    };
    ReadinessResponse: {
      database: components["schemas"]["ComponentHealth"];
      /** @description Where `REDIS_URL` is set. */
      redis?: components["schemas"]["ComponentHealth"];
      /**
       * @example ok
       * @enum {string}
       */
      status: "ok" | "unavailable" | "stopping";
    };
    ReceivedInvitationResponse: {
      /**
       * Format: date-time
       * @example 2026-01-01T12:00:00.000Z
       */
      created_at: string;
      /** @example ada@example.com */
      email: string | null;
      /**
       * Format: date-time
       * @example 2026-01-08T12:00:00.000Z
       */
      expires_at: string;
      /**
       * Format: uuid
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      id: string;
      inviter: components["schemas"]["InvitationInviter"] | null;
      organization: components["schemas"]["InvitationOrganization"] | null;
      /** @example organization */
      purpose: string;
      /**
       * @example member
       * @enum {string|null}
       */
      role: "owner" | "admin" | "member" | null;
      /**
       * @example pending
       * @enum {string}
       */
      status: "pending" | "accepted" | "declined" | "revoked" | "expired";
    };
    RefreshBody: {
      /**
       * Format: uuid
       * @description With the module `organization`: the organization to make the active one, `null` for none. Left out: the one before.
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      organization_id?: string | null;
      /**
       * @description Left out where the cookie carries it.
       * @example rR0cSq6mVn1Yb0M9yqGkU1c2o8C2cJ0Ew6d3c0s5bE8
       */
      refresh_token?: string;
    };
    RemoveAddressBody: {
      /**
       * Format: password
       * @description Needed unless the sign-in is younger than ten minutes.
       * @example a gatehouse of 7 towers
       */
      password?: string;
    };
    RequestEmailVerificationBody: {
      /**
       * Format: email
       * @example ada@example.com
       */
      email: string;
      /**
       * Format: uuid
       * @description Of a sign-up that waits for its confirmation.
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      registration_id?: string;
    };
    RequestMagicLinkBody: {
      /**
       * Format: email
       * @example ada@example.com
       */
      email: string;
      /**
       * @description BCP 47; the language of messages.
       * @example en-GB
       */
      locale?: string;
      /**
       * @description Where the page of the link goes on to; has to lie below an entry of the allow-list.
       * @example https://app.example.com/welcome
       */
      redirect_to?: string;
      /**
       * @description Of an account that the link makes; derived from the address where it is left out.
       * @example ada.lovelace
       */
      username?: string;
    };
    RequestPhoneVerificationBody: {
      /** @example +41446681800 */
      phone_number: string;
      /**
       * Format: uuid
       * @description Of a sign-up that waits for its confirmation.
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      registration_id?: string;
    };
    ResetPasswordBody: {
      /** @example 048213 */
      code?: string;
      /**
       * Format: email
       * @example ada@example.com
       */
      email?: string;
      /**
       * Format: password
       * @example a gatehouse of 7 towers
       */
      password: string;
      /** @example +41446681800 */
      phone_number?: string;
      /** @example rR0cSq6mVn1Yb0M9yqGkU1c2o8C2cJ0Ew6d3c0s5bE8 */
      token?: string;
    };
    ResetTwoFactorRequest: {
      /**
       * @description For the audit log.
       * @example Lost the phone; identity checked by video call.
       */
      reason: string;
    };
    RoleAssignmentResponse: {
      /**
       * Format: date-time
       * @example 2026-01-01T00:00:00.000Z
       */
      created_at: string;
      /**
       * Format: uuid
       * @description null: the system.
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      granted_by: string | null;
      /**
       * Format: uuid
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      id: string;
      /**
       * Format: uuid
       * @description The organization in which it counts; null: on the platform.
       * @example null
       */
      organization_id: string | null;
      /**
       * Format: uuid
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      role_id: string;
      /**
       * Format: uuid
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      user_id: string;
    };
    RoleResponse: {
      /**
       * Format: date-time
       * @example 2026-01-01T00:00:00.000Z
       */
      created_at: string;
      /** @example Reads the books. */
      description: string | null;
      /**
       * Format: uuid
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      id: string;
      /** @example Auditor */
      name: string;
      /**
       * Format: uuid
       * @description The organization that the role belongs to; null: the platform.
       * @example null
       */
      organization_id: string | null;
      /**
       * @example [
       *       "invoices:read",
       *       "orders:*"
       *     ]
       */
      permissions: string[];
      /**
       * @description Declared in code, and changed there alone.
       * @example false
       */
      reserved: boolean;
      /** @example auditor */
      slug: string;
      /**
       * Format: date-time
       * @example 2026-01-01T00:00:00.000Z
       */
      updated_at: string;
    };
    SendChallengeBody: {
      /** @example rR0cSq6mVn1Yb0M9yqGkU1c2o8C2cJ0Ew6d3c0s5bE8 */
      challenge_token: string;
      /**
       * @example totp
       * @enum {string}
       */
      method: "totp" | "sms" | "email" | "backup_code";
    };
    SentCodeResponse: {
      /**
       * @description Seconds that the code is good.
       * @example 600
       */
      expires_in: number;
      /**
       * @example sent
       * @enum {string}
       */
      status: "sent";
      /**
       * @description Enough of the address to know it by.
       * @example •••• 1800
       */
      to: Record<string, never>;
    };
    SessionResponse: {
      /**
       * Format: date-time
       * @example 2026-01-01T00:00:00.000Z
       */
      created_at: string;
      /**
       * @description Whether this request belongs to it.
       * @example true
       */
      current: boolean;
      /**
       * @description As the login named it.
       * @example Ada’s laptop
       */
      device: string | null;
      /**
       * Format: date-time
       * @example 2026-01-31T00:00:00.000Z
       */
      expires_at: string;
      /**
       * Format: uuid
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      id: string;
      /**
       * @description Whether an administrator acts as the user in it.
       * @example false
       */
      impersonated: boolean;
      /** @example 203.0.113.7 */
      ip_address: string | null;
      /**
       * Format: date-time
       * @description To the minute.
       * @example 2026-01-01T00:00:00.000Z
       */
      last_used_at: string;
      /** @example Mozilla/5.0 */
      user_agent: string | null;
    };
    SetPasswordRequest: {
      /**
       * Format: password
       * @example a gatehouse of 7 towers
       */
      password: string;
    };
    ShownInvitationResponse: {
      /**
       * Format: date-time
       * @example 2026-01-01T12:00:00.000Z
       */
      created_at: string;
      /** @example ada@example.com */
      email: string | null;
      /**
       * Format: date-time
       * @example 2026-01-08T12:00:00.000Z
       */
      expires_at: string;
      /**
       * @description Whether to sign in and accept (`POST invitations/accept`), or to sign up (`POST invitations/sign-up`).
       * @example false
       */
      has_account: boolean;
      /**
       * Format: uuid
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      id: string;
      inviter: components["schemas"]["InvitationInviter"] | null;
      organization: components["schemas"]["InvitationOrganization"] | null;
      /** @example organization */
      purpose: string;
      /**
       * @example member
       * @enum {string|null}
       */
      role: "owner" | "admin" | "member" | null;
      /**
       * @example pending
       * @enum {string}
       */
      status: "pending" | "accepted" | "declined" | "revoked" | "expired";
    };
    SignedUpResponse: {
      user: components["schemas"]["UserResponse"];
    };
    SignUpBody: {
      /**
       * Format: email
       * @example ada@example.com
       */
      email?: string;
      /** @example Ada */
      first_name?: string;
      /** @example Lovelace */
      last_name?: string;
      /**
       * @description BCP 47; the language of messages.
       * @example en-GB
       */
      locale?: string;
      /** @example Ada Lovelace */
      name?: string;
      /**
       * Format: password
       * @example a gatehouse of 7 towers
       */
      password: string;
      /** @example +41446681800 */
      phone_number?: string;
      /**
       * @description Derived from email address or name where it is left out.
       * @example ada.lovelace
       */
      username?: string;
    };
    SlugAliasesResponse: {
      /**
       * @description The latest first.
       * @example [
       *       "engines"
       *     ]
       */
      data: string[];
    };
    SlugResponse: {
      /**
       * @description False: a former name.
       * @example true
       */
      current: boolean;
      /**
       * Format: uuid
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      id: string;
      /**
       * @example organization
       * @enum {string}
       */
      kind: "organization" | "user";
    };
    StatisticsResponse: {
      /**
       * Format: date-time
       * @description When it was counted; a minute ago at most.
       * @example 2026-01-01T00:00:00.000Z
       */
      as_of: string;
      /** @description The oldest first. */
      days: components["schemas"]["DayStatisticsResponse"][];
      /**
       * @description Sessions that live.
       * @example 42
       */
      sessions: number;
      users: components["schemas"]["UserStatisticsResponse"];
    };
    StepUpResponse: {
      /**
       * @example aal2
       * @enum {string}
       */
      acr: "aal1" | "aal2";
      /**
       * @example [
       *       "pwd",
       *       "otp",
       *       "mfa"
       *     ]
       */
      amr: string[];
      /**
       * @description Seconds since the epoch.
       * @example 1767225600
       */
      auth_time: number;
      /**
       * @description Whether the access token at hand still says what it said before: refresh it.
       * @example false
       */
      refresh_required: boolean;
    };
    SwitchOrganizationBody: {
      /**
       * @description Where it is not in a cookie.
       * @example rt_9f…
       */
      refresh_token?: string;
    };
    TeamMemberBody: {
      /**
       * Format: uuid
       * @description A member of the organization.
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      user_id: string;
    };
    TeamMemberResponse: {
      /**
       * Format: date-time
       * @example 2026-01-01T12:00:00.000Z
       */
      created_at: string;
      /**
       * Format: uuid
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      user_id: string;
    };
    TeamResponse: {
      /**
       * Format: date-time
       * @example 2026-01-01T12:00:00.000Z
       */
      created_at: string;
      /**
       * Format: uuid
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      id: string;
      /** @example Calculators */
      name: string;
      /** @example calculators */
      slug: string;
      /**
       * Format: date-time
       * @example null
       */
      updated_at: string | null;
    };
    TokenResponse: {
      /**
       * @description Absent where cookies alone carry tokens.
       * @example rR0cSq6mVn1Yb0M9yqGkU1c2o8C2cJ0Ew6d3c0s5bE8
       */
      access_token?: string;
      /**
       * @description Seconds that the access token lives, from its issue.
       * @example 900
       */
      expires_in: number;
      /**
       * @description Seconds that the refresh token lives, from its issue.
       * @example 604800
       */
      refresh_expires_in: number;
      /**
       * @description Absent where cookies alone carry tokens.
       * @example rR0cSq6mVn1Yb0M9yqGkU1c2o8C2cJ0Ew6d3c0s5bE8
       */
      refresh_token?: string;
      /**
       * Format: uuid
       * @description The same over all refreshes.
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      session_id: string;
      /**
       * @example authenticated
       * @enum {string}
       */
      status: "authenticated";
      /**
       * @example Bearer
       * @enum {string}
       */
      token_type: "Bearer";
      user: components["schemas"]["UserResponse"];
    };
    TotpEnrolmentResponse: {
      /**
       * @description Seconds that the secret waits for its first code.
       * @example 600
       */
      expires_in: number;
      /** @example otpauth://totp/Castellan:ada%40example.com?issuer=Castellan&secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&algorithm=SHA1&digits=6&period=30 */
      otpauth_url: string;
      /**
       * @description The URL as a QR code.
       * @example data:image/png;base64,iVBORw0KGgo=
       */
      qr_code: string;
      /**
       * @description Base32, to be typed.
       * @example GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ
       */
      secret: string;
    };
    TransferOwnershipBody: {
      /**
       * Format: uuid
       * @description A member, who becomes the owner.
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      user_id: string;
    };
    TrustedDeviceResponse: {
      /**
       * Format: date-time
       * @example 2026-01-01T00:00:00.000Z
       */
      created_at: string;
      /**
       * Format: date-time
       * @example 2026-01-31T00:00:00.000Z
       */
      expires_at: string;
      /**
       * Format: uuid
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      id: string;
      /** @example 203.0.113.7 */
      ip_address: string | null;
      /**
       * Format: date-time
       * @description The last sign-in.
       * @example 2026-01-01T00:00:00.000Z
       */
      last_used_at: string;
      /** @example Ada’s laptop */
      name: string | null;
      /** @example Mozilla/5.0 */
      user_agent: string | null;
    };
    TwoFactorMethodResponse: {
      /**
       * Format: date-time
       * @example 2026-01-01T00:00:00.000Z
       */
      confirmed_at: string;
      /**
       * @example sms
       * @enum {string}
       */
      method: "totp" | "sms" | "email";
      /**
       * @description Where text messages go.
       * @example •••• 1800
       */
      to?: string;
    };
    TwoFactorResponse: {
      /** @example 10 */
      backup_codes_left: number;
      /**
       * @description Whether a second factor is set up.
       * @example true
       */
      enabled: boolean;
      methods: components["schemas"]["TwoFactorMethodResponse"][];
      /**
       * @example optional
       * @enum {string}
       */
      policy: "off" | "optional" | "required";
    };
    TwoFactorTokenResponse: {
      /**
       * @description Absent where cookies alone carry tokens.
       * @example rR0cSq6mVn1Yb0M9yqGkU1c2o8C2cJ0Ew6d3c0s5bE8
       */
      access_token?: string;
      /**
       * @description Seconds that the device is trusted.
       * @example 2592000
       */
      device_expires_in?: number;
      /**
       * @description Where the device is to be trusted: sent as the header `Castellan-Device` with later sign-ins. Absent where cookies alone carry tokens.
       * @example rR0cSq6mVn1Yb0M9yqGkU1c2o8C2cJ0Ew6d3c0s5bE8
       */
      device_token?: string;
      /**
       * @description Seconds that the access token lives, from its issue.
       * @example 900
       */
      expires_in: number;
      /**
       * @description Seconds that the refresh token lives, from its issue.
       * @example 604800
       */
      refresh_expires_in: number;
      /**
       * @description Absent where cookies alone carry tokens.
       * @example rR0cSq6mVn1Yb0M9yqGkU1c2o8C2cJ0Ew6d3c0s5bE8
       */
      refresh_token?: string;
      /**
       * Format: uuid
       * @description The same over all refreshes.
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      session_id: string;
      /**
       * @example authenticated
       * @enum {string}
       */
      status: "authenticated";
      /**
       * @example Bearer
       * @enum {string}
       */
      token_type: "Bearer";
      user: components["schemas"]["UserResponse"];
    };
    UpdateOrganizationBody: {
      /** @example https://example.com/logo.png */
      logo_url?: string | null;
      /**
       * @description Takes the place of what was there.
       * @example {
       *       "plan": "team"
       *     }
       */
      metadata?: {
        [key: string]: unknown;
      };
      /** @example Analytical Engines */
      name?: string;
      /**
       * @description The old one stays as an alias.
       * @example analytical-engines
       */
      slug?: string;
    };
    UpdateProfileRequest: {
      /** @example https://example.com/ada.png */
      avatar?: string | null;
      /** @example Writes programs for engines. */
      biography?: string | null;
      /** @example Ada */
      first_name?: string | null;
      /** @example Lovelace */
      last_name?: string | null;
      /** @example en-GB */
      locale?: string | null;
      /** @example Ada Lovelace */
      name?: string | null;
      /** @example ada.lovelace */
      username?: string;
    };
    UpdateRoleRequest: {
      /** @example Reads the books. */
      description?: string | null;
      /** @example Auditor */
      name?: string;
      /**
       * @description `resource:action`; `*` stands for every name of its part.
       * @example [
       *       "invoices:read",
       *       "orders:*"
       *     ]
       */
      permissions?: string[];
    };
    UpdateTeamBody: {
      /** @example Calculators */
      name?: string;
      /** @example calculators */
      slug?: string;
    };
    UpdateUserRequest: {
      /** @example https://example.com/ada.png */
      avatar?: string | null;
      /** @example Writes programs for engines. */
      biography?: string | null;
      /**
       * Format: email
       * @description Counts at once; the old address is told.
       * @example ada@example.com
       */
      email?: string | null;
      /**
       * @description Vouch for the address that is given.
       * @example true
       */
      email_verified?: boolean;
      /** @example Ada */
      first_name?: string | null;
      /** @example Lovelace */
      last_name?: string | null;
      /** @example en-GB */
      locale?: string | null;
      /** @example Ada Lovelace */
      name?: string | null;
      /** @example +41446681800 */
      phone_number?: string | null;
      /**
       * @description Vouch for the number that is given.
       * @example true
       */
      phone_number_verified?: boolean;
      /** @example ada.lovelace */
      username?: string;
    };
    UserResponse: {
      /** @example true */
      active: boolean;
      /** @example https://example.com/ada.png */
      avatar: string | null;
      /** @example Writes programs for engines. */
      biography: string | null;
      /**
       * Format: date-time
       * @example 2026-01-01T00:00:00.000Z
       */
      created_at: string;
      /**
       * Format: email
       * @example ada@example.com
       */
      email: string | null;
      /** @example true */
      email_verified: boolean;
      /** @example Ada */
      first_name: string | null;
      /**
       * @description False: the account signs in by other means.
       * @example true
       */
      has_password: boolean;
      /**
       * Format: uuid
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      id: string;
      /**
       * Format: uuid
       * @description The administrator who acts as this user in this session. In answers about oneself.
       * @example null
       */
      impersonated_by?: string | null;
      /** @example false */
      is_super_admin: boolean;
      /**
       * Format: date-time
       * @example 2026-01-01T00:00:00.000Z
       */
      last_login_at: string | null;
      /** @example Lovelace */
      last_name: string | null;
      /**
       * @description BCP 47; the language of messages.
       * @example en-GB
       */
      locale: string | null;
      /** @example Ada Lovelace */
      name: string | null;
      /**
       * Format: email
       * @description An address that waits to be confirmed. In answers about oneself.
       * @example null
       */
      pending_email?: string | null;
      /**
       * @description A phone number that waits to be confirmed. In answers about oneself.
       * @example null
       */
      pending_phone_number?: string | null;
      /**
       * @description E.164.
       * @example +41446681800
       */
      phone_number: string | null;
      /** @example false */
      phone_number_verified: boolean;
      /**
       * Format: date-time
       * @example 2026-01-01T00:00:00.000Z
       */
      updated_at: string;
      /** @example ada.lovelace */
      username: string | null;
    };
    UserRolesResponse: {
      /**
       * @example [
       *       "books:read"
       *     ]
       */
      permissions: string[];
      /**
       * @description Slugs; `super-admin` among them for a super admin.
       * @example [
       *       "auditor"
       *     ]
       */
      roles: string[];
    };
    UserStatisticsResponse: {
      /**
       * @description A ban is in force.
       * @example 42
       */
      banned: number;
      /**
       * @description Softly, and not erased yet.
       * @example 42
       */
      deleted: number;
      /**
       * @description Switched off.
       * @example 42
       */
      inactive: number;
      /**
       * @description Those that are not deleted.
       * @example 42
       */
      living: number;
      /**
       * @description Super admins.
       * @example 42
       */
      super_admins: number;
      /**
       * @description The email address is not proven, or there is none.
       * @example 42
       */
      unverified: number;
    };
    VerificationRequiredResponse: {
      /**
       * @description Seconds that the sign-up waits.
       * @example 86400
       */
      expires_in: number;
      /**
       * Format: uuid
       * @description Goes with the code that was sent.
       * @example 01890a5d-ac96-774b-bcce-b302099a8057
       */
      registration_id: string;
      /**
       * @example verification_required
       * @enum {string}
       */
      status: "verification_required";
    };
    VerifyAddressRequest: {
      /**
       * @description `false` takes the proof back.
       * @default true
       * @example true
       */
      verified?: boolean;
    };
    VerifyChallengeBody: {
      /** @example rR0cSq6mVn1Yb0M9yqGkU1c2o8C2cJ0Ew6d3c0s5bE8 */
      challenge_token: string;
      /** @example 048213 */
      code: string;
      /** @example Ada’s laptop */
      device_name?: string;
      /**
       * @example totp
       * @enum {string}
       */
      method: "totp" | "sms" | "email" | "backup_code";
      /**
       * @description Do not ask for a second factor on this device for some time.
       * @default false
       * @example true
       */
      trust_device?: boolean;
    };
  };
}
