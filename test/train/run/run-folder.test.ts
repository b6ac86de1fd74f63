import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseYamlOptions } from '../../../src/files/yaml-options.ts'
import { describeEnvironment } from '../../../src/train/run/environment.ts'
import { openRun, type RunRequest } from '../../../src/train/run/run-folder.ts'
import { isRun, readRun, readRunOptions } from '../../../src/train/run/run-record.ts'
import { temporaryFolders } from '../temporary-folder.ts'

const newFolder = temporaryFolders()
const newPath = () => join(newFolder(), 'first')

const options = { system: 'brl', lr: 0.1, steps: [35, 55], seed: null, data: { store: 'ucla' } }
const environment = describeEnvironment({
  device: 'cpu',
  seed: 7,
  threads: 2,
  commandLine: ['ossature', 'train', 'brl'],
})
const request: RunRequest = { options, environment }

function finished(path: string) {
  openRun(path, request).close('finished')
  writeFileSync(join(path, 'metrics.jsonl'), '{"step":1}\n')
  writeFileSync(join(path, 'attack.json'), '{}')
  for (const [folder, file] of [
    ['checkpoints', 'best.safetensors'],
    ['attacked', 'clips.safetensors'],
  ]) {
    mkdirSync(join(path, folder))
    writeFileSync(join(path, folder, file), 'x')
  }
  writeFileSync(join(path, 'events.out.tfevents.1.host.2.0'), 'x')
  writeFileSync(join(path, 'mine.txt'), 'x')
}

describe('a new run', () => {
  it('has its options, its environment and a lock', () => {
    const path = newPath()
    const run = openRun(path, request)
    expect(run.earlierOptions).toBeUndefined()
    expect(readdirSync(path).sort()).toEqual(['environment.json', 'options.yaml', 'run.lock'])
    expect(readFileSync(join(path, 'options.yaml'), 'utf8')).toBe(
      'system: brl\nlr: 0.1\nsteps:\n  - 35\n  - 55\nseed: null\ndata:\n  store: ucla\n',
    )
    expect(readRunOptions(path)).toEqual(options)
    expect(readRun(path)).toMatchObject({
      status: 'running',
      sessions: [{ device: 'cpu', seed: 7, threads: 2, ended: null, status: 'running' }],
    })
    run.close('finished')
    expect(readRun(path)).toMatchObject({ status: 'finished', sessions: [{ status: 'finished' }] })
    expect(Date.parse(readRun(path).sessions[0].ended as string)).toBeGreaterThan(Date.parse('2020-01-01'))
    expect(existsSync(join(path, 'run.lock'))).toBe(false)
  })

  it('keeps where its data lie when it goes on without being told', () => {
    const path = newPath()
    const data = { path: '/recordings', readerSet: ['name=mine'] }
    openRun(path, { ...request, data }).close('interrupted')
    openRun(path, request).close('finished')
    expect(readRun(path)).toMatchObject({ status: 'finished', data })
    openRun(path, { ...request, force: true }).close('finished')
    expect(readRun(path).data).toBeUndefined()
  })

  it('is not written into a folder that is something else', () => {
    for (const name of ['thesis.doc', 'options.yaml']) {
      const path = newFolder()
      writeFileSync(join(path, name), 'mine: true\n')
      for (const force of [false, true])
        expect(() => openRun(path, { ...request, force })).toThrow(new RegExp(`not a run\n.*\n {2}found: {4}${name}`))
      expect(readdirSync(path)).toEqual([name])
    }
    const path = newFolder()
    writeFileSync(join(path, 'environment.json'), '{"name": "conda"}')
    expect(() => openRun(path, request)).toThrow(/the record of the run is damaged/)
  })

  it('starts over where its first files were cut short by a crash', () => {
    const path = newPath()
    openRun(path, request).close('interrupted')
    rmSync(join(path, 'options.yaml'))
    writeFileSync(join(path, '.options.yaml.tmp-1-a-1'), 'sys')
    mkdirSync(join(path, '.attacked.tmp-1-a-2'))
    expect(isRun(path)).toBe(false)
    const run = openRun(path, { ...request, options: { ...options, lr: 1 } })
    expect(run.earlierOptions).toBeUndefined()
    expect(readRunOptions(path).lr).toBe(1)
    run.close('finished')
    expect(readdirSync(path).sort()).toEqual(['environment.json', 'options.yaml'])
  })
})

