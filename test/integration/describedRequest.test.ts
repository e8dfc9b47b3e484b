import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { runRoutes } from '../../src/cli/routes';
import { buildRequest } from '../../src/core/request/buildRequest';
import { proposeValues } from '../../src/core/request/proposeValues';
import { sendOnce } from '../../src/http/client';
import { resolveHost } from '../../src/platform/node/resolveHost';
import { wasmFrom } from '../../src/platform/node/wasmFiles';
import { describeRequest } from '../../src/session/describeRequest';
import { startApp, type RunningApp } from '../support/processes';
import { pythonProgram } from '../support/python';

const APP = `
import sys
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Annotated, Literal, Optional, Union
from uuid import UUID

import uvicorn
from fastapi import FastAPI, Header, Query
from pydantic import BaseModel, Field, HttpUrl

app = FastAPI()

class Colour(str, Enum):
    red = "red"
    green = "green"

class Part(BaseModel):
    code: str = Field(pattern=r"^[A-Z]{2}-\\d{3}$")
    weight: float = Field(gt=0, lt=0.5)

class Order(BaseModel):
    name: str = Field(min_length=3, max_length=5)
    count: int = Field(ge=10, multiple_of=4)
    price: Decimal = Field(gt=0)
    colour: Colour
    kind: Literal["a", "b"]
    key: UUID
    day: date
    at: datetime
    page: HttpUrl
    parts: list[Part] = Field(min_length=2)
    either: Union[int, str]
    maybe: Optional[int]
    tree: "Optional[Order]" = None
    tags: set[str] = Field(min_length=2)
    extra: dict[str, int]

@app.post("/order/{number}")
def order(number: Annotated[int, "n"], body: Order, limit: Annotated[int, Query(ge=5)], x_tenant: Annotated[str, Header(min_length=4)]):
    return body

@app.get("/search")
def search(q: Annotated[str, Query(min_length=4)], order: Colour, sort: Annotated[str, Query(pattern="^(up|down)$")]):
    return {"q": q}

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
`;

describe('a request proposed from the document of a FastAPI server', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'ep-described-'));
  let app: RunningApp;
  before(async () => {
    writeFileSync(path.join(folder, 'main.py'), APP);
    app = await startApp({
      program: pythonProgram(),
      args: ['main.py', '{port}'],
      cwd: folder,
      env: { PYTHONDONTWRITEBYTECODE: '1' },
      timeoutMs: 30_000,
    });
  });
  after(() => app.stop());

  it('is accepted without editing', async () => {
    const wasm = wasmFrom(path.resolve(import.meta.dirname, '../../node_modules/@vscode/tree-sitter-wasm/wasm'));
    const { endpoints } = await runRoutes({ dir: folder, includeTests: false }, { wasm });
    assert.deepEqual(endpoints.map((each) => each.path).sort(), ['/order/{number}', '/search']);
    for (const endpoint of endpoints) {
      const signal = new AbortController().signal;
      const described = await describeRequest(endpoint, { folder, baseUrl: app.baseUrl, resolveHost }, signal);
      const request = buildRequest(endpoint, app.baseUrl, proposeValues(endpoint, undefined, described));
      const answer = await sendOnce(request, { timeoutMs: 5000, insecureTls: false, maxBodyBytes: 10_000 });
      assert.equal(answer.status, 200, `${JSON.stringify(request)}\n${answer.bodyText}`);
    }
  });
});
