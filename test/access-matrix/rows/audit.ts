import { row, type Row } from '../row.js';
import type { Scene } from '../scene.js';

const query = { format: 'ndjson' };
const here = ({ organization }: Scene) => ({ params: { organization_id: organization.id } });

/** [anonymous] [stranger] [member admin owner] [removed, other owner] [banned] [super admin] [token elsewhere] */
export const AUDIT_ROWS: readonly Row[] = [
  row('audit_listRecords', '4 3 333 33 4 + 3'),
  row('audit_exportRecords', '4 3 333 33 4 + 3', () => ({ query })),
  row('audit_listOwnRecords', '4 + +++ ++ 4 + +'),
  row('audit_exportOwnRecords', '4 + +++ ++ 4 + +', () => ({ query })),
  row('audit_listOrganizationRecords', '4 0 3++ 00 4 0 3', here),
  row('audit_exportOrganizationRecords', '4 0 3++ 00 4 0 3', (scene) => ({ ...here(scene), query })),
];
