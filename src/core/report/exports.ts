import { encodeRun } from '../history/runFile';
import type { Run } from '../model/run';
import { formatCurl } from '../request/curl';
import { renderK6 } from './k6Script';
import { renderIntervalLog } from './intervalLog';
import { renderMarkdown } from './markdown';
import { renderPercentileText } from './percentileText';
import { renderHtmlFile, type PageAssets } from './htmlFile';
import { renderCsv } from './csv';
import type { ExportFormat } from './exportKinds';

/** What is needed beside the runs; `readPage` is called for HTML only. */
export interface ExportSources {
  readonly run: Run;
  /** Laid behind in Markdown and HTML. */
  readonly before: Run | null;
  readonly readPage: () => Promise<PageAssets>;
}

/**
 * A run as the text of a file: JSON as it is stored, CSV with one row per interval, Markdown with the summary, the two formats
 * of HdrHistogram's tools, its request as a curl command, its load as a k6 script, or one HTML file that needs nothing else. Fails with `bad-histogram` for a damaged one.
 */
export async function renderExport(format: ExportFormat, { run, before, readPage }: ExportSources): Promise<string> {
  switch (format) {
    case 'json':
      return encodeRun(run);
    case 'csv':
      return renderCsv(run);
    case 'markdown':
      return renderMarkdown(run, before);
    case 'hgrm':
      return renderPercentileText(run);
    case 'hlog':
      return renderIntervalLog(run);
    case 'curl':
      return (run.mix?.endpoints ?? [run]).map(({ request }) => `${formatCurl(request)}\n`).join('');
    case 'k6':
      return renderK6(run);
    case 'html':
      return renderHtmlFile(run, before, await readPage());
  }
}
