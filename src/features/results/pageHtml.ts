import { randomBytes } from 'node:crypto';
import { Uri, env, type Webview } from 'vscode';

/** The page's frame: one script, one style sheet, and a policy that lets nothing else in. All data comes by messages. */
export function pageHtml(webview: Webview, extensionUri: Uri): string {
  const nonce = randomBytes(18).toString('base64');
  const asset = (name: string): string => webview.asWebviewUri(Uri.joinPath(extensionUri, 'dist', name)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${env.language.replace(/[^\w-]/g, '')}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${asset('page.css')}">
<title>Endpoint Profiler</title>
</head>
<body>
<script nonce="${nonce}" src="${asset('page.js')}"></script>
</body>
</html>`;
}
