import { defineListing } from '../../../shared/listing/listing.js';

export const roleAssignmentListing = defineListing({ sortable: ['created_at'], defaultSort: 'created_at' });
