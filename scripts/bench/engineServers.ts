import { startNginx, startNode, startPython, type StartServer } from './engineStart';

/** A server that generators are compared on. */
export interface BenchServer {
  readonly name: string;
  readonly path: string;
  readonly connections: number;
  /** The server closes every connection after its answer. */
  readonly closes: boolean;
  readonly start: StartServer;
}

const FLASK_APP = `from flask import Flask
app = Flask(__name__)

@app.get("/")
def hello():
    return "hello, world\\n"
`;

const NODE_APP = `import { createServer } from 'node:http';
createServer((_request, response) => response.end('hello, world\\n')).listen(Number(process.argv[2]), '127.0.0.1');
`;

const FLASK = ['-m', 'flask', '--app', 'app', 'run', '--port', '{port}'];
const GUNICORN = ['-m', 'gunicorn', '-w', '1', '-b', '127.0.0.1:{port}', 'app:app'];

export const BENCH_SERVERS: readonly BenchServer[] = [
  { name: 'nginx', path: '/', connections: 64, closes: false, start: startNginx },
  { name: 'nginx, closing', path: '/close', connections: 16, closes: true, start: startNginx },
  { name: 'Node http', path: '/', connections: 64, closes: false, start: startNode(NODE_APP) },
  { name: 'Flask development', path: '/', connections: 16, closes: true, start: startPython(FLASK_APP, FLASK) },
  { name: 'gunicorn sync', path: '/', connections: 16, closes: true, start: startPython(FLASK_APP, GUNICORN) },
];
