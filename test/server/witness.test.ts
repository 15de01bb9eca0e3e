// A witness over HTTP: every status of tlog-witness, what it remembers through restarts and kills, and forks it has seen.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { expect } from 'chai'
import { openCheckpoint, parseNote, parseVerifierKey, verifyCosignatures } from '../../server/proof/index.ts'
import { checkpointOf, newKey } from '../support/reference-log.ts'
import { newLog, origin, originHash, post, requestOf, witnesses } from '../support/witness.ts'

const root = resolve(import.meta.dirname, '..', '..')
const { start, folder, close } = witnesses()
const children: ChildProcess[] = []

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await close()
})

/** The cosignature in an answer, checked by what checks it everywhere else. */
const cosignatureOf = (note: string, lines: string, vkey: string) =>
  verifyCosignatures(parseNote(note + lines), [parseVerifierKey(vkey)])

const sizeIn = async (place: string) => {
  const { logs } = JSON.parse(await readFile(join(place, 'state.json'), 'utf8'))
  return logs.map(({ size }: { size: string }) => Number(size))
}

describe('a witness', () => {
  it('cosigns the first checkpoint, and the next that continues it', async () => {
    const log = newLog()
    const witness = await start({ logs: [log.key.vkey], now: () => 1_790_000_000_999 })
    const first = await post(witness.url, log.request(0, 5))
    expect(first.status).to.equal(200)
    expect(first.body).to.match(/^— witness\.example\/w1 [A-Za-z0-9+/]+=*\n$/)
    expect(cosignatureOf(log.note(5), first.body, witness.vkey)[0]).to.include({ timestamp: 1_790_000_000n })
    const next = await post(witness.url, log.request(5, 300))
    expect(next.status).to.equal(200)
    expect(cosignatureOf(log.note(300), next.body, witness.vkey)).to.have.length(1)
  })

  it('signs so that no other bit holds', async () => {
    const log = newLog()
    const witness = await start({ logs: [log.key.vkey] })
    const { body } = await post(witness.url, log.request(0, 3))
    const [, name, encoded] = body.trim().split(' ') as [string, string, string]
    const bytes = Buffer.from(encoded, 'base64')
    // The key's id apart, which makes it the line of an unknown key.
    for (let bit = 32; bit < bytes.length * 8; bit += 7) {
      const flipped = Buffer.from(bytes)
      flipped[bit >> 3]! ^= 1 << (bit & 7)
      const line = `— ${name} ${flipped.toString('base64')}\n`
      expect(() => cosignatureOf(log.note(3), line, witness.vkey), `bit ${bit}`).to.throw()
    }
    expect(() => cosignatureOf(log.note(4), body, witness.vkey)).to.throw(/does not belong/)
  })

  it('answers the same size again with a new cosignature', async () => {
    const log = newLog()
    let now = 1_790_000_000_000
    const witness = await start({ logs: [log.key.vkey], now: () => now })
    const one = await post(witness.url, log.request(0, 4))
    now += 5_000
    const again = await post(witness.url, log.request(4, 4))
    expect(again.status).to.equal(200)
    expect(cosignatureOf(log.note(4), again.body, witness.vkey)[0]!.timestamp).to.equal(1_790_000_005n)
    expect(again.body).not.to.equal(one.body)
  })

  it('cosigns an empty log, and what grows from it', async () => {
    const log = newLog()
    const witness = await start({ logs: [log.key.vkey] })
    for (const [old, size] of [
      [0, 0],
      [0, 0],
      [0, 7],
    ] as const)
      expect((await post(witness.url, log.request(old, size))).status).to.equal(200)
  })

  it('lets an old size go that is not its own, and tells its own', async () => {
    const log = newLog()
    const witness = await start({ logs: [log.key.vkey] })
    const conflict = { type: 'text/x.tlog.size', status: 409 }
    expect(await post(witness.url, log.request(2, 4))).to.deep.equal({ ...conflict, body: '0\n' })
    await post(witness.url, log.request(0, 6))
    for (const [old, size] of [
      [0, 9],
      [5, 9],
      [7, 9],
      [0, 3],
      [3, 3],
    ] as const)
      expect(await post(witness.url, log.request(old, size)), `${old} to ${size}`).to.deep.equal({
        ...conflict,
        body: '6\n',
      })
    expect(await sizeIn(witness.folder)).to.deep.equal([6])
  })

  it('refuses an old size beyond the checkpoint', async () => {
    const log = newLog()
    const witness = await start({ logs: [log.key.vkey] })
    expect((await post(witness.url, log.request(5, 4))).status).to.equal(400)
    await post(witness.url, log.request(0, 5))
    expect((await post(witness.url, log.request(5, 4))).status).to.equal(400)
  })

  it('knows its logs alone', async () => {
    const log = newLog()
    const witness = await start({ logs: [log.key.vkey] })
    const other = newLog(newKey('other.example/log'), 'other.example/log')
    expect((await post(witness.url, other.request(0, 1))).status).to.equal(404)
    // The origin is another log's, whoever signs it.
    expect((await post(witness.url, newLog(log.key, 'other.example/log').request(0, 1))).status).to.equal(404)
  })

  it('refuses what its log has not signed', async () => {
    const log = newLog()
    const witness = await start({ logs: [log.key.vkey] })
    const stranger = newKey(origin)
    const status = async (signatures: string) =>
      (await post(witness.url, requestOf(0, [], `${log.text(3)}\n${signatures}`))).status
    const wrong = log.key.sign(log.text(4))
    expect(await status(stranger.sign(log.text(3))), 'another key').to.equal(403)
    expect(await status(wrong), 'another text').to.equal(403)
    expect(await status(log.key.sign(log.text(3)) + wrong), 'a good and a bad one').to.equal(403)
    expect(await status(stranger.sign(log.text(3)) + log.key.sign(log.text(3))), 'unknown beside good').to.equal(200)
  })

  it('takes either key of a log that changes it', async () => {
    const [old, next] = [newKey(origin), newKey(origin)]
    const witness = await start({ logs: [old.vkey, next.vkey] })
    expect((await post(witness.url, newLog(old).request(0, 3))).status).to.equal(200)
    expect((await post(witness.url, newLog(next).request(3, 5))).status).to.equal(200)
  })

  it('refuses what is not a request', async () => {
    const log = newLog()
    const witness = await start({ logs: [log.key.vkey] })
    await post(witness.url, log.request(0, 3))
    const [note, hash] = [log.note(4), Buffer.alloc(32).toString('base64')]
    const noncanonical = `${hash.slice(0, -2)}B=`
    const wrong: Record<string, string | Uint8Array> = {
      nothing: '',
      'no old line': `\n${note}`,
      'no empty line': `old 3\n${log.text(4)}`,
      'no number': `old \n\n${note}`,
      'two spaces': `old  3\n\n${note}`,
      'a leading zero': `old 03\n\n${note}`,
      'a sign': `old +3\n\n${note}`,
      'a negative size': `old -1\n\n${note}`,
      'another word': `Old 3\n\n${note}`,
      'a carriage return': `old 3\r\n\r\n${note}`,
      'a huge size': `old 99999999999999999999\n\n${note}`,
      'a hash that is none': `old 3\nzzz\n\n${note}`,
      'a short hash': `old 3\n${hash.slice(4)}\n\n${note}`,
      'base64 with loose bits': `old 3\n${noncanonical}\n\n${note}`,
      'a space after a hash': `old 3\n${hash} \n\n${note}`,
      '64 hashes': `old 3\n${`${hash}\n`.repeat(64)}\n${note}`,
      'no checkpoint': `old 3\n\n`,
      'no signature': `old 3\n\n${log.text(4)}\n`,
      'no end of line': `old 3\n\n${note.slice(0, -1)}`,
      'no root': `old 3\n\n${origin}\n4\n\n${log.key.sign(`${origin}\n4\n`)}`,
      'a size in words': `old 3\n\n${note.replace('\n4\n', '\nfour\n')}`,
      'a size with a zero': `old 3\n\n${note.replace('\n4\n', '\n04\n')}`,
      'a control character': `old 3\n\n${note.replace('\n4\n', '\n4\t\n')}`,
      'no UTF-8': Buffer.concat([Buffer.from(`old 3\n\n`), Buffer.of(0xff), Buffer.from(note)]),
    }
    for (const [what, body] of Object.entries(wrong)) {
      const { status, body: said } = await post(witness.url, body)
      expect(status, `${what}: ${said}`).to.equal(400)
    }
    expect((await post(witness.url, `old 3\n${`${hash}\n`.repeat(63)}\n${note}`)).status, '63 hashes').to.equal(422)
    expect(await sizeIn(witness.folder)).to.deep.equal([3])
  })

  it('refuses what does not continue the log', async () => {
    const log = newLog()
    const witness = await start({ logs: [log.key.vkey] })
    const emptyFork = checkpointOf(origin, 0, Buffer.alloc(32, 1))
    const status = async (old: number, proof: Uint8Array[], note: string) =>
      (await post(witness.url, requestOf(old, proof, note))).status
    expect(await status(0, [], `${emptyFork}\n${log.key.sign(emptyFork)}`), 'an empty log with a root').to.equal(422)
    expect(await status(0, log.proof(2, 4), log.note(4)), 'a proof from nothing').to.equal(422)
    await post(witness.url, log.request(0, 6))
    const proof = log.proof(6, 11)
    const other = log.history('another')
    expect(await status(6, [], log.note(11)), 'no proof').to.equal(422)
    expect(await status(6, proof.slice(1), log.note(11)), 'a hash less').to.equal(422)
    expect(await status(6, [...proof, Buffer.alloc(32)], log.note(11)), 'a hash more').to.equal(422)
    expect(await status(6, proof.toReversed(), log.note(11)), 'hashes swapped').to.equal(422)
    expect(await status(6, other.proof(6, 11), other.note(11)), 'another history').to.equal(422)
    expect(await status(6, [], other.note(6)), 'another root for the size').to.equal(422)
    expect(await status(6, [Buffer.alloc(32)], log.note(6)), 'a proof between equals').to.equal(422)
    expect(await status(6, proof, log.note(11))).to.equal(200)
  })

  it('refuses a body that is too large, with and without its length before it', async () => {
    const log = newLog()
    const witness = await start({ logs: [log.key.vkey] })
    const large = `old 0\n\n${'x'.repeat(200_000)}`
    const inPieces = (url: string) =>
      new Promise<number>((told, failed) => {
        const request = httpRequest(`${url}/add-checkpoint`, { method: 'POST' }, (response) => {
          response.resume()
          told(response.statusCode!)
        })
        // What is still sent finds nobody; the answer came before.
        request.on('error', failed)
        for (let at = 0; at < large.length; at += 10_000) request.write(large.slice(at, at + 10_000))
        request.end()
      })
    expect(await inPieces(witness.url)).to.equal(413)
    expect((await post(witness.url, log.request(0, 1))).status).to.equal(200)
    const declared = await new Promise<number>((told, failed) => {
      const headers = { 'content-length': String(large.length) }
      const request = httpRequest(`${witness.url}/add-checkpoint`, { method: 'POST', headers }, (response) => {
        told(response.statusCode!)
        request.destroy()
      })
      request.on('error', failed)
      request.flushHeaders()
    })
    expect(declared).to.equal(413)
  })

  it('answers at its two addresses alone, each in its way', async () => {
    const log = newLog()
    const witness = await start({ logs: [log.key.vkey] })
    await post(witness.url, log.request(0, 1))
    const status = async (method: string, path: string) => (await fetch(witness.url + path, { method })).status
    expect(await status('GET', '/add-checkpoint')).to.equal(405)
    expect(await status('POST', `/${originHash}/checkpoint`)).to.equal(405)
    expect(await status('GET', '/')).to.equal(404)
    expect(await status('GET', `/${originHash.toUpperCase()}/checkpoint`)).to.equal(404)
    expect(await status('GET', `/${originHash}/checkpoint`)).to.equal(200)
  })

  it('shows monitors the checkpoint with both signatures, and no others', async () => {
    const log = newLog()
    const witness = await start({ logs: [log.key.vkey] })
    const shown = () => fetch(`${witness.url}/${originHash}/checkpoint`)
    expect((await shown()).status).to.equal(404)
    const extra = newKey('somebody.example').sign(log.text(8))
    const { body } = await post(witness.url, requestOf(0, [], log.note(8) + extra))
    const response = await shown()
    const note = await response.text()
    expect(note).to.equal(log.note(8) + body)
    expect(response.headers.get('content-type')).to.equal('text/plain; charset=utf-8')
    expect(openCheckpoint(note, [parseVerifierKey(log.key.vkey)]).checkpoint.size).to.equal(8n)
    expect(cosignatureOf(note, '', witness.vkey)).to.have.length(1)
  })

  it('keeps logs apart', async () => {
    const [one, other] = [newLog(), newLog(newKey('__proto__'), '__proto__')]
    const witness = await start({ logs: [one.key.vkey, other.key.vkey] })
    expect((await post(witness.url, one.request(0, 5))).status).to.equal(200)
    expect((await post(witness.url, other.request(0, 2))).status).to.equal(200)
    expect((await post(witness.url, one.request(5, 6))).status).to.equal(200)
    expect((await post(witness.url, other.request(2, 3))).status).to.equal(200)
  })

  it('lets no race roll back what it has seen', async () => {
    const log = newLog()
    const witness = await start({ logs: [log.key.vkey] })
    await post(witness.url, log.request(0, 4))
    for (let round = 0, size = 4; round < 10; round++) {
      const sizes = [1, 2, 3, 4, 5, 6].map((more) => size + more)
      const said = await Promise.all(sizes.map((to) => post(witness.url, log.request(size, to))))
      const won = said.findIndex(({ status }) => status === 200)
      expect(said.filter(({ status }) => status === 200)).to.have.length(1)
      // Whoever came later hears of the one that won.
      for (const { status, body } of said.filter((_, n) => n !== won))
        expect([status, body]).to.deep.equal([409, `${sizes[won]}\n`])
      expect(await sizeIn(witness.folder)).to.deep.equal([sizes[won]])
      size = sizes[won]!
    }
  })

  it('repeats itself to a log that lost its answer', async () => {
    const log = newLog()
    const witness = await start({ logs: [log.key.vkey] })
    await post(witness.url, log.request(0, 4))
    const hung = httpRequest(`${witness.url}/add-checkpoint`, { method: 'POST' })
    hung.on('error', () => {})
    hung.end(log.request(4, 9), () => hung.destroy())
    // The one that got lost may have come first or comes last, or was never heard: all lead on.
    let repeated = await post(witness.url, log.request(4, 9))
    if (repeated.status === 409) {
      expect(repeated.body).to.equal('9\n')
      repeated = await post(witness.url, log.request(9, 9))
    }
    expect(repeated.status).to.equal(200)
    expect(cosignatureOf(log.note(9), repeated.body, witness.vkey)).to.have.length(1)
  })
})

