import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeProxy, parseProxyUrl, proxyFor } from '../../../src/core/request/proxy';

describe('proxyFor', () => {
  const env = { HTTP_PROXY: 'proxy.example:3128', https_proxy: 'http://secure.example:3129' };

  it('takes what the environment names for the scheme', () => {
    assert.equal(proxyFor('http://a.example/', env), 'http://proxy.example:3128/');
    assert.equal(proxyFor('https://a.example/', env), 'http://secure.example:3129/');
    assert.equal(proxyFor('https://a.example/', { ALL_PROXY: 'p:1' }), 'http://p:1/');
    assert.equal(proxyFor('http://a.example/', {}), null);
  });

  it('prefers what is configured', () => {
    assert.equal(proxyFor('http://a.example/', env, 'http://mine:1'), 'http://mine:1/');
    assert.equal(proxyFor('http://a.example/', env, ''), 'http://proxy.example:3128/');
  });

  const leftOut: readonly (readonly [string, string, boolean])[] = [
    ['example.org', 'http://example.org/', true],
    ['.example.org', 'http://api.example.org/', true],
    ['*.example.org', 'http://api.example.org/', true],
    ['example.org', 'http://notexample.org/', false],
    ['a.b, example.org:8080', 'http://example.org:8080/', true],
    ['example.org:8080', 'http://example.org/', false],
    ['10.0.0.7', 'http://10.0.0.7/', true],
    ['*', 'http://anything/', true],
    ['', 'http://anything/', false],
  ];
  for (const [list, url, isOut] of leftOut) {
    it(`NO_PROXY=${list} ${isOut ? 'leaves out' : 'does not leave out'} ${url}`, () => {
      assert.equal(proxyFor(url, { ...env, NO_PROXY: list }) === null, isOut);
    });
  }

  it('refuses what is no address, and never shows a password', () => {
    for (const text of ['socks5://p:1', 'http://', 'a b'])
      assert.throws(() => parseProxyUrl(text), /not the address of a proxy/);
    assert.equal(describeProxy('http://me:secret@p:1'), 'http://p:1');
    assert.throws(
      () => parseProxyUrl('socks5://me:secret@p:1'),
      (error: Error) => !error.message.includes('secret'),
    );
  });
});
