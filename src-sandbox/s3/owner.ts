import { createHash } from 'node:crypto';
import { accountId } from '../iam/account.ts';

/** The canonical user id of the account, which S3 names owners by: 64 hex digits. */
export const ownerId = createHash('sha256').update(`canonical user ${accountId}`).digest('hex');
