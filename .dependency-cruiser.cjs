/** Import boundaries (docs/decisions/0001-foundation.md). Run by `npm run boundaries` and by test/architecture.spec.ts. */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'Under ESM a cycle of classes is a crash.',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'shared-knows-no-module',
      severity: 'error',
      from: { path: '^src/shared/' },
      to: { path: '^src/(modules|app|migrations|testing|castellan)' },
    },
    {
      name: 'core-knows-no-feature',
      severity: 'error',
      from: { path: '^src/modules/core/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^src/(modules/(?!core/)|app/|testing/|castellan)' },
    },
    {
      name: 'modules-by-their-index',
      severity: 'error',
      comment: 'From outside a module, only its index.',
      from: { path: '^src/modules/([^/]+)/' },
      to: { path: '^src/modules/(?!$1/)[^/]+/(?!index\\.ts$)' },
    },
    {
      name: 'features-keep-apart',
      severity: 'error',
      from: { path: '^src/modules/(?!core/|organization/|invitation/|admin/)([^/]+)/' },
      to: { path: '^src/modules/(?!core/|$1/)' },
    },
    {
      name: 'organization-builds-on-rbac',
      severity: 'error',
      comment: 'Roles of an organization are rbac’s, in another scope; rbac knows no organization.',
      from: { path: '^src/modules/organization/' },
      to: { path: '^src/modules/(?!core/|organization/|rbac/)' },
    },
    {
      name: 'invitation-builds-on-organization-and-rbac',
      severity: 'error',
      comment: 'What joins optional modules lives in the one that depends on them.',
      from: { path: '^src/modules/invitation/' },
      to: { path: '^src/modules/(?!core/|invitation/|organization/|rbac/)' },
    },
    {
      name: 'admin-builds-on-rbac',
      severity: 'error',
      comment:
        'Roles of users are rbac’s, where it is mounted. Whatever else modules bring comes by ports of core.',
      from: { path: '^src/modules/admin/' },
      to: { path: '^src/modules/(?!core/|admin/|rbac/)' },
    },
    {
      name: 'app-by-its-index',
      severity: 'error',
      from: { path: '^src/(app|cli)/' },
      to: { path: '^src/modules/[^/]+/(?!index\\.ts$)' },
    },
    {
      name: 'nothing-knows-the-app',
      severity: 'error',
      from: { path: '^src/(?!app/|cli/|main\\.ts)' },
      to: { path: '^src/app/' },
    },
    {
      name: 'nothing-knows-the-command-line',
      severity: 'error',
      comment: 'It wires what modules and the app can do.',
      from: { path: '^src/(?!cli/)' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'nothing-knows-testing',
      severity: 'error',
      from: { path: '^src/(?!testing/)', pathNot: '\\.spec\\.ts$' },
      to: { path: '^src/testing/' },
    },
    {
      name: 'client-runs-in-a-browser',
      severity: 'error',
      comment: 'It takes nothing of the server along.',
      from: { path: '^src/client/' },
      to: { pathNot: ['^src/client/', 'node_modules/openapi-fetch/'] },
    },
    {
      name: 'ports-know-no-orm',
      severity: 'error',
      from: { path: '\\.repository\\.ts$', pathNot: '/typeorm-[^/]+$' },
      to: { path: 'node_modules/typeorm' },
    },
    {
      name: 'source-knows-no-test',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(test|examples|bench)/' },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: '\\.d\\.ts$' },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
