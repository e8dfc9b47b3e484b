import { PORT_URL, type FolderFacts, type ProposedServer } from './folderFacts';

const SERVES = /^(.*[-_])?(serve|server|start|dev|web|api|run|runserver)$/;

/**
 * Scripts of pyproject.toml whose name says that they serve; they are expected to listen to PORT.
 *
 * Example: `[project.scripts]` with `shop-serve = "shop.cli:main"` → `python3 -c "from shop.cli import main; main()"`.
 */
export function proposePyproject({ files, programs, python }: FolderFacts): readonly ProposedServer[] {
  return ['project.scripts', 'tool.poetry.scripts'].flatMap((table) =>
    [
      ...section(files.get('pyproject.toml') ?? '', table).matchAll(
        /^["']?([\w-]+)["']?\s*=\s*["']([\w.]+):(\w+)["']/gm,
      ),
    ]
      .filter(([, name = '']) => SERVES.test(name))
      .map(([, name = '', module = '', call = '']) => {
        const isInstalled = programs?.names.has(name) === true;
        const command = isInstalled
          ? `${programs.folder}/${name}`
          : `${python} -c "from ${module} import ${call}; ${call}()"`;
        return {
          server: { name, baseUrl: PORT_URL, start: { command, env: { PORT: '{port}' } } },
          reason: `script "${name}" in pyproject.toml`,
        };
      }),
  );
}

/** The lines of a TOML table until the next one. */
function section(text: string, name: string): string {
  const lines = text.split(/\r?\n/);
  const start = lines.findIndex((line) => line.trim() === `[${name}]`);
  if (start < 0) return '';
  const end = lines.findIndex((line, index) => index > start && line.trimStart().startsWith('['));
  return lines.slice(start + 1, end < 0 ? undefined : end).join('\n');
}
