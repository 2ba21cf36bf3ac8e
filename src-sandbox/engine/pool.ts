import type { Pool } from 'undici';

/** How long requests under way may take to finish, in milliseconds. */
const patience = 2_000;

/** Closes connections once their requests are answered, or after a while. */
export async function closePool(pool: Pool): Promise<void> {
  if (pool.destroyed) return;
  const timer = setTimeout(() => void pool.destroy(), patience);
  await pool.close().catch(() => undefined);
  clearTimeout(timer);
}
