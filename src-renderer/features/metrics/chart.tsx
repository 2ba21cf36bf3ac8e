import { Table2 } from 'lucide-react';
import { type PointerEvent, useId, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { formatClock, formatDay, formatMoment } from '../shared/format.ts';
import { ChartTable } from './chart-table.tsx';
import type { ChartData } from './charts.ts';
import { labelledTimes, linePath, pointAt, roundTop, shortNumber } from './scale.ts';

export interface ChartProps {
  chart: ChartData;
  from: number;
  to: number;
  /** Milliseconds between two points. */
  period: number;
}

const day = 86_400_000;

/** Lines over time, with what they are at the pointer. The same as a table for those who do not see lines. */
export function Chart({ chart, from, to, period }: ChartProps) {
  const { title, unit, lines, whenEmpty } = chart;
  const [isTable, setTable] = useState(false);
  const [pointed, setPointed] = useState<number>();
  const titleId = useId();
  const top = roundTop(Math.max(0, ...lines.flatMap(({ points }) => points.map(([, value]) => value))));
  const point = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1);
    setPointed(Math.min(from + Math.round((share * (to - from)) / period) * period, to - period));
  };
  return (
    <section aria-labelledby={titleId} className="rounded-lg border border-line bg-surface">
      <header className="flex h-10 items-center gap-2 pr-1.5 pl-3.5">
        <h2 id={titleId} className="font-medium">
          {title}
        </h2>
        <span className="min-w-0 truncate text-faint text-sm">{unit}</span>
        <span className="flex-1" />
        {lines.length > 0 && (
          <Button size="sm" variant="ghost" icon={Table2} aria-pressed={isTable} onClick={() => setTable(!isTable)}>
            {isTable ? 'As lines' : 'As a table'}
          </Button>
        )}
      </header>
      {lines.length === 0 ? (
        <p className="flex h-44 items-center justify-center pb-8 text-muted">{whenEmpty}</p>
      ) : isTable ? (
        <ChartTable chart={chart} />
      ) : (
        <>
          <div className="grid grid-cols-[3rem_1fr] pr-3.5">
            <div aria-hidden="true" className="relative h-36 text-faint text-xs tabular">
              {[top, top / 2, 0].map((value, place) => (
                <span
                  key={value}
                  className="absolute right-2 -translate-y-1/2 whitespace-nowrap"
                  style={{ top: `${place * 50}%` }}
                >
                  {shortNumber(value)}
                </span>
              ))}
            </div>
            <div className="relative h-36" onPointerMove={point} onPointerLeave={() => setPointed(undefined)}>
              <svg
                role="img"
                aria-label={summary(chart)}
                viewBox="0 0 1000 100"
                preserveAspectRatio="none"
                className="absolute inset-0 size-full overflow-visible"
              >
                {[0, 50, 100].map((y) => (
                  <path key={y} d={`M0 ${y}H1000`} className="stroke-line" vectorEffect="non-scaling-stroke" />
                ))}
                {lines.map(({ name, points, colour, isDashed }) => (
                  <path
                    key={name}
                    d={linePath(points, from, to, period, top)}
                    fill="none"
                    stroke="currentColor"
                    strokeWidth={isDashed ? 1 : 1.5}
                    strokeLinejoin="round"
                    strokeLinecap="round"
                    strokeDasharray={isDashed ? '4 4' : undefined}
                    vectorEffect="non-scaling-stroke"
                    className={colour}
                  />
                ))}
              </svg>
              {pointed !== undefined && (
                <div
                  aria-hidden="true"
                  className="pointer-events-none absolute inset-y-0 w-px bg-line-strong"
                  style={{ left: `${((pointed - from) / (to - from)) * 100}%` }}
                />
              )}
            </div>
            <span />
            <div aria-hidden="true" className="relative h-6 text-faint text-xs tabular">
              {labelledTimes(from, to).map((at) => (
                <span
                  key={at}
                  className="absolute top-1 -translate-x-1/2 whitespace-nowrap"
                  style={{ left: `${((at - from) / (to - from)) * 100}%` }}
                >
                  {to - from > day ? formatDay(at) : formatClock(at)}
                </span>
              ))}
            </div>
          </div>
          <Legend chart={chart} pointed={pointed} />
        </>
      )}
    </section>
  );
}

/** Which line is which, and what they are where the pointer is; the most there was, while it is elsewhere. */
function Legend({ chart: { lines }, pointed }: { chart: ChartData; pointed: number | undefined }) {
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-x-4 gap-y-0.5 px-3.5 pb-2 text-sm tabular">
      {lines.map(({ name, points, colour, isDashed }) => {
        const most = Math.max(...points.map(([, value]) => value));
        const value = pointed === undefined ? most : pointAt(points, pointed)?.[1];
        return (
          <span key={name} className="inline-flex items-center gap-1.5">
            <span
              aria-hidden="true"
              className={cx('w-3.5 border-current border-t-2', isDashed && 'border-dashed', colour)}
            />
            <span className="text-muted">{name}</span>
            <span>
              {pointed === undefined && <span className="text-faint">up to </span>}
              {value === undefined ? '–' : shortNumber(value)}
            </span>
          </span>
        );
      })}
      {pointed !== undefined && <span className="ml-auto text-faint">{formatMoment(pointed)}</span>}
    </div>
  );
}

/** What the picture shows, for those who do not see it. */
function summary({ title, unit, lines }: ChartData): string {
  const parts = lines.map(({ name, points }) => {
    const values = points.map(([, value]) => value);
    return `${name} up to ${shortNumber(Math.max(...values))}, last ${shortNumber(values.at(-1) ?? 0)}`;
  });
  return `${title}, ${unit}: ${parts.join('; ')}`;
}