describe('an unfinished run', () => {
  it('goes on by itself with the same options, and the record says so', () => {
    const path = newPath()
    openRun(path, request).close('failed')
    const run = openRun(path, request)
    expect(run.earlierOptions).toEqual(options)
    run.close('finished')
    expect(readRun(path).sessions.map(({ status }) => status)).toEqual(['failed', 'finished'])
  })

  it('that was killed counts as interrupted', () => {
    const path = newPath()
    const killed = openRun(path, request)
    rmSync(join(path, 'run.lock'))
    const run = openRun(path, request)
    expect(readRun(path).sessions.map(({ status }) => status)).toEqual(['interrupted', 'running'])
    expect(() => killed.assertHeld()).toThrow(/no longer holds the run/)
    killed.close('finished')
    expect(readRun(path).status).toBe('running')
    run.assertHeld()
    run.close('finished')
  })

  it('does not go on with other options, unless they may change', () => {
    const path = newPath()
    openRun(path, request).close('interrupted')
    const other = { ...request, options: { ...options, lr: 0.2, extra: 1 } }
    expect(() => openRun(path, other)).toThrow(
      /started with other options\n {2}expected: lr = 0\.1, extra = nothing\n {2}found: {4}lr = 0\.2, extra = 1/,
    )
    expect(readRunOptions(path)).toEqual(options)
    openRun(path, { ...other, changeable: ['lr', 'extra'] }).close('interrupted')
    expect(readRunOptions(path).lr).toBe(0.2)
  })

  it('goes on with other options that may change with `resume`, and says so without it', () => {
    const path = newPath()
    openRun(path, request).close('interrupted')
    const other = { ...request, options: { ...options, lr: 0.2 }, changeableOnResume: ['lr'] }
    expect(() => openRun(path, other)).toThrow(/lr = 0\.2\n {2}Give --resume to go on so/)
    const run = openRun(path, { ...other, resume: true })
    expect([run.earlierOptions?.lr, readRunOptions(path).lr]).toEqual([0.1, 0.2])
    run.close('interrupted')
    const more = { ...other, options: { ...options, seed: 1 }, resume: true }
    expect(() => openRun(path, more)).toThrow(/expected: seed = null\n.*\n {2}Choose another name/)
  })

  it('is not opened twice', () => {
    const path = newPath()
    const run = openRun(path, request)
    for (const force of [false, true]) expect(() => openRun(path, { ...request, force })).toThrow(/the run is in use/)
    expect(readRun(path).sessions).toHaveLength(1)
    run.close('finished')
  })
})

describe('a finished run', () => {
  it('stays as it is unless told otherwise', () => {
    const path = newPath()
    finished(path)
    const before = readdirSync(path).sort()
    expect(() => openRun(path, request)).toThrow(/this run is finished\n.*--resume.*--force/)
    expect(readdirSync(path).sort()).toEqual(before)
  })

  it('goes on with `resume`', () => {
    const path = newPath()
    finished(path)
    const run = openRun(path, { ...request, resume: true })
    expect(run.earlierOptions).toEqual(options)
    expect(existsSync(run.metrics)).toBe(true)
    run.close('finished')
  })

  it('starts over with `force`: its results vanish, other files stay', () => {
    const path = newPath()
    finished(path)
    const run = openRun(path, { ...request, options: { ...options, lr: 1 }, force: true })
    run.close('finished')
    expect(run.earlierOptions).toBeUndefined()
    expect(readdirSync(path).sort()).toEqual(['environment.json', 'mine.txt', 'options.yaml'])
    expect(readRun(path).sessions).toHaveLength(1)
    expect(readRunOptions(path).lr).toBe(1)
    expect(() => openRun(path, { ...request, force: true, resume: true })).toThrow(/both/)
  })
})

describe('the environment', () => {
  it('tells what the run was computed with', () => {
    expect(environment).toMatchObject({
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      node: process.versions.node,
      onnxruntime: expect.stringMatching(/^1\.\d+/),
      cpu: expect.any(String),
      threads: 2,
      commandLine: ['ossature', 'train', 'brl'],
    })
    expect(environment.processors).toBeGreaterThan(0)
  })

  it('has no commit outside a repository', () => {
    expect(describeEnvironment({ device: 'cpu', seed: 1, folder: newFolder() }).commit).toBeNull()
    expect(describeEnvironment({ device: 'cpu', seed: 1, folder: '/nowhere' }).commit).toBeNull()
  })
})

describe('options in YAML', () => {
  it('are one mapping; anything else is refused with its place', () => {
    expect(parseYamlOptions('', 'o.yaml')).toEqual({})
    expect(parseYamlOptions('{"lr": 0.1}', 'o.yaml')).toEqual({ lr: 0.1 })
    expect(() => parseYamlOptions('- 1', 'o.yaml')).toThrow(/o\.yaml: an options file holds one mapping/)
    expect(() => parseYamlOptions('lr: 1\nlr: 2', 'o.yaml')).toThrow(/o\.yaml, line 2, column 1: .*\n.*unique/)
    expect(() => parseYamlOptions('lr: [1', 'o.yaml')).toThrow(/o\.yaml, line 1/)
    expect(() => parseYamlOptions('lr: !!js/function x', 'o.yaml')).toThrow(/not readable as YAML/)
  })
})
