import { LogIn } from 'lucide-react';
import type { ConnectorId, SignInOffer } from '../../../src-shared/contracts/sign-on-api.ts';
import { Button } from '../../ui/button.tsx';

export interface SignOnButtonsProps {
  offer: SignInOffer;
  onSignOn: (connector: ConnectorId) => void;
  disabled: boolean;
}

/** One button for each connector, the one that the cluster prefers first. */
export function SignOnButtons({ offer: { connectors, preferred, password }, onSignOn, disabled }: SignOnButtonsProps) {
  const isPreferred = ({ kind, name }: ConnectorId) => preferred?.kind === kind && preferred.name === name;
  const ordered = [...connectors].sort((a, b) => Number(isPreferred(b)) - Number(isPreferred(a)));
  return (
    <ul aria-label="Single sign-on" className="flex flex-col gap-2">
      {ordered.map((connector) => {
        const { kind, name, display } = connector;
        const leads = isPreferred(connector) || (!password && connectors.length === 1);
        return (
          <li key={`${kind}/${name}`}>
            <Button
              icon={LogIn}
              variant={leads ? 'primary' : 'secondary'}
              disabled={disabled}
              onClick={() => onSignOn({ kind, name })}
              className="w-full"
            >
              Sign in with {display}
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
