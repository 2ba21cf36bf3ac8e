/** Exports to the path that the parent asks for, and tells how long it took and how much memory it took on top. */
export function answerExports(exportTo: (path: string) => Promise<void>): void {
  process.on('message', (message: { path?: string }) => {
    void answer(message.path ?? '');
  });
  process.on('disconnect', () => process.exit());
  process.send?.({});

  async function answer(path: string): Promise<void> {
    const before = process.memoryUsage.rss();
    let most = before;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage.rss());
    }, 20);
    const start = performance.now();
    const { user, system } = process.cpuUsage();
    await exportTo(path);
    const seconds = (performance.now() - start) / 1000;
    const after = process.cpuUsage();
    clearInterval(watch);
    const cpu = (after.user + after.system - user - system) / 1e6;
    process.send?.({ seconds, cpu, grown: most - before });
  }
}
