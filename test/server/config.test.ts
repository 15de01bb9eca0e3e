// The environment as the operator writes it: defaults, and one sentence for each wrong value.

import { resolve } from 'node:path'
import { expect } from 'chai'
import { ConfigError, isLoopback, readConfig } from '../../server/config.ts'

describe('config', () => {
  it('has a default for everything', () => {
    expect(readConfig({})).to.deep.equal({
      port: 3000,
      host: '127.0.0.1',
      databaseUrl: undefined,
      dataDir: resolve('data'),
      demo: undefined,
      publicUrl: 'http://127.0.0.1:3000',
      logOrigin: 'localhost/stillpoint',
      logKeyFile: resolve('data/keys/log-key'),
      logPublic: false,
      logPolicyFile: undefined,
      timeZone: 'Asia/Shanghai',
      locale: 'zh-CN',
    })
  })

  it('reads every variable', () => {
    expect(
      readConfig({
        PORT: '8080',
        HOST: '0.0.0.0',
        DATABASE_URL: 'postgres://a:b@db/stillpoint',
        DATA_DIR: '/srv/stillpoint',
        DEMO: '0',
        PUBLIC_URL: 'https://evidence.example.org/',
        LOG_ORIGIN: 'evidence.example.org/log',
        LOG_KEY_FILE: '/etc/stillpoint/log-key',
        LOG_PUBLIC: '1',
        LOG_POLICY_FILE: '/etc/stillpoint/log-policy',
        TZ_DISPLAY: 'Europe/Berlin',
        LOCALE: 'en',
      }),
    ).to.deep.equal({
      port: 8080,
      host: '0.0.0.0',
      databaseUrl: 'postgres://a:b@db/stillpoint',
      dataDir: '/srv/stillpoint',
      demo: false,
      publicUrl: 'https://evidence.example.org',
      logOrigin: 'evidence.example.org/log',
      logKeyFile: '/etc/stillpoint/log-key',
      logPublic: true,
      logPolicyFile: '/etc/stillpoint/log-policy',
      timeZone: 'Europe/Berlin',
      locale: 'en',
    })
  })

  it('cannot be changed afterwards', () => {
    expect(Object.isFrozen(readConfig({}))).to.equal(true)
  })

  it('takes an empty value as unset', () => {
    expect(readConfig({ PORT: '', DEMO: ' ' })).to.include({ port: 3000, demo: undefined })
  })

  const wrong: [string, string][] = [
    ['PORT', 'abc'],
    ['PORT', '70000'],
    ['PORT', '1.5'],
    ['HOST', 'two words'],
    ['DATABASE_URL', 'mysql://a:secret@db/x'],
    ['DATABASE_URL', 'secret'],
    ['DEMO', 'yes'],
    ['PUBLIC_URL', 'evidence.example.org'],
    ['PUBLIC_URL', 'https://example.org/path'],
    ['LOG_ORIGIN', 'two words'],
    ['TZ_DISPLAY', 'Mars/Olympus'],
    ['LOCALE', 'fr'],
  ]
  for (const [name, value] of wrong) {
    it(`refuses ${name}=${value} in one sentence`, () => {
      expect(() => readConfig({ [name]: value })).to.throw(ConfigError, new RegExp(`^${name} must be [^\n]+\\.$`))
    })
  }

  it('never repeats the password of the database', () => {
    expect(() => readConfig({ DATABASE_URL: 'mysql://a:secret@db/x' })).to.throw(ConfigError, /^((?!secret).)*$/)
  })

  it('refuses demonstration data beyond this machine', () => {
    expect(() => readConfig({ DEMO: '1', HOST: '0.0.0.0' })).to.throw(ConfigError, 'HOST is 0.0.0.0')
    expect(() => readConfig({ DEMO: '1', HOST: '192.168.0.7' })).to.throw(ConfigError, 'this machine only')
    for (const host of ['127.0.0.1', '127.0.0.2', 'localhost', '::1']) {
      expect(readConfig({ DEMO: '1', HOST: host }).demo).to.equal(true)
    }
  })

  it('does not take a name for loopback because it begins like it', () => {
    expect(isLoopback('127.example.org')).to.equal(false)
  })

  it('gives an address that a browser can open', () => {
    expect(readConfig({ HOST: '::1', PORT: '80' }).publicUrl).to.equal('http://[::1]:80')
    expect(readConfig({ HOST: '0.0.0.0' }).publicUrl).to.equal('http://localhost:3000')
  })
})
