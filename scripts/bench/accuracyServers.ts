import { startGo, startNginx, startNode, startPython, type StartServer } from './engineStart';

export type ConnectionKind = 'keep-alive' | 'closing';

/** One way to run a server: on it the numbers of two generators are compared. Every server uses one core at most. */
export interface AccuracyServer {
  readonly name: string;
  readonly kind: ConnectionKind;
  readonly path: string;
  /** A sentence where the server does not know this kind of connection. */
  readonly cannot?: string;
  readonly start: StartServer;
}

/** A little work in each answer, as an application has it; `/close` ends the connection. */
const FLASK_APP = `from flask import Flask, jsonify
app = Flask(__name__)

@app.get("/")
def hello():
    return jsonify(id=1, name="hello", numbers=list(range(20)))
`;

/** The development server speaks HTTP/1.0, which closes, unless it is told otherwise. */
const FLASK_APP_KEEPING = `from werkzeug.serving import WSGIRequestHandler
WSGIRequestHandler.protocol_version = "HTTP/1.1"
${FLASK_APP}`;

const ASGI_APP = `BODY = b'{"id": 1, "name": "hello", "numbers": [1, 2, 3, 4, 5, 6, 7, 8]}'
HEADERS = [(b"content-type", b"application/json"), (b"content-length", str(len(BODY)).encode())]

async def app(scope, receive, send):
    if scope["type"] != "http":
        return
    closing = [(b"connection", b"close")] if scope["path"] == "/close" else []
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS + closing})
    await send({"type": "http.response.body", "body": BODY})
`;

const EXPRESS_APP = `import { createRequire } from 'node:module';
const express = createRequire(process.argv[3])('express');
const app = express();
const hello = (_request, response) => response.json({ id: 1, name: 'hello', numbers: [1, 2, 3, 4, 5, 6, 7, 8] });
app.get('/', hello);
app.get('/close', (request, response) => {
  response.set('Connection', 'close');
  hello(request, response);
});
app.listen(Number(process.argv[2]), '127.0.0.1');
`;

const FASTIFY_APP = `import { createRequire } from 'node:module';
const fastify = createRequire(process.argv[3])('fastify');
const app = fastify();
const answer = { id: 1, name: 'hello', numbers: [1, 2, 3, 4, 5, 6, 7, 8] };
app.get('/', async () => answer);
app.get('/close', async (_request, reply) => {
  reply.header('Connection', 'close');
  return answer;
});
await app.listen({ port: Number(process.argv[2]), host: '127.0.0.1' });
`;

const GO_APP = `package main

import (
	"encoding/json"
	"net/http"
	"os"
)

func hello(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(map[string]any{"id": 1, "name": "hello", "numbers": []int{1, 2, 3, 4, 5, 6, 7, 8}})
}

func main() {
	http.HandleFunc("/", hello)
	http.HandleFunc("/close", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Connection", "close")
		hello(w, r)
	})
	if err := http.ListenAndServe("127.0.0.1:"+os.Args[1], nil); err != nil {
		panic(err)
	}
}
`;

const FLASK = ['-m', 'flask', '--app', 'app', 'run', '--port', '{port}'];
const gunicorn = (...more: readonly string[]): readonly string[] => [
  '-m',
  'gunicorn',
  '-w',
  '1',
  '-b',
  '127.0.0.1:{port}',
  '--log-level',
  'error',
  ...more,
  'app:app',
];
const UVICORN = [
  '-m',
  'uvicorn',
  '--port',
  '{port}',
  '--no-access-log',
  '--log-level',
  'error',
  '--backlog',
  '4096',
  'app:app',
];
const GEVENT = ['-k', 'gevent', '--worker-connections', '2000'];

/** Both kinds of a server whose path says which. */
function both(name: string, start: StartServer): readonly AccuracyServer[] {
  return [
    { name, kind: 'keep-alive', path: '/', start },
    { name, kind: 'closing', path: '/close', start },
  ];
}

export const ACCURACY_SERVERS: readonly AccuracyServer[] = [
  { name: 'flask', kind: 'keep-alive', path: '/', start: startPython(FLASK_APP_KEEPING, FLASK) },
  { name: 'flask', kind: 'closing', path: '/', start: startPython(FLASK_APP, FLASK) },
  {
    name: 'gunicorn-sync',
    kind: 'keep-alive',
    path: '/',
    cannot: 'a sync worker of Gunicorn closes every connection.',
    start: startPython(FLASK_APP, gunicorn()),
  },
  { name: 'gunicorn-sync', kind: 'closing', path: '/', start: startPython(FLASK_APP, gunicorn()) },
  {
    name: 'gunicorn-gevent',
    kind: 'keep-alive',
    path: '/',
    start: startPython(FLASK_APP, gunicorn(...GEVENT, '--keep-alive', '75')),
  },
  {
    name: 'gunicorn-gevent',
    kind: 'closing',
    path: '/',
    start: startPython(FLASK_APP, gunicorn(...GEVENT, '--keep-alive', '0')),
  },
  ...both('uvicorn', startPython(ASGI_APP, UVICORN)),
  ...both('express', startNode(EXPRESS_APP, 'ours')),
  ...both('fastify', startNode(FASTIFY_APP, 'frameworks')),
  ...both('go', startGo(GO_APP)),
  ...both('nginx', startNginx),
];
