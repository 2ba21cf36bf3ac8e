import type { KeyAttribute } from '../../../src-shared/contracts/tables.ts';

/** The attributes of a key, partition first. */
export function KeyChips({ keys }: { keys: readonly KeyAttribute[] }) {
  return keys.map(({ name, type, role }) => (
    <span
      key={`${role} ${name}`}
      title={role === 'HASH' ? `Partition key, ${typeNames[type]}` : `Sort key, ${typeNames[type]}`}
      className="inline-flex h-5 max-w-60 shrink-0 items-center gap-1.5 rounded-sm bg-accent-soft px-1.5 text-xs"
    >
      <span className="font-semibold text-2xs text-accent-text tracking-wide">{role}</span>
      <span className="truncate font-medium text-text">{name}</span>
      <span className="font-mono text-faint">{type}</span>
    </span>
  ));
}

const typeNames = { S: 'a string', N: 'a number', B: 'binary', '?': 'type not known' } as const;
