import type { InspectedFile } from '../../../src-shared/contracts/jobs.ts';
import { Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';

type Columns = InspectedFile['columns'];

const types = [
  { value: 'S', label: 'Text', about: 'S' },
  { value: 'N', label: 'Number', about: 'N' },
  { value: 'BOOL', label: 'True or false', about: 'BOOL' },
  { value: 'B', label: 'Base64', about: 'B' },
  { value: '*', label: 'DynamoDB JSON', about: 'any type' },
] as const;

export interface ColumnMappingProps {
  columns: Columns;
  /** The first rows, cell by cell. */
  rows: InspectedFile['rows'];
  onChange: (columns: Columns) => void;
}

/** Which attribute each column of a CSV file becomes, and of which type. One without a name is left out. */
export function ColumnMapping({ columns, rows, onChange }: ColumnMappingProps) {
  const change = (index: number, changes: Partial<Columns[number]>) =>
    onChange(columns.map((column, at) => (at === index ? { ...column, ...changes } : column)));
  return (
    <div className="max-h-72 overflow-y-auto rounded-lg ring-1 ring-line">
      <table aria-label="Columns" className="w-full text-left text-sm">
        <thead className="sticky top-0 bg-raised text-muted">
          <tr>
            {['Column', 'First value', 'Attribute', 'Type'].map((heading) => (
              <th key={heading} scope="col" className="px-2.5 py-1.5 font-medium">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {columns.map((column, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns stay where they are, and names can occur twice.
            <tr key={index} className="border-line border-t">
              <th scope="row" className="max-w-36 truncate px-2.5 py-1 font-normal">
                {column.name}
              </th>
              <td className="max-w-40 truncate px-2.5 py-1 font-mono text-muted text-xs">
                {rows.find((row) => (row[index] ?? null) !== null)?.[index] ?? ''}
              </td>
              <td className="px-1.5 py-1">
                <TextInput
                  size="sm"
                  aria-label={`Attribute for ${column.name}`}
                  placeholder="left out"
                  value={column.to ?? ''}
                  onChange={({ target }) => {
                    const { to: _, ...rest } = column;
                    const next = target.value === '' ? rest : { ...rest, to: target.value };
                    onChange(columns.map((one, at) => (at === index ? next : one)));
                  }}
                />
              </td>
              <td className="w-40 px-1.5 py-1">
                <Select
                  size="sm"
                  label={`Type of ${column.name}`}
                  value={column.type}
                  onChange={(type) => change(index, { type: type as Columns[number]['type'] })}
                  options={types}
                  placeholder="Type"
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
