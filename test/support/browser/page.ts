/** A form of a page. */
export interface Form {
  readonly id: string;
  readonly action: URL;
  readonly method: 'GET' | 'POST';
  readonly fields: Readonly<Record<string, string>>;
}

/** What a navigation ended at. */
export class Page {
  constructor(
    readonly url: URL,
    readonly status: number,
    readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>,
    readonly text: string,
  ) {}

  get json(): Readonly<Record<string, unknown>> {
    return JSON.parse(this.text) as Record<string, unknown>;
  }

  /** Query and fragment of where it stands. */
  param(name: string): string | null {
    return this.url.searchParams.get(name) ?? new URLSearchParams(this.url.hash.slice(1)).get(name);
  }

  /** Forms of the page; the first is meant where none is named. @throws Error where there is none */
  form(id?: string): Form {
    const form = this.forms.find((candidate) => id === undefined || candidate.id === id);
    if (!form) throw new Error(`No form ${id ?? ''} at ${this.url.href} (${this.status}):\n${this.text}`);
    return form;
  }

  private get forms(): Form[] {
    return [...this.text.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/gi)].map(
      ([, head = '', content = '']) => ({
        id: attribute(head, 'id') ?? '',
        action: new URL(attribute(head, 'action') ?? '', this.url),
        method: attribute(head, 'method')?.toUpperCase() === 'POST' ? 'POST' : 'GET',
        fields: fieldsOf(content),
      }),
    );
  }
}

function fieldsOf(content: string): Record<string, string> {
  const inputs = [...content.matchAll(/<input\b([^>]*)>/gi)].map(([, head = '']) => head);
  return Object.fromEntries(
    inputs.flatMap((head) => {
      const name = attribute(head, 'name');
      return name === undefined ? [] : [[name, attribute(head, 'value') ?? '']];
    }),
  );
}

function attribute(head: string, name: string): string | undefined {
  const value = new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(head);
  const text = value?.[1] ?? value?.[2] ?? value?.[3];
  return text
    ?.replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
