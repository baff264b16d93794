// The lines of the house. `node scripts/architecture.ts` runs them and proves that all modules were read;
// scripts/architecture.test.ts proves that each of them fires.
const room = '^src/(?!platform/|main/|main\\.ts)([^/]+)/';
const pure = '[./]rules\\.ts$';
const test = '(\\.test\\.tsx?$|fixtures\\.tsx?$|/testing\\.ts$|^tests/)';

module.exports = {
  forbidden: [
    {
      name: 'no-circle',
      comment: 'Files that import each other cannot be read, tested or moved alone.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'rooms-form-no-circle',
      comment: 'Rooms depend on each other in one direction only, along the life cycle.',
      severity: 'error',
      scope: 'folder',
      from: { path: '^src/[^/]+$' },
      to: { circular: true, path: '^src/[^/]+$' },
    },
    {
      name: 'platform-knows-no-room',
      comment: 'The ground carries the rooms; it does not know who lives there.',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: `(${room}|^src/main)` },
    },
    {
      name: 'through-the-door',
      comment: 'What a room does not export in index.ts is private; pure rules may read pure rules.',
      severity: 'error',
      from: { path: room, pathNot: [pure, test] },
      to: { path: room, pathNot: ['^src/$1/', '^src/[^/]+/index\\.ts$'] },
    },
    {
      name: 'rules-are-pure',
      comment:
        'Rules calculate: they read other rules and a few libraries that calculate; no store, no clock, no file.',
      severity: 'error',
      from: { path: `^src/(?!platform).*${pure}` },
      to: {
        pathNot: [
          pure,
          '^src/platform/(money|result|workflow|genres|francais/[a-z-]+)\\.ts$',
          '^src/communication/(faits|document|gabarits|paragraphes|financement|chiffre-saisi)\\.ts$',
          '^node_modules/(d3-geo|temporal-polyfill|zod)/',
          '^geojson$',
        ],
        // A type brings no code with it.
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'stores-only-store',
      comment: 'A store speaks SQL: it knows the platform and rules; it calls no act and draws no page.',
      severity: 'error',
      from: { path: '[./]store\\.ts$', pathNot: test },
      to: {
        path: '([./](acts|commands)\\.ts$|[./]routes\\.tsx?$|/views/|^src/main)',
        pathNot: '^src/platform/',
      },
    },
    {
      name: 'views-are-drawn-only',
      comment: 'Views are functions of their props: they read no database and call no act.',
      severity: 'error',
      from: { path: '/views/', pathNot: test },
      to: {
        path: '([./](acts|store)\\.ts$|^src/platform/(database|http)/|^node_modules/(pg|kysely)/)',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'views-know-rules-alone',
      comment: 'Of its room a view knows other views, rules and thresholds; the rest comes by its props.',
      severity: 'error',
      from: { path: '^src/(?!platform/)([^/]+)/(views|.*/views)/', pathNot: test },
      to: {
        path: '^src/$1/',
        pathNot: [
          '/views/',
          pure,
          '/seuils\\.ts$',
          // The communiqué itself: one drawing for the page and for the file.
          '^src/communication/formats/html\\.tsx$',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'only-main-composes',
      comment: 'One place knows every room.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/main', test] },
      to: { path: '^src/main' },
    },
    {
      name: 'no-test-in-product',
      comment: 'What is served does not carry its tests.',
      severity: 'error',
      from: { path: '^(src|bin)/', pathNot: test },
      to: {
        path: [
          '\\.test\\.tsx?$',
          'fixtures\\.tsx?$',
          '/testing\\.ts$',
          '^tests/',
          '^node_modules/(vitest|fast-check|playwright-core|axe-core)/',
        ],
      },
    },
    {
      name: 'no-dev-dependency',
      comment: 'npm start installs without development packages.',
      severity: 'error',
      from: { path: '^(src|bin)/', pathNot: [test, '\\.test\\.'] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere makes every other rule blind.',
      severity: 'error',
      from: {},
      // The types of GeoJSON come from @types/geojson alone.
      to: { couldNotResolve: true, pathNot: '^geojson$' },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|reference|demo)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
    moduleSystems: ['es6'],
  },
};
