import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Folders of the project that a virtual environment imports from (`pip install -e`), relative to the project: the `.pth` files
 * of its site-packages (Python documentation, module site). A copy must put its own in front of them.
 */
export async function editableInstalls(venv: string, project: string): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const folder of await sitePackages(venv)) {
    for (const file of await readdir(folder).catch(() => [])) {
      if (!file.endsWith('.pth') && !file.endsWith('.egg-link')) continue;
      const text = await readFile(join(folder, file), 'utf8').catch(() => '');
      for (const line of text.split(/\r?\n/)) {
        if (line === project) found.add('.');
        else if (line.startsWith(`${project}/`)) found.add(line.slice(project.length + 1));
      }
      // Newer installs map names to files in a module beside the .pth file.
      const finder = /import (__editable___\w+_finder)/.exec(text)?.[1];
      const mapping = finder ? await readFile(join(folder, `${finder}.py`), 'utf8').catch(() => '') : '';
      for (const [, path = ''] of mapping.matchAll(/'[\w.]+': '([^']+)'/g)) {
        if (path.startsWith(`${project}/`)) found.add(parentOf(path.slice(project.length + 1)));
      }
    }
  }
  return [...found];
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '.' : path.slice(0, slash);
}

async function sitePackages(venv: string): Promise<readonly string[]> {
  const versions = await readdir(join(venv, 'lib')).catch(() => []);
  return [
    ...versions.filter((name) => name.startsWith('python')).map((name) => join(venv, 'lib', name, 'site-packages')),
    join(venv, 'Lib', 'site-packages'),
  ];
}
