/**
 * Tells the parent that this server is ready, and answers each question with the CPU time that it has used so far and
 * its largest memory since the last question.
 */
export function answerUsage(ready: Record<string, unknown>): void {
  let memory = 0;
  const watch = () => {
    memory = Math.max(memory, process.memoryUsage.rss());
  };
  setInterval(watch, 20).unref();
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    watch();
    process.send?.({ cpu: user + system, memory });
    memory = 0;
  });
  process.on('disconnect', () => process.exit());
  process.send?.(ready);
}
