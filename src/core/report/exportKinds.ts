/** The files that a run can become: their ending and what a person calls them. */
export const EXPORT_KINDS = {
  markdown: { extension: 'md', label: 'Markdown' },
  html: { extension: 'html', label: 'HTML page' },
  json: { extension: 'json', label: 'JSON' },
  csv: { extension: 'csv', label: 'CSV' },
  hgrm: { extension: 'hgrm', label: 'HdrHistogram percentiles' },
  hlog: { extension: 'hlog', label: 'HdrHistogram log' },
  curl: { extension: 'sh', label: 'curl command' },
  k6: { extension: 'js', label: 'k6 script' },
} as const;

export type ExportFormat = keyof typeof EXPORT_KINDS;

/** The same as a list, in the order in which they are offered. */
export const EXPORT_FORMATS = Object.keys(EXPORT_KINDS) as readonly ExportFormat[];
