/**
 * What stands in for the editor inside the page: the theme's class and variables, the API that the editor hands out, and an
 * extension that answers `page/ready` with the wanted state and everything else with what the test says, or nothing. What the page sent, what it
 * remembered and what the security policy refused is kept on `window.__seen`. Plain script, since it runs before the page's.
 */
export const FAKE_EDITOR = `
(() => {
  const { state, theme } = window.__wish;
  const seen = (window.__seen = { sent: [], remembered: [], violations: [] });
  document.addEventListener('securitypolicyviolation', (event) => {
    seen.violations.push({ directive: event.effectiveDirective, source: event.sourceFile, sample: event.sample, line: event.lineNumber, column: event.columnNumber });
  });
  window.__applyTheme = ({ bodyClass, variables }) => {
    const style = document.documentElement.style;
    for (const name of [...style]) if (name.startsWith('--vscode-')) style.removeProperty(name);
    for (const [name, value] of Object.entries(variables)) style.setProperty('--vscode-' + name, value);
    document.body.className = bodyClass;
  };
  window.__post = (message) => window.postMessage(message, '*');
  window.__applyTheme(theme);
  let isTaken = false;
  window.acquireVsCodeApi = () => {
    if (isTaken) throw new Error('An instance of the VS Code API has already been acquired');
    isTaken = true;
    return {
      postMessage(message) {
        seen.sent.push(message);
        if (message.kind !== 'request') return;
        const { id, name } = message;
        if (name === window.__failing) return window.__post({ kind: 'failure', id, code: 'no', message: 'No server runs.' });
        if (name === 'page/ready') return window.__post({ kind: 'reply', id, result: state });
        // What the test answers with; nothing for what it does not know.
        Promise.resolve(window.__answer?.(name, message.params)).then((result) => window.__post({ kind: 'reply', id, result }));
      },
      setState: (page) => seen.remembered.push(page),
      getState: () => undefined,
    };
  };
})();
`;

/** The sheet that the editor puts under every page, in its layer. */
export const EDITOR_SHEET = `
@layer vscode-default {
  body {
    margin: 0;
    padding: 0 20px;
    color: var(--vscode-editor-foreground);
    font-family: var(--vscode-font-family);
    font-weight: var(--vscode-font-weight);
    font-size: var(--vscode-font-size);
    overscroll-behavior-x: none;
    background-color: transparent;
  }
  a, a code { color: var(--vscode-textLink-foreground); }
  a:focus, input:focus, select:focus, textarea:focus { outline: 1px solid -webkit-focus-ring-color; outline-offset: -1px; }
  code {
    padding: 1px 3px;
    border-radius: 4px;
    color: var(--vscode-textPreformat-foreground);
    background-color: var(--vscode-textPreformat-background);
    font-family: var(--vscode-editor-font-family);
  }
}
`;
