import { formatMoment } from '../shared/format.ts';
import type { ChartData } from './charts.ts';
import { pointAt, shortNumber } from './scale.ts';

/** A chart's numbers, newest first. Times at which nothing happened are left out. */
export function ChartTable({ chart: { title, lines } }: { chart: ChartData }) {
  const times = new Set(lines.flatMap(({ points }) => points.filter(([, value]) => value !== 0).map(([at]) => at)));
  const rows = [...times].sort((a, b) => b - a);
  return (
    <section
      aria-label={`${title} as a table`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and must do so with the keyboard too.
      tabIndex={0}
      className="ring-inside max-h-56 overflow-auto px-3.5 pb-3"
    >
      <table className="w-full border-collapse text-sm tabular">
        <thead className="sticky top-0 bg-surface text-left text-muted">
          <tr className="border-line border-b [&>th]:h-7 [&>th]:font-medium">
            <th>Time</th>
            {lines.map(({ name }) => (
              <th key={name} className="text-right">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((at) => (
            <tr key={at} className="border-line border-b [&>td]:h-7">
              <td className="whitespace-nowrap text-muted">{formatMoment(at)}</td>
              {lines.map(({ name, points }) => {
                const value = pointAt(points, at)?.[1];
                return (
                  <td key={name} title={value === undefined ? undefined : String(value)} className="text-right">
                    {value === undefined ? '–' : shortNumber(value)}
                  </td>
                );
              })}
            </tr>
          ))}
          {rows.length === 0 && (
            <tr>
              <td className="h-9 text-muted">Nothing but zero.</td>
            </tr>
          )}
        </tbody>
      </table>
    </section>
  );
}
