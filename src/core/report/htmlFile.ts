import type { Run } from '../model/run';
import { runTitle } from './runTitle';

/** The page's bundle, and a random text that no run can hold, so that nothing but these scripts runs in the file. */
export interface PageAssets {
  readonly script: string;
  readonly sheet: string;
  readonly nonce: string;
}

/**
 * One file with the page's own look that opens without a network and without the editor. The runs stand in a block of data
 * in which no character can end it; the policy lets nothing be fetched and no script run but the page's.
 */
export function renderHtmlFile(run: Run, before: Run | null, { script, sheet, nonce }: PageAssets): string {
  const subject = runTitle(run);
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'unsafe-inline'`;
  return `<!DOCTYPE html>
<html lang="en" class="as-file">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escapeHtml(subject)}</title>
<style>${sheet.replace(/<\/style/gi, '<\\/style')}</style>
</head>
<body>
<script type="application/json" id="runs">${JSON.stringify({ run, before }).replace(/</g, '\\u003c')}</script>
<script nonce="${nonce}">${script.replace(/<\/script/gi, '<\\/script').replace(/<!--/g, '<\\!--')}</script>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
