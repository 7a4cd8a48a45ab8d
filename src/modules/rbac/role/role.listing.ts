import { defineListing } from '../../../shared/listing/listing.js';

export const roleListing = defineListing({
  sortable: ['created_at', 'slug', 'name'],
  defaultSort: 'created_at',
});
