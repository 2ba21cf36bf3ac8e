import type { TableDetails } from '../../../src-shared/contracts/tables.ts';
import { writeWords } from '../../../src-shared/partiql/classify.ts';
import type { PartiqlPlan } from '../../../src-shared/partiql/plan.ts';
import { formatBytes } from '../../../src-shared/values/binary.ts';
import { formatCount } from '../shared/format.ts';

const bytesPerUnit = 8192;

export interface PlanNotesProps {
  plan: PartiqlPlan;
  detailsOf: (table: string) => TableDetails | undefined;
  /** Whether it would write where nothing may be written. */
  isHeld: boolean;
}

/** What the button is going to do and cost, before it is pressed. */
export function PlanNotes({ plan, detailsOf, isHeld }: PlanNotesProps) {
  const { problems, scans, chosen, isReading } = plan;
  const writes = writeWords(chosen.map(({ kind }) => kind));
  return (
    <div className="min-h-7 shrink-0 border-line border-b bg-canvas px-3 py-1 text-sm" aria-live="polite">
      {problems.map((problem) => (
        <p key={problem} className="text-bad">
          {problem}
        </p>
      ))}
      {isHeld && <p className="text-bad">This session only reads, so it cannot {writes}.</p>}
      {problems.length === 0 &&
        scans.map((scan) => (
          <p key={`${scan.table} ${scan.index}`} className="text-warn">
            {scanSentence(scan, detailsOf(scan.table))}
          </p>
        ))}
      {!isHeld && problems.length === 0 && scans.length === 0 && chosen.length > 0 && (
        <p className="text-faint">
          {isReading ? 'Reads by the partition key.' : `This would ${writes}. You are asked before it is sent.`}
        </p>
      )}
      {chosen.length === 0 && (
        <p className="text-faint">Write a statement. Ctrl+Space completes tables, attributes and keywords.</p>
      )}
    </div>
  );
}

function scanSentence(
  { table, index, isKnown }: PartiqlPlan['scans'][number],
  details: TableDetails | undefined,
): string {
  if (!isKnown) return `The key of ${table} is not known, so this may be a scan that reads all of it.`;
  const of = details?.indexes.find(({ name }) => name === index);
  const bytes = (of ? of.sizeBytes : details?.sizeBytes) ?? 0;
  const units = formatCount(Math.max(0.5, Math.ceil(bytes / bytesPerUnit)));
  return (
    `This is a scan: no = or IN on the partition key. It reads all of ${index ?? table}, ` +
    `about ${formatBytes(bytes)} and ${units} RCU, page by page.`
  );
}
