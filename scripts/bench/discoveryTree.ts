import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Text that no framework hints at, of about the length that source files have. */
function plainPython(at: number): string {
  const lines = Array.from(
    { length: 60 },
    (_, line) => `def helper_${at}_${line}(value):\n    return value * ${line} + ${at}\n`,
  );
  return `"""Nothing to be found here."""\nimport json\n\n${lines.join('\n')}`;
}

function plainTypeScript(at: number): string {
  const lines = Array.from(
    { length: 60 },
    (_, line) => `export function helper${at}x${line}(value: number): number {\n  return value * ${line} + ${at};\n}\n`,
  );
  return `import type { Shape } from './shape';\n\n${lines.join('\n')}\nexport type Own = Shape;\n`;
}

function flaskBlueprint(at: number, routes: number): string {
  const handlers = Array.from(
    { length: routes },
    (_, nr) => `@bp.get('/item${nr}/<int:item_id>')\ndef item_${nr}(item_id):\n    return {'id': item_id}\n`,
  );
  return `from flask import Blueprint\n\nbp = Blueprint('b${at}', __name__, url_prefix='/b${at}')\n\n${handlers.join('\n')}`;
}

function expressRouter(routes: number): string {
  const handlers = Array.from(
    { length: routes },
    (_, nr) => `router.get('/item${nr}/:itemId', (req, res) => res.json({ id: req.params.itemId }));\n`,
  );
  return `import { Router } from 'express';\n\nconst router = Router();\n${handlers.join('')}\nexport default router;\n`;
}

/** What was written: which files an edit can be tried on. */
export interface GeneratedTree {
  readonly files: number;
  readonly routes: number;
  /** A file that declares routes, one that mounts all others of its language, and one that has nothing to do with routes. */
  readonly routeFile: string;
  readonly mountFile: string;
  readonly plainFile: string;
}

/**
 * Writes a workspace of `files` source files into an empty folder: five in a hundred declare ten routes each (half Flask
 * blueprints, half Express routers, each mounted by one application file), the rest is other code in both languages.
 */
export async function generateTree(folder: string, files: number): Promise<GeneratedTree> {
  const perLanguage = Math.max(1, Math.floor(files * 0.025));
  const texts = new Map<string, string>();
  const numbers = Array.from({ length: perLanguage }, (_, at) => at);
  for (const at of numbers) {
    texts.set(`py/views/view${at}.py`, flaskBlueprint(at, 10));
    texts.set(`ts/routes/route${at}.ts`, expressRouter(10));
  }
  const imports = numbers.map((at) => `from .views.view${at} import bp as bp${at}\n`).join('');
  const mounts = numbers.map((at) => `app.register_blueprint(bp${at})\n`).join('');
  texts.set('py/__init__.py', `from flask import Flask\n${imports}\napp = Flask(__name__)\n${mounts}`);
  texts.set('py/views/__init__.py', '');
  const uses = numbers.map((at) => `import r${at} from './routes/route${at}';\n`).join('');
  const used = numbers.map((at) => `app.use('/r${at}', r${at});\n`).join('');
  texts.set('ts/app.ts', `import express from 'express';\n${uses}\nconst app = express();\n${used}app.listen(3000);\n`);
  for (let at = 0; texts.size < files; at += 1) {
    const section = Math.floor(at / 50);
    if (at % 2 === 0) texts.set(`py/lib/part${section}/plain${at}.py`, plainPython(at));
    else texts.set(`ts/lib/part${section}/plain${at}.ts`, plainTypeScript(at));
  }
  for (const path of new Set([...texts.keys()].map((file) => dirname(join(folder, file))))) {
    await mkdir(path, { recursive: true });
  }
  for (const [file, text] of texts) await writeFile(join(folder, file), text);
  return {
    files: texts.size,
    routes: perLanguage * 20,
    routeFile: 'py/views/view0.py',
    mountFile: 'py/__init__.py',
    plainFile: 'py/lib/part0/plain0.py',
  };
}
