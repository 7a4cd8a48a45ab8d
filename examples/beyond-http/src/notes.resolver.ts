import { UseGuards } from '@nestjs/common';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  Authenticated,
  AuthGuard,
  CurrentUser,
  OptionalAuth,
  type Principal,
  RequirePermissions,
} from '../../../src/index.js';
import { type Note, Notes } from './notes.js';

export const NOTES_SCHEMA = `
  type Note { owner: ID! text: String! }
  type Query { whoAmI: ID, notes: [Note!]!, noteCount: Int! }
  type Mutation { addNote(text: String!): Note! }
`;

/** The same decorators as on a controller; a refusal has the problem document in `extensions`. */
@Resolver()
export class NotesResolver {
  constructor(private readonly notes: Notes) {}

  @UseGuards(AuthGuard)
  @OptionalAuth()
  @Query()
  whoAmI(@CurrentUser() principal: Principal | undefined): string | null {
    return principal?.userId ?? null;
  }

  @Authenticated()
  @Query('notes')
  list(@CurrentUser() principal: Principal): Note[] {
    return this.notes.of(principal.userId);
  }

  @Authenticated()
  @RequirePermissions('notes:count')
  @Query()
  noteCount(): number {
    return this.notes.count();
  }

  @Authenticated()
  @Mutation()
  addNote(@CurrentUser() principal: Principal, @Args('text') text: string): Note {
    return this.notes.add(principal.userId, text);
  }
}
