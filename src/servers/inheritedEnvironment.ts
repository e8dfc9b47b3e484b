/** This program's environment without what an editor put in for itself. */
export function inheritedEnvironment(): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && name !== 'ELECTRON_RUN_AS_NODE' && !name.startsWith('VSCODE_')) env[name] = value;
  }
  return env;
}
