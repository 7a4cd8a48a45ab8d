/** What the start tells: where things are, and a first step that works when pasted. */
export function banner(facts: {
  url: string;
  database: string;
  mode: string;
  docs: boolean;
  preview: boolean;
}): string {
  const lines = [
    '',
    `  Castellan listens on ${facts.url} (${facts.mode} mode)`,
    `  Database   ${facts.database}`,
    ...(facts.docs ? [`  Swagger    ${facts.url}/docs`] : []),
    ...(facts.preview ? [`  Mail       ${facts.url}/mail`] : []),
    '',
    '  First step:',
    '',
    `  curl -s ${facts.url}/auth/signup -H 'content-type: application/json' \\`,
    `    -d '{"email":"you@example.com","password":"correct horse battery"}'`,
    '',
  ];
  return lines.join('\n');
}
