import { expect, it } from 'vitest';
import { routes, workflows } from '../src/main/rooms.ts';
import { diagramme } from '../src/platform/workflow.ts';
import { indicateurs } from '../src/statistiques/index.ts';
import { listes } from '../src/vitrine/index.ts';

const accessInWords = {
  public: 'everyone, what is published',
  lien: 'whoever holds the link',
  porte: 'whoever comes in',
  compte: 'one’s own account',
  connecte: 'whoever has signed in',
} as const;

// Written from the catalogues; `npx vitest run tests/documentation.test.ts -u` renews it after a change of them.
it('shows the catalogues as they are in docs/catalogues.md', async () => {
  const lines = [
    '# The catalogues',
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
    '| method | path | access |',
    '| --- | --- | --- |',
    ...routes.map(
      ({ methode, path, access }) =>
        `| ${methode} | \`${path}\` | ${access.type === 'role' ? access.roles.join(', ') : accessInWords[access.type]} |`,
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
    '## Lists',
    ...listes.flatMap(({ code, titre, description, champs, filtres }) => [
      '',
      `### ${titre} (\`${code}\`)`,
      '',
      description,
      '',
      `Filters: ${Object.keys(filtres)
        .map((nom) => `\`${nom}\``)
        .join(', ')}.`,
      '',
      '| field | type | definition |',
      '| --- | --- | --- |',
      ...Object.entries(champs).map(
        ([nom, champ]) => `| \`${nom}\` | ${champ.type} | ${champ.description} |`,
      ),
    ]),
    '',
  ];
  await expect(lines.join('\n')).toMatchFileSnapshot('../docs/catalogues.md');
});