describe('the state of a witness', () => {
  it('outlives a restart, and so does its key', async () => {
    const log = newLog()
    const before = await start({ logs: [log.key.vkey] })
    await post(before.url, log.request(0, 6))
    await before.close()
    const after = await start({ logs: [log.key.vkey] }, before.folder)
    expect(after.vkey).to.equal(before.vkey)
    expect((await post(after.url, log.request(0, 8))).body).to.equal('6\n')
    expect((await post(after.url, requestOf(6, [], log.history('another').note(6)))).status).to.equal(422)
    expect((await post(after.url, log.request(6, 8))).status).to.equal(200)
  })

  it('keeps the key to itself', async () => {
    const { folder: place } = await start({ logs: [newLog().key.vkey] })
    for (const name of ['key', 'state.json']) expect((await stat(join(place, name))).mode & 0o077, name).to.equal(0)
  })

  it('is not begun anew by accident', async () => {
    const log = newLog()
    const before = await start({ logs: [log.key.vkey] })
    await before.close()
    await rm(join(before.folder, 'state.json'))
    const again = start({ logs: [log.key.vkey] }, before.folder)
    expect(await again.catch(({ message }) => message)).to.match(/state file .* is missing/)
    const anew = await start({ logs: [log.key.vkey], newState: true }, before.folder)
    expect((await post(anew.url, log.request(0, 1))).status).to.equal(200)
  })

  it('is refused when damaged', async () => {
    const log = newLog()
    const before = await start({ logs: [log.key.vkey] })
    await post(before.url, log.request(0, 6))
    await before.close()
    const file = join(before.folder, 'state.json')
    const text = await readFile(file, 'utf8')
    for (const damaged of [
      '',
      text.slice(0, -30),
      text.replace('"6"', '"5"'),
      text.replace(/"root": "./, '"root": "/'),
      text.replace('state@1', 'state@2'),
    ]) {
      await writeFile(file, damaged)
      const again = start({ logs: [log.key.vkey] }, before.folder)
      expect(
        await again.then(
          () => damaged,
          ({ message }) => message,
        ),
      ).to.match(/is damaged/)
    }
  })

  it('serves one witness at a time', async () => {
    const log = newLog()
    const first = await start({ logs: [log.key.vkey] })
    const second = start({ logs: [log.key.vkey] }, first.folder)
    expect(await second.catch(({ message }) => message)).to.match(/is in use by another witness/)
    const { ended, errors } = command(first.folder, log.key.vkey)
    expect(await ended).to.equal(1)
    expect(errors()).to.match(/is in use by another witness/)
  })

  it('is not overwritten when somebody else has changed it', async () => {
    const log = newLog()
    const said: string[] = []
    const witness = await start({ logs: [log.key.vkey], say: (sentence) => said.push(sentence) })
    const file = join(witness.folder, 'state.json')
    await copyFile(file, `${file}.older`)
    await post(witness.url, log.request(0, 6))
    await copyFile(`${file}.older`, file)
    const { status, body } = await post(witness.url, log.request(6, 7))
    expect([status, body]).to.deep.equal([
      500,
      'The witness could not write down what it has seen, and cosigned nothing.\n',
    ])
    expect(said.join()).to.match(/changed by somebody else/)
  })

  it('stands when the witness is killed before it answers', async () => {
    const log = newLog()
    const place = await folder()
    const first = command(place, log.key.vkey)
    await post(await first.url, log.request(0, 4))
    first.child.kill('SIGKILL')
    await first.ended

    const dying = command(place, log.key.vkey, [
      'import { ServerResponse } from "node:http"',
      'ServerResponse.prototype.writeHead = () => process.kill(process.pid, "SIGKILL")',
    ])
    expect(await post(await dying.url, log.request(4, 9)).catch(() => 'no answer')).to.equal('no answer')
    await dying.ended
    expect(await sizeIn(place)).to.deep.equal([9])

    const after = command(place, log.key.vkey)
    expect(await post(await after.url, log.request(4, 9))).to.include({ status: 409, body: '9\n' })
    expect(await post(await after.url, log.request(9, 9))).to.include({ status: 200 })
  })

  it('stands as it was when the witness is killed before it is written', async () => {
    const log = newLog()
    const place = await folder()
    const first = command(place, log.key.vkey)
    await post(await first.url, log.request(0, 4))
    first.child.kill('SIGTERM')
    expect(await first.ended).to.equal(0)

    const dying = command(place, log.key.vkey, [
      'import fs from "node:fs/promises"',
      'import { syncBuiltinESMExports } from "node:module"',
      'fs.rename = () => { process.kill(process.pid, "SIGKILL"); return new Promise(() => {}) }',
      'syncBuiltinESMExports()',
    ])
    expect(await post(await dying.url, log.request(4, 9)).catch(() => 'no answer')).to.equal('no answer')
    await dying.ended
    expect(await sizeIn(place)).to.deep.equal([4])

    const after = command(place, log.key.vkey)
    expect(await post(await after.url, log.request(4, 9))).to.include({ status: 200 })
  })
})

describe('a fork', () => {
  const evidenceIn = async (place: string) =>
    Promise.all(
      (await readdir(join(place, 'evidence')).catch(() => [])).map(async (name) =>
        JSON.parse(await readFile(join(place, 'evidence', name), 'utf8')),
      ),
    )

  it('is kept with both signed checkpoints, once, whatever the old size says', async () => {
    const log = newLog()
    const other = log.history('another', 4)
    const said: string[] = []
    const witness = await start({ logs: [log.key.vkey], say: (sentence) => said.push(sentence) })
    const { body } = await post(witness.url, log.request(0, 6))
    expect((await post(witness.url, other.request(6, 6))).status).to.equal(422)
    expect((await post(witness.url, other.request(6, 6))).status).to.equal(422)
    expect((await post(witness.url, other.request(0, 6))).status).to.equal(409)
    const [kept, ...more] = await evidenceIn(witness.folder)
    expect(more).to.deep.equal([])
    expect(kept).to.include({ kind: 'fork', origin, cosigned: log.note(6) + body, refused: other.note(6) })
    const keys = [parseVerifierKey(log.key.vkey)]
    const [one, two] = [kept.cosigned, kept.refused].map((note) => openCheckpoint(note, keys).checkpoint)
    expect(one!.size).to.equal(two!.size)
    expect(one!.root).not.to.deep.equal(two!.root)
    expect(said[0]).to.match(/^FORK: the log test\.example\/log has signed two roots for 6 entries\./)
    // The first history goes on.
    expect((await post(witness.url, log.request(6, 7))).status).to.equal(200)
  })

  it('that has grown is kept as unproven', async () => {
    const log = newLog()
    const other = log.history('another', 4)
    const witness = await start({ logs: [log.key.vkey] })
    await post(witness.url, log.request(0, 6))
    expect((await post(witness.url, other.request(6, 9))).status).to.equal(422)
    expect((await evidenceIn(witness.folder)).map(({ kind, refused }) => [kind, refused])).to.deep.equal([
      ['unproven', other.note(9)],
    ])
  })

  it('is not seen in what the log did not sign, or in what is merely old', async () => {
    const log = newLog()
    const witness = await start({ logs: [log.key.vkey] })
    await post(witness.url, log.request(0, 6))
    await post(witness.url, newLog().history('another').request(6, 6))
    await post(witness.url, log.request(0, 4))
    await post(witness.url, log.request(2, 6))
    expect(await evidenceIn(witness.folder)).to.deep.equal([])
  })
})

describe('stillpoint-witness', () => {
  const ending = async (...words: string[]) => {
    const child = spawn(process.execPath, [join(root, 'scripts/stillpoint-witness.mjs'), ...words], { cwd: root })
    children.push(child)
    let said = ''
    child.stdout.on('data', (text) => {
      said += text
    })
    child.stderr.on('data', (text) => {
      said += text
    })
    const [code] = await once(child, 'close')
    return { code, said }
  }

  it('prints the line that a policy needs', async () => {
    const log = newLog()
    const { line, url } = command(await folder(), log.key.vkey)
    const [word, name, vkey, address] = (await line).split(' ')
    expect([word, name, address]).to.deep.equal(['witness', 'w2.example', await url])
    expect(parseVerifierKey(vkey!)).to.include({ name: 'w2.example', type: 4 })
    const { body } = await post(await url, log.request(0, 2))
    expect(cosignatureOf(log.note(2), body, vkey!)).to.have.length(1)
  })

  it('is found by npx without a network, and ends with it', async () => {
    const place = await folder()
    const words = ['--name', 'w', '--key', join(place, 'key'), '--state', join(place, 'state'), '--port', '0']
    const child = spawn('npx', ['stillpoint-witness', ...words, '--log', newKey(origin).vkey], {
      cwd: root,
      env: { ...process.env, npm_config_cache: join(place, 'cache'), npm_config_offline: 'true' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    children.push(child)
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
    expect(line).to.match(/^witness w w\+/)
    // The pipe is closed by the last process that holds it, which is the witness.
    const over = once(child.stdout, 'close')
    child.kill('SIGTERM')
    await over
    expect(await readdir(place)).not.to.include('state.lock')
  })

  it('tells how it is used', async () => {
    expect(await ending('--help')).to.deep.include({ code: 0 })
    expect((await ending()).said).to.match(/stillpoint-witness --name NAME --key FILE/)
  })

  it('says in a sentence what is wrong', async () => {
    const place = await folder()
    const log = newKey(origin)
    await writeFile(join(place, 'not-a-key'), 'hello')
    const good = { name: 'w', key: join(place, 'key'), state: join(place, 'state'), log: log.vkey, port: '0' }
    const wrong: [object, RegExp][] = [
      [{ name: undefined }, /^--name is missing/],
      [{ port: undefined }, /^--port is missing/],
      [{ log: undefined }, /^A witness needs the key of at least one log/],
      [{ port: '70000' }, /^--port must be a number/],
      [{ log: 'nonsense' }, /^"nonsense" is not the key of a log/],
      [{ log: newKey('w', 4).vkey }, /is the key of a witness, not of a log/],
      [{ name: 'two words' }, /^"two words" cannot be the name of a witness/],
      [{ key: join(place, 'not-a-key') }, /not-a-key holds no Ed25519 private key/],
      [{ key: place }, /cannot be read/],
      [{ host: '192.0.2.1' }, /^The witness cannot start\. 192\.0\.2\.1 is not an address of this machine/],
      [{ colour: 'red' }, /Unknown option '--colour'/],
    ]
    for (const [change, sentence] of wrong) {
      const options = Object.entries({ ...good, ...change }).filter(([, value]) => value !== undefined)
      const { code, said } = await ending(...options.flatMap(([name, value]) => [`--${name}`, value as string]))
      expect(said).to.match(sentence)
      expect(said.trim().split('\n'), said).to.have.length(1)
      expect(code).to.equal(1)
    }
  })
})

/** The command in a process of its own; `before` is a module that runs first. */
function command(place: string, log: string, before: string[] = []) {
  const words = ['--name', 'w2.example', '--key', join(place, 'key'), '--state', join(place, 'state.json')]
  const first = before.length > 0 ? ['--import', `data:text/javascript,${encodeURIComponent(before.join('\n'))}`] : []
  const script = [...first, join(root, 'scripts/stillpoint-witness.mjs'), ...words, '--log', log, '--port', '0']
  const child = spawn(process.execPath, script, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  children.push(child)
  let errors = ''
  child.stderr.on('data', (text) => {
    errors += text
  })
  const ended = once(child, 'close').then(([code]) => code as number | null)
  const line = Promise.race([
    once(createInterface(child.stdout), 'line').then(([said]) => said as string),
    ended.then(() => {
      throw new Error(`The witness ended: ${errors}`)
    }),
  ])
  line.catch(() => {})
  const url = line.then((said) => said.split(' ')[3]!)
  url.catch(() => {})
  return { child, line, url, ended, errors: () => errors }
}
