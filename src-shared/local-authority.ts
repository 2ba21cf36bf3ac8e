/** When the end of the local certificate authority is announced, in milliseconds before it. */
const announced = 30 * 86_400_000;

/**
 * Whether the local certificate authority ends so soon that people should hear of it.
 *
 * @param expiresAt milliseconds since the epoch; undefined where none has been made
 */
export function endsSoon(expiresAt: number | undefined, now: number): expiresAt is number {
  return expiresAt !== undefined && expiresAt - now <= announced;
}
