/** Tells the parent that this server is ready, and answers each question with the CPU time that it has used so far. */
export function answerUsage(ready: Record<string, unknown>): void {
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ cpu: user + system });
  });
  process.send?.(ready);
}
