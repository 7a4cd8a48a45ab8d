import { Script } from 'node:vm';
import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { PAGES } from './page-content.js';
import { renderPage } from './render-page.js';

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

describe.each(Object.entries(PAGES))('the page %s', (_name, page) => {
  const { html, policy } = renderPage(page, 'Tom & <Jerry>');

  it('runs and shows nothing that its policy does not allow', () => {
    const [script, ...otherScripts] = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
      ([, source]) => source ?? '',
    );
    const [style, ...otherStyles] = [...html.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(
      ([, source]) => source ?? '',
    );
    expect([otherScripts, otherStyles]).toEqual([[], []]);
    expect(policy).toContain(`script-src ${hashOf(script ?? '')}`);
    expect(policy).toContain(`style-src ${hashOf(style ?? '')}`);
    expect(html).not.toMatch(/\son\w+=|\sstyle=|\ssrc=|<link|javascript:/);
    expect(policy).not.toContain('unsafe');
  });

  it('has a script that parses', () => {
    const [, script = ''] = /<script>([\s\S]*?)<\/script>/.exec(html) ?? [];
    expect(() => new Script(script)).not.toThrow();
  });

  it('names itself, its fields and its language, and escapes the host’s name', () => {
    expect(html).toContain('<html lang="en">');
    expect(html).toContain(`<h1>${page.title}</h1>`);
    expect(html).toContain('Tom &amp; &lt;Jerry&gt;');
    expect(html).not.toContain('<Jerry>');
    for (const { name, label } of page.fields)
      expect(html).toContain(`<label for="${name}">${label}</label>`);
  });
});
