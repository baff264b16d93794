import { expect, it } from 'vitest';
import { routes, workflows } from '../src/main/rooms.ts';
import { diagramme } from '../src/platform/workflow.ts';
import { indicateurs } from '../src/statistiques/index.ts';

// Written from the catalogues; `npx vitest run -u tests/documentation.test.ts` renews it after a change of them.
it('shows the three catalogues as they are in docs/catalogues.md', async () => {
  const lines = [
    '# The three catalogues',
    '',
    'Made from the code by `tests/documentation.test.ts`, which fails when this page is out of date.',
    '',
    '## Workflows',
    ...workflows.flatMap((workflow) => [
      '',
      `### ${workflow.objet} (\`${workflow.table}\`)`,
      '',
      '```mermaid',
      diagramme(workflow),
      '```',
    ]),
    '',
    '## Routes',
    '',
    '| path | access |',
    '| --- | --- |',
    ...routes.map(
      ({ path, access }) =>
        `| \`${path}\` | ${access.type === 'public' ? 'everyone, what is published' : 'whoever holds the link'} |`,
    ),
    '',
    '## Indicators',
    '',
    '| code | name | definition | unit |',
    '| --- | --- | --- | --- |',
    ...indicateurs.map(
      ({ code, nom, definition, unite }) => `| \`${code}\` | ${nom} | ${definition} | ${unite} |`,
    ),
    '',
  ];
  await expect(lines.join('\n')).toMatchFileSnapshot('../docs/catalogues.md');
});
