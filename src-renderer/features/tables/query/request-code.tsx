import { Code } from 'lucide-react';
import { useState } from 'react';
import { readApiCall } from '../../../../src-shared/code-text/api-call.ts';
import { awsCliCommand, javascriptCode, jsonInput, pythonCode } from '../../../../src-shared/code-text/languages.ts';
import type { ReadRequest } from '../../../../src-shared/contracts/table-reading.ts';
import { readCall } from '../../../../src-shared/reading/read-call.ts';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Segmented } from '../../../ui/segmented.tsx';

export interface RequestCodeProps {
  table: string;
  region: string;
  /** What the bar would ask; undefined while something is wrong with it. */
  request: ReadRequest | undefined;
}

const languages = [
  { value: 'json', label: 'Request' },
  { value: 'cli', label: 'AWS CLI' },
  { value: 'javascript', label: 'JavaScript' },
  { value: 'python', label: 'Python' },
] as const;
type Language = (typeof languages)[number]['value'];

/** Shows the call that the bar is about to make, as code to take elsewhere. It holds no credentials. */
export function RequestCode({ table, region, request }: RequestCodeProps) {
  const [isOpen, setOpen] = useState(false);
  const [language, setLanguage] = useState<Language>('json');
  const text = request ? codeOf(language, table, region, request) : '';
  return (
    <>
      <IconButton icon={Code} label="Show the call" disabled={!request} onClick={() => setOpen(true)} />
      <Dialog
        open={isOpen && request !== undefined}
        onClose={() => setOpen(false)}
        width="lg"
        title={`The ${request?.operation ?? ''} call`}
        description="What will be sent to DynamoDB for the first page. There are no credentials in it."
      >
        <div className="flex items-center justify-between gap-2">
          <Segmented label="Written as" value={language} onChange={setLanguage} options={languages} />
          <CopyButton text={text} label="Copy the call" caption="Copy" />
        </div>
        <div className="max-h-[50vh] overflow-auto rounded-lg bg-sunken [&_pre]:whitespace-pre-wrap [&_pre]:[overflow-wrap:anywhere]">
          <CodeBlock>{text}</CodeBlock>
        </div>
      </Dialog>
    </>
  );
}

function codeOf(language: Language, table: string, region: string, request: ReadRequest): string {
  const call = readApiCall(readCall(table, request));
  switch (language) {
    case 'json':
      return indented(jsonInput(call));
    case 'cli':
      return awsCliCommand(call, region);
    case 'javascript':
      return javascriptCode(call, region);
    case 'python':
      return pythonCode(call, region);
  }
}

/** Numbers stand in quotes in DynamoDB JSON, so reading it as JSON loses none of them. */
function indented(json: string): string {
  return JSON.stringify(JSON.parse(json), null, 2);
}
