import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeAddress, judgeUrl, parseAllow } from './address.ts';
import { judgeListedAddress } from './judge-address.ts';

const refused = expect.objectContaining({ name: 'EgressError', kind: 'address_not_allowed', phase: 'address', message: 'The address is not allowed.' });

function judge(url: string, allow = ''): unknown {
  try {
    return judgeUrl(url, parseAllow(allow)).url.href;
  } catch (error) {
    return error;
  }
}

const SPECIAL_IPV4 = [
  '0.0.0.0', '0.255.255.255', '10.0.0.0', '10.255.255.255', '100.64.0.0', '100.127.255.255', '127.0.0.1', '127.255.255.255', '169.254.0.0', '169.254.169.254', '172.16.0.0',
  '172.31.255.255', '192.0.0.0', '192.0.0.192', '192.0.2.1', '192.31.196.1', '192.52.193.1', '192.88.99.1', '192.168.0.0', '192.168.255.255', '192.175.48.1', '198.18.0.0',
  '198.19.255.255', '198.51.100.1', '203.0.113.1', '224.0.0.0', '239.255.255.255', '240.0.0.0', '255.255.255.255', '100.100.100.200', '168.63.129.16',
];
/** One step outside of each block. */
const PUBLIC_IPV4 = [
  '1.0.0.0', '9.255.255.255', '11.0.0.0', '100.63.255.255', '100.128.0.0', '126.255.255.255', '128.0.0.0', '169.253.255.255', '169.255.0.0', '172.15.255.255', '172.32.0.0',
  '191.255.255.255', '192.0.1.0', '192.167.255.255', '192.169.0.0', '198.17.255.255', '198.20.0.0', '223.255.255.255', '8.8.8.8', '104.18.7.192',
];
const hexPair = (ip: string) => ip.split('.').map((part) => Number(part).toString(16).padStart(2, '0')).join('').replace(/^(.{4})/, '$1:');

