import type { Home } from '../../src-main/home/home.ts';
import type { GatewayMode, ToolSettings } from '../../src-shared/contracts/gateway.ts';
import { alice, exampleRole, removeHome, temporaryHome } from '../integration/test-engine.ts';
import { cleanEnvironment, type Running, rolegate, startRolegate } from './command-line.ts';

/** A sandbox that runs as a process of its own, and a person who is logged in to it from another home. */
export interface ToolAccount {
  home: Home;
  service: string;
  /** Serves the gateway and gives the environment of a tool that is pointed at it. */
  serve(mode: GatewayMode): Promise<{ url: string; env: NodeJS.ProcessEnv }>;
  stop(): Promise<void>;
}

/** Starts a sandbox with the built command, logs alice in and starts her role, as a newcomer would. */
export async function openToolAccount(): Promise<ToolAccount> {
  const [serviceHome, home] = [temporaryHome(), temporaryHome()];
  const running: Running[] = [await startRolegate(serviceHome, ['sandbox', 'start', '--format', 'json'])];
  const { service, ca } = JSON.parse(running[0]?.firstLine ?? '') as { service: string; ca: string };
  const must = async (args: string[], input?: string) => {
    const { code, stderr } = await rolegate(home, args, input);
    if (code !== 0) throw new Error(stderr);
  };
  await must(
    ['login', '--service', service, '--ca', ca, '--user', alice.user, '--password-stdin'],
    `${alice.password}\n`,
  );
  await must(['apps', 'login', '--aws-role', exampleRole, 'aws']);
  return {
    home,
    service,
    async serve(mode) {
      const flags = mode === 'endpoint' ? ['--endpoint-url'] : [];
      const proxy = await startRolegate(home, ['proxy', 'aws', '-p', '0', '--format', 'json', ...flags]);
      running.push(proxy);
      const { url, env } = JSON.parse(proxy.firstLine) as ToolSettings;
      return { url, env: cleanEnvironment(env) };
    },
    async stop() {
      for (const one of running.reverse()) await one.stop();
      for (const one of [home, serviceHome]) removeHome(one);
    },
  };
}
