/** One record of a file; `null` where it cannot be read. */
export interface ImportLine {
  /** From 1; of a CSV file without its header. */
  readonly line: number;
  readonly record: Readonly<Record<string, unknown>> | null;
}

type Chunks = AsyncIterable<string | Uint8Array>;

/** Characters of one record at most. */
const LONGEST_RECORD = 64 * 1024;

/** Newline-delimited JSON: one object a line; empty lines do not count. */
export async function* readNdjson(chunks: Chunks): AsyncGenerator<ImportLine> {
  let line = 0;
  for await (const text of splitLines(chunks)) {
    if (text !== null && text.trim() === '') continue;
    line += 1;
    yield { line, record: text === null ? null : objectOf(text) };
  }
}

/** RFC 4180, with a header. A record with more fields than the header has cannot be read; fields that are missing at its end are empty. */
export async function* readCsv(chunks: Chunks): AsyncGenerator<ImportLine> {
  let header: readonly string[] | undefined;
  let line = 0;
  for await (const fields of splitCsv(chunks)) {
    if (fields?.length === 1 && fields[0] === '') continue;
    if (!header) {
      if (!fields) throw new Error('The header of the file cannot be read.');
      header = fields.map((name) => name.trim());
      if (new Set(header).size !== header.length)
        throw new Error('The header of the file names a column twice.');
      continue;
    }
    line += 1;
    const names = header;
    const readable = fields && fields.length <= names.length;
    yield {
      line,
      record: readable ? Object.fromEntries(fields.map((field, index) => [names[index] ?? '', field])) : null,
    };
  }
}

async function* characters(chunks: Chunks): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8');
  for await (const chunk of chunks)
    yield typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

/** `null` for a line that is too long. */
async function* splitLines(chunks: Chunks): AsyncGenerator<string | null> {
  let rest = '';
  let tooLong = false;
  for await (const text of characters(chunks)) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const each of lines) {
      yield tooLong || each.length > LONGEST_RECORD ? null : each.replace(/\r$/, '');
      tooLong = false;
    }
    if (rest.length > LONGEST_RECORD) {
      tooLong = true;
      rest = '';
    }
  }
  if (tooLong) yield null;
  else if (rest !== '') yield rest;
}

function objectOf(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** `null` for a record that is too long, or whose quotes are wrong. */
async function* splitCsv(chunks: Chunks): AsyncGenerator<string[] | null> {
  const machine = new CsvMachine();
  for await (const text of characters(chunks)) for (const character of text) yield* machine.take(character);
  yield* machine.end();
}

class CsvMachine {
  private fields: string[] = [];
  private field = '';
  private size = 0;
  private broken = false;
  private state: 'start' | 'plain' | 'quoted' | 'quote_in_quoted' = 'start';
  private first = true;

  *take(character: string): Generator<string[] | null> {
    if (this.first) {
      this.first = false;
      if (character === '\uFEFF') return;
    }
    this.size += 1;
    if (this.size > LONGEST_RECORD) this.broken = true;
    if (this.state === 'quoted') {
      if (character === '"') this.state = 'quote_in_quoted';
      else this.add(character);
    } else if (this.state === 'quote_in_quoted' && character === '"') {
      this.add(character);
      this.state = 'quoted';
    } else if (character === ',') this.endField();
    else if (character === '\n') yield this.endRecord();
    else if (character !== '\r') this.other(character);
  }

  *end(): Generator<string[] | null> {
    if (this.state === 'quoted') this.broken = true;
    if (this.size > 0) yield this.endRecord();
  }

  private other(character: string): void {
    if (this.state === 'start' && character === '"') this.state = 'quoted';
    else {
      if (this.state === 'quote_in_quoted') this.broken = true;
      this.state = 'plain';
      this.add(character);
    }
  }

  private add(character: string): void {
    if (!this.broken) this.field += character;
  }

  private endField(): void {
    this.fields.push(this.field);
    this.field = '';
    this.state = 'start';
  }

  private endRecord(): string[] | null {
    this.endField();
    const record = this.broken ? null : this.fields;
    this.fields = [];
    this.size = 0;
    this.broken = false;
    return record;
  }
}