describe('judgeAddress', () => {
  it.each(SPECIAL_IPV4)('refuses %s, and every IPv6 form that carries it', (ip) => {
    for (const form of [ip, `::ffff:${ip}`, `::ffff:${hexPair(ip)}`, `::${ip}`, `64:ff9b::${ip}`, `64:ff9b:1::${ip}`, `2002:${hexPair(ip)}::1`, `2001:0:${hexPair(ip)}::1`]) {
      expect(judgeAddress(form), form).toBe(false);
    }
  });

  it.each(PUBLIC_IPV4)('takes %s, mapped and by NAT64 too, but in no form that is nobody\'s address', (ip) => {
    for (const form of [ip, `::ffff:${ip}`, `::FFFF:${hexPair(ip)}`, `64:ff9b::${ip}`]) expect(judgeAddress(form), form).toBe(true);
    for (const form of [`::${ip}`, `2002:${hexPair(ip)}::1`, `2001:0:${hexPair(ip)}::1`, `64:ff9b:1::${ip}`, `::ffff:0:${ip}`]) expect(judgeAddress(form), form).toBe(false);
  });

  it.each([
    '::', '::1', '0:0:0:0:0:0:0:1', '::2', '1::1', '100::1', '1fff::1', '4000::1', '5f00::1', 'fc00::1', 'fd00:ec2::254', 'fdff::1', 'fe80::1', 'fe80::1%eth0', 'fe80::1%25lo', 'febf::1',
    'fec0::1', 'ff00::1', 'ff02::1', '2001::1', '2001:1::1', '2001:1ff::1', '2001:db8::1', '2002::1', '2620:4f:8000::1', '3fff::1', '3fff:fff::1',
  ])('refuses %s', (ip) => expect(judgeAddress(ip)).toBe(false));

  it.each(['2000::1', '2001:200::1', '2001:db7:ffff::1', '2001:db9::1', '2003::1', '2606:4700:4700::1111', '2620:4f:8001::1', '3ffe::1', '3fff:1000::1'])('takes %s', (ip) =>
    expect(judgeAddress(ip)).toBe(true));

  it.each(['', 'localhost', '1.2.3', '01.2.3.4', '1.2.3.4.5', '256.1.1.1', '0x08.8.8.8', '134744072', '8.8.8.8 ', '8.8.8.8\0', '[2606::1]', '2606::1%1', '2606:::1', 'example.com'])(
    'refuses what is no address: %j', (ip) => expect(judgeAddress(ip)).toBe(false));

  it('never takes an address of the listed blocks, whatever the bits', () => {
    const blocks = [[10, 8], [127, 8], [0xa9fe, 16], [0xc0a8, 16], [0xac1, 12], [0xe, 4], [0xf, 4]] as const;
    fc.assert(fc.property(fc.constantFrom(...blocks), fc.nat(0xffffffff), ([head, bits], rest) => {
      const value = ((head * 2 ** (32 - bits)) + (rest % 2 ** (32 - bits)));
      const ip = [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
      expect(judgeAddress(ip)).toBe(false);
    }));
  });

  it('opens private addresses to a listed name, but no metadata, multicast or nobody\'s address', () => {
    for (const ip of ['127.0.0.1', '10.1.2.3', '192.168.1.1', '::1', 'fd12::1', '198.18.0.7', '8.8.8.8', '::ffff:10.0.0.1']) expect(judgeListedAddress(ip), ip).toBe(true);
    for (const ip of ['0.0.0.0', '169.254.169.254', '::ffff:a9fe:a9fe', '64:ff9b::a9fe:a9fe', '100.100.100.200', '168.63.129.16', '224.0.0.1', '255.255.255.255', '::', 'fe80::1', 'fd00:ec2::254', 'ff02::1', 'x']) {
      expect(judgeListedAddress(ip), ip).toBe(false);
    }
  });
});

describe('judgeUrl', () => {
  it.each([
    ['https://api.openai.com/v1', 'https://api.openai.com/v1'],
    ['HTTPS://API.OpenAI.com:443/v1?x#y', 'https://api.openai.com/v1?x#y'],
    ['https://8.8.8.8/', 'https://8.8.8.8/'],
    ['https://[2606:4700:4700::1111]/', 'https://[2606:4700:4700::1111]/'],
    ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
    // Nobody's name by RFC 6761: it is told as not found, which it always is.
    ['https://dead-host.invalid/', 'https://dead-host.invalid/'],
    // Read once: what is judged is what is called.
    ['https:\\\\api.openai.com\\v1', 'https://api.openai.com/v1'],
    ['https://api.open\tai.com\n/v1', 'https://api.openai.com/v1'],
    ['https://api.openai.com#@127.0.0.1/', 'https://api.openai.com/#@127.0.0.1/'],
    ['https://api.openai.com/@127.0.0.1', 'https://api.openai.com/@127.0.0.1'],
    ['https://api.openai.com\\@127.0.0.1', 'https://api.openai.com/@127.0.0.1'],
  ])('takes %j', (url, href) => expect(judge(url)).toBe(href));

  const LOOPBACK = [
    '127.0.0.1', '127.1', '127.0.1', '2130706433', '0x7f000001', '0x7F.1', '017700000001', '0177.0.0.1', '00000177.1', '0x7f.0x0.0x0.0x1', '0', '0.0', '0x0', '127.0.0.1.', '127.1.', '127.0.0.1%2e',
    '１２７.０.０.１', '①②⑦.⓪.⓪.①', '127。0。0。1', '127．0．0．1', '%31%32%37.0.0.1', '127.0.0.1\t', '127.0\n.0.1', '1\u00ad27.0.0.1', '[::]', '[::1]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]', '[::127.0.0.1]', '[::7f00:1]', '[64:ff9b::127.0.0.1]', '[2002:7f00:1::]', '[2001:0:7f00:1::]', '[fe80::1]', '[fe80::1%25lo]', '[fe80::1%lo]', '[fc00::1]', '[ff02::1]',
    'localhost', 'LOCALHOST', 'localhost.', 'foo.localhost', 'foo.localhost.', 'ⓛocalhost', 'ｌｏｃａｌｈｏｓｔ', 'db.internal', 'printer.local', 'metadata.google.internal', 'metadata.goog', 'metadata.tencentyun.com',
    'metadata', 'postgres', 'ollama', 'router.lan', 'x.home.arpa', 'x.test', 'x.onion', 'api.openai.com.', 'x..com', 'a,b.com', '*.example.com', 'a%00.example.com', 'a%20b.example.com', '256.256.256.256', '1.2.3.4.5',
    'x.1', `${'a.'.repeat(127)}com`,
    'user@example.com', 'user:pass@example.com', ':pass@example.com', 'api.openai.com@127.0.0.1', 'api.openai.com%40127.0.0.1', 'x:y@127.0.0.1:443',
  ];
  it.each([...LOOPBACK, ...SPECIAL_IPV4])('refuses https://%s/, under any scheme and port', (host) => {
    for (const url of [`https://${host}/`, `https://${host}:443/`, `http://${host}/`, `https://${host}:8443/`, `https:${host}`, `https:/\\${host}`]) expect(judge(url), url).toEqual(refused);
  });

  it.each([
    'http://api.openai.com/', 'http://api.openai.com:443/', 'https://api.openai.com:80/', 'https://api.openai.com:8443/', 'https://api.openai.com:22/', 'https://api.openai.com:0/', 'https://api.openai.com:65536/',
    'file:///etc/passwd', 'gopher://example.com/', 'ftp://example.com/', 'data:text/plain,x', 'ws://example.com/', 'wss://example.com/', 'dict://example.com:11211/', 'unix:/var/run/docker.sock',
    'http+unix://%2Fvar%2Frun%2Fdocker.sock/', 'javascript:alert(1)', 'blob:https://example.com/x', 'about:blank', '//example.com/', '/v1', 'example.com', '', ' ', 'https://', 'https:///', 'https://?', 'https://#',
    'https://[', 'https://[]/', 'https://[::1', 'https://example.com:x/', `https://example.com/${'a'.repeat(17_000)}`, '\0', 'https://\ud800.com/',
  ])('refuses %j', (url) => expect(judge(url)).toEqual(refused));

  it('opens exactly the listed host and port, over http and https', () => {
    const allow = '127.0.0.1:11434, [::1]:8080,Ollama:11434,GPU.internal:80,api.example.com:8443';
    for (const url of ['http://127.0.0.1:11434/v1', 'https://127.1:11434/', 'http://[::1]:8080/', 'http://ollama:11434/', 'http://gpu.internal/', 'https://api.example.com:8443/']) {
      expect(judge(url, allow), url).toBeTypeOf('string');
    }
    for (const url of [
      'http://127.0.0.1:11435/', 'http://127.0.0.1/', 'http://127.0.0.2:11434/', 'http://localhost:11434/', 'http://[::ffff:127.0.0.1]:11434/', 'http://ollama/', 'https://ollama:443/', 'http://ollama.:11434/',
      'http://x.ollama:11434/', 'http://gpu.internal:81/', 'http://user@ollama:11434/', 'ftp://ollama:11434/', 'http://api.example.com/', 'http://[::1]:8081/',
    ]) {
      expect(judge(url, allow), url).toEqual(refused);
    }
  });

  it('says nothing but yes or the one refusal to any text', () => {
    fc.assert(fc.property(fc.oneof(fc.webUrl(), fc.string({ unit: 'binary' }), fc.string().map((host) => `https://${host}/`)), (url) => {
      const answer = judge(url);
      if (typeof answer !== 'string') expect(answer).toEqual(refused);
      else expect(answer).toMatch(/^https:\/\/[^/:@]+\//);
    }));
  });
});

describe('parseAllow', () => {
  it('reads hosts as URLs write them', () => {
    expect(parseAllow('')).toEqual([]);
    expect(parseAllow(' OLLAMA:11434 ,[0:0::1]:80, 127.1:443,')).toEqual([{ host: 'ollama', port: 11434 }, { host: '::1', port: 80 }, { host: '127.0.0.1', port: 443 }]);
  });

  it.each([
    'ollama', 'ollama:', ':80', 'ollama:0', 'ollama:65536', 'ollama:080', 'http://ollama:80', 'ollama:80/x', '*:80', '*.local:80', 'a b:80', 'u@ollama:80', '::1:80', '10.0.0.0/8:80', '0.0.0.0:80', '[::]:80',
    '169.254.169.254:80', '[::ffff:169.254.169.254]:80', 'ollama.:80', 'x:1:2',
  ])('names the bad entry %j and not the good one', (entry) => {
    expect(() => parseAllow(`good:80,${entry}`)).toThrow(JSON.stringify(entry));
    expect(() => parseAllow(`good:80,${entry}`)).not.toThrow('"good:80"');
  });
});
