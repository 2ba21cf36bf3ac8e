import { Certificate } from '../connect/certificate.tsx';
import { ListenerPanel } from '../connect/listener-panel.tsx';

/** The ports that tools on this machine reach the gateway on. */
export function GatewayPorts() {
  return (
    <>
      <p className="text-muted">
        Tools on this machine reach AWS through these two listeners. They answer on 127.0.0.1 only, and only to keys
        that Rolegate gave out.
      </p>
      <section aria-label="HTTPS proxy" className="flex flex-col gap-2">
        <h2 className="font-medium">HTTPS proxy</h2>
        <ListenerPanel mode="proxy" />
      </section>
      <section aria-label="AWS endpoint" className="flex flex-col gap-2">
        <h2 className="font-medium">AWS endpoint</h2>
        <ListenerPanel mode="endpoint" />
      </section>
      <Certificate />
    </>
  );
}
