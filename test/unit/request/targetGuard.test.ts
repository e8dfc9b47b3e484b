import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hostConsentKey } from '../../../src/core/request/consent';
import { checkTarget, classifyAddress, describeTarget, parseTargetUrl } from '../../../src/core/request/targetGuard';
import { errorCode } from '../../../src/util/errors';

const never = (host: string): Promise<string[]> => Promise.reject(new Error(`must not look up ${host}`));
const answering =
  (...addresses: string[]) =>
  (): Promise<string[]> =>
    Promise.resolve(addresses);

describe('checkTarget', () => {
  for (const url of [
    'http://127.0.0.1:8000',
    'http://127.1/',
    'http://127.255.255.254',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0177.0.0.1/',
    'http://0x7f.1/',
    'http://0.0.0.0/',
    'http://[::1]/',
    'http://[0:0:0:0:0:0:0:1]/',
    'http://[::]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://１２７.0.0.1/',
  ]) {
    it(`knows ${url} as this machine, without a lookup`, async () => {
      const target = await checkTarget(url, never);
      assert.equal(target.class, 'loopback');
      assert.equal(target.consent, 'none');
      assert.equal(target.addresses.length, 1);
    });
  }

  for (const [url, expected] of [
    ['http://10.0.0.1', 'private'],
    ['http://172.31.255.255', 'private'],
    ['http://192.168.1.1', 'private'],
    ['http://100.64.0.1', 'private'],
    ['http://[fd12::1]', 'private'],
    ['http://[::ffff:10.0.0.1]', 'private'],
    ['http://172.32.0.1', 'public'],
    ['http://8.8.8.8', 'public'],
    ['http://134744072', 'public'],
    ['http://[2001:4860:4860::8888]', 'public'],
    ['http://[::ffff:8.8.8.8]', 'public'],
    ['http://[64:ff9b::7f00:1]', 'public'],
    ['http://[2002:7f00:1::]', 'public'],
    ['http://224.0.0.1', 'public'],
    ['http://255.255.255.255', 'public'],
    ['http://169.254.169.254/latest/meta-data', 'link-local'],
    ['http://0xa9fea9fe/', 'link-local'],
    ['http://2852039166/', 'link-local'],
    ['http://[::ffff:169.254.169.254]/', 'link-local'],
    ['http://[fe80::1]/', 'link-local'],
    ['http://[fd00:ec2::254]/', 'link-local'],
    ['http://[fd00:0ec2:0::254]/', 'link-local'],
    ['http://100.100.100.200/', 'link-local'],
    ['http://168.63.129.16/', 'link-local'],
  ] as const) {
    it(`takes ${url} for ${expected}`, async () => {
      const target = await checkTarget(url, never);
      assert.equal(target.class, expected);
      assert.equal(target.consent, expected === 'private' ? 'remembered' : 'every-time');
    });
  }

  it('judges localhost.evil.example by its address and not by its name', async () => {
    const target = await checkTarget('http://localhost.evil.example:8000', answering('93.184.216.34'));
    assert.equal(target.class, 'public');
    assert.match(describeTarget(target), /localhost\.evil\.example \(93\.184\.216\.34\).*public/);
  });

  it('judges a name that claims to be localhost by its address', async () => {
    assert.equal((await checkTarget('http://localhost', answering('10.1.2.3'))).class, 'private');
  });

  it('lets the strictest address of a name decide', async () => {
    const mixed = answering('127.0.0.1', '10.0.0.1', '169.254.169.254');
    assert.equal((await checkTarget('http://rebind.example', mixed)).class, 'link-local');
    assert.equal((await checkTarget('http://two.example', answering('127.0.0.1', '8.8.8.8'))).class, 'public');
  });

  it('looks a name up once and hands out exactly the addresses that it judged', async () => {
    let lookups = 0;
    const rebinding = (): Promise<string[]> => Promise.resolve([lookups++ === 0 ? '127.0.0.1' : '169.254.169.254']);
    const target = await checkTarget('http://rebind.example', rebinding);
    assert.deepEqual(target.addresses, ['127.0.0.1']);
    assert.equal(lookups, 1);
  });

  it('says that a name is unknown', async () => {
    for (const resolve of [answering(), never]) {
      await assert.rejects(checkTarget('http://nowhere.example', resolve), (error) => {
        assert.equal(errorCode(error), 'target-unknown-host');
        assert.match(String(error), /"nowhere\.example" is not known/);
        return true;
      });
    }
  });

  it('remembers a yes for private hosts only', async () => {
    const key = async (url: string): Promise<string | null> => hostConsentKey(await checkTarget(url, never));
    assert.equal(await key('http://10.0.0.1:1'), 'host:10.0.0.1');
    assert.equal(await key('http://8.8.8.8'), null);
    assert.equal(await key('http://169.254.169.254'), null);
    assert.equal(await key('http://127.0.0.1'), null);
  });
});

describe('parseTargetUrl', () => {
  for (const url of [
    'http://localhost@evil.example/',
    'http://127.0.0.1:80@evil.example/',
    'http://user:pw@127.0.0.1/',
    'http://localhost%2f@evil.example',
    'http:\\\\localhost@evil.example',
    'ftp://127.0.0.1',
    'file:///etc/passwd',
    'javascript:alert(1)',
    '127.0.0.1:8000',
    '//127.0.0.1',
    '',
    'http://',
    'http://256.0.0.1',
  ]) {
    it(`refuses ${JSON.stringify(url)} with a sentence`, () => {
      assert.throws(
        () => parseTargetUrl(url),
        (error) => {
          assert.equal(errorCode(error), 'target-url');
          assert.ok(!String(error).includes('pw'), 'a password is not repeated');
          return true;
        },
      );
    });
  }
});

describe('classifyAddress', () => {
  it('takes what is no address for public, and looks below the zone of an IPv6 address', () => {
    assert.equal(classifyAddress('localhost'), 'public');
    assert.equal(classifyAddress('fe80::1%eth0'), 'link-local');
    assert.equal(classifyAddress('::1%lo'), 'loopback');
  });
});
