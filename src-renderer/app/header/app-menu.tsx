import { AppWindow, LayoutGrid } from 'lucide-react';
import { useRead } from '../../bridge/react.tsx';
import { go } from '../../state/place.ts';
import { Menu, MenuGroup, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { Segment } from './segment.tsx';

/** Which app this session is of; leads to the others. */
export function AppMenu({ current }: { current: string }) {
  const apps = useRead('apps.list', {});
  const toApps = () => go({ page: 'apps' });
  return (
    <Menu
      trigger={
        <Segment aria-label={`Application ${current}`} className="max-w-36 shrink-0">
          <span className="truncate font-medium">{current}</span>
        </Segment>
      }
    >
      <MenuGroup label="Applications">
        {apps.data?.map(({ name, description }) => (
          <MenuItem key={name} icon={AppWindow} onSelect={toApps}>
            {name} <span className="text-faint">{description}</span>
          </MenuItem>
        ))}
      </MenuGroup>
      <MenuSeparator />
      <MenuItem icon={LayoutGrid} onSelect={toApps}>
        All applications
      </MenuItem>
    </Menu>
  );
}
