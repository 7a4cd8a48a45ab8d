import { CreateShop1700000000000 } from './1700000000000-create-shop.js';
import { LinkUsersToAccounts1765000000000 } from './1765000000000-link-users-to-accounts.js';

/** The host's own migrations, with its own ledger. */
export const SHOP_MIGRATIONS = [CreateShop1700000000000, LinkUsersToAccounts1765000000000];
