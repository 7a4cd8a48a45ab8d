import { row, type Row } from '../row.js';

/** Of the standalone app. [anonymous] [stranger] [member admin owner] [removed, other owner] [banned] [super admin] [token elsewhere] */
export const HEALTH_ROWS: readonly Row[] = [
  row('health_getLiveness', '+ + +++ ++ + + +'),
  row('health_getReadiness', '+ + +++ ++ + + +'),
];
