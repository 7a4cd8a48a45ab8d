import { Controller, UseFilters } from '@nestjs/common';
import { MessagePattern, Payload } from '@nestjs/microservices';
import { Authenticated, CurrentUser, type Principal, ProblemFilter } from '../../../src/index.js';
import { type Note, Notes } from './notes.js';

/** What other services ask; they send on the token of the user on whose behalf they ask, in the message's metadata. */
@UseFilters(ProblemFilter)
@Controller()
export class NotesMessages {
  constructor(private readonly notes: Notes) {}

  @Authenticated()
  @MessagePattern('notes.list')
  list(@CurrentUser() principal: Principal): Note[] {
    return this.notes.of(principal.userId);
  }

  @Authenticated()
  @MessagePattern('notes.add')
  add(@CurrentUser() principal: Principal, @Payload() text: string): Note {
    return this.notes.add(principal.userId, text);
  }
}
