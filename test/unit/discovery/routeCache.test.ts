import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { RouteCache } from '../../../src/platform/node/routeCache';
import { scan } from './scan';

describe('the cache of routes', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'ep-cache-'));
  });
  after(() => rm(folder, { recursive: true }));

  it('gives back what it was given, to the same version and folder only', async () => {
    const result = await scan({
      'app.py': "from flask import Flask\napp = Flask(__name__)\n@app.get('/x')\ndef x(): ...\n",
    });
    assert.equal(result.endpoints.length, 1);
    const cache = new RouteCache(path.join(folder, 'not', 'yet'), '1.0.0');
    await cache.write('/shop', result);
    assert.deepEqual(await cache.read('/shop'), result);
    assert.equal(await cache.read('/other'), undefined);
    assert.equal(await new RouteCache(path.join(folder, 'not', 'yet'), '1.0.1').read('/shop'), undefined);
  });

  it('is empty when its file is damaged, and no error when its folder cannot be made', async () => {
    const own = path.join(folder, 'not', 'yet');
    const [file = ''] = await readdir(own);
    await writeFile(path.join(own, file), '{"profilerVersion":"1.0.0","folder":"/shop","result":');
    assert.equal(await new RouteCache(own, '1.0.0').read('/shop'), undefined);
    await writeFile(path.join(own, file), '{"profilerVersion":"1.0.0","folder":"/shop","result":{"endpoints":3}}');
    assert.equal(await new RouteCache(own, '1.0.0').read('/shop'), undefined);
    const blocked = new RouteCache(path.join(own, file, 'below a file'), '1.0.0');
    await blocked.write('/shop', await scan({}));
    assert.equal(await blocked.read('/shop'), undefined);
  });
});
