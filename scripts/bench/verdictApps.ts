import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Server } from '../../src/core/model/server';

/** One real stack whose handler works for a set time and, when told to, stops now and then. */
export interface VerdictApp {
  readonly files: Readonly<Record<string, string>>;
  /** The file that the injected change is made in. */
  readonly knobs: (workMs: number, stops: boolean) => readonly [name: string, text: string];
  readonly server: Server;
  readonly needsNodeModules: boolean;
}

const URL = 'http://127.0.0.1:{port}';

/** Flask under Gunicorn, Express, Go's net/http. `python` is an interpreter that has the first two. */
export function verdictApps(python: string): Readonly<Record<string, VerdictApp>> {
  return {
    flask: {
      files: {
        'app.py': `import threading, time
from flask import Flask
from knobs import STOPS, WORK_S
app = Flask(__name__)
last = time.perf_counter()
@app.get("/item")
def item():
    global last
    now = time.perf_counter()
    if STOPS and now - last > 3:
        time.sleep(0.15)
        last = time.perf_counter()
    until = time.perf_counter() + WORK_S
    while time.perf_counter() < until:
        pass
    return {"ok": True}
`,
      },
      knobs: (workMs, stops) => ['knobs.py', `WORK_S = ${workMs / 1000}\nSTOPS = ${stops ? 'True' : 'False'}\n`],
      server: {
        name: 'flask',
        baseUrl: URL,
        start: { command: `exec "${python}" -m gunicorn -w 1 -b 127.0.0.1:{port} app:app`, readyPath: '/item' },
      },
      needsNodeModules: false,
    },
    express: {
      files: {
        'server.js': `const express = require('express');
const { workMs, stops } = require('./knobs.js');
const app = express();
const wait = (ms) => { const until = performance.now() + ms; while (performance.now() < until); };
if (stops) setInterval(() => wait(150), 3000);
app.get('/item', (request, response) => { wait(workMs); response.json({ ok: true }); });
app.listen(Number(process.argv[2]), '127.0.0.1');
`,
      },
      knobs: (workMs, stops) => ['knobs.js', `module.exports = { workMs: ${workMs}, stops: ${stops} };\n`],
      server: { name: 'express', baseUrl: URL, start: { command: 'exec node server.js {port}', readyPath: '/item' } },
      needsNodeModules: true,
    },
    go: {
      files: {
        'go.mod': 'module verdicts\n\ngo 1.20\n',
        'main.go': `package main
import ("net/http"; "os"; "sync"; "time")
var gate sync.RWMutex
func main() {
	if stops { go func() { for { time.Sleep(3 * time.Second); gate.Lock(); time.Sleep(150 * time.Millisecond); gate.Unlock() } }() }
	http.HandleFunc("/item", func(w http.ResponseWriter, r *http.Request) {
		gate.RLock()
		defer gate.RUnlock()
		for start := time.Now(); time.Since(start) < work; {}
		w.Write([]byte("{}"))
	})
	http.ListenAndServe("127.0.0.1:" + os.Args[1], nil)
}
`,
      },
      knobs: (workMs, stops) => [
        'knobs.go',
        `package main\nimport "time"\nconst work = ${Math.round(workMs * 1000)} * time.Microsecond\nconst stops = ${stops}\n`,
      ],
      server: {
        name: 'go',
        baseUrl: URL,
        start: {
          command: 'GOMAXPROCS=1 exec ./verdicts {port}',
          prepare: 'go build -o verdicts .',
          readyPath: '/item',
        },
      },
      needsNodeModules: false,
    },
  };
}

/** A repository of the app whose HEAD works for `beforeMs`, and whose working tree has the change. */
export function makeProject(
  folder: string,
  app: VerdictApp,
  beforeMs: number,
  after: { readonly workMs: number; readonly stops: boolean },
): void {
  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  const git = (...args: string[]): void => {
    const settings = ['-c', 'user.name=Bench', '-c', 'user.email=bench@example.com', '-c', 'commit.gpgsign=false'];
    execFileSync('git', [...settings, ...args], { cwd: folder, stdio: 'pipe' });
  };
  for (const [name, text] of Object.entries({ ...app.files, '.gitignore': 'node_modules\nverdicts\n' }))
    write(name, text);
  write(...app.knobs(beforeMs, false));
  if (app.needsNodeModules) symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  git('init', '-q');
  git('add', '-A');
  git('commit', '-q', '-m', 'before');
  write(...app.knobs(after.workMs, after.stops));
}
