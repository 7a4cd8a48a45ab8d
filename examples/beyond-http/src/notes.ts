import { Injectable } from '@nestjs/common';

export interface Note {
  readonly owner: string;
  readonly text: string;
}

/** What there is to guard. */
@Injectable()
export class Notes {
  private readonly kept: Note[] = [];

  of(owner: string): Note[] {
    return this.kept.filter((note) => note.owner === owner);
  }

  add(owner: string, text: string): Note {
    const note = { owner, text };
    this.kept.push(note);
    return note;
  }

  count(): number {
    return this.kept.length;
  }
}
