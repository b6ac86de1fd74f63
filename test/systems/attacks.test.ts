import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { AttackResult } from '../../src/attack/attack-report.ts'
import { openStore } from '../../src/data/store/store.ts'
import { ATTACKS, attackNamed } from '../../src/systems/attacks.ts'
import { SYSTEMS } from '../../src/systems/index.ts'
import { describeOptions, resolveOptions } from '../../src/systems/options.ts'
import type { Progress } from '../../src/train/progress/progress.ts'
import { readMetrics } from '../../src/train/run/metrics-log.ts'
import { readRun } from '../../src/train/run/run-record.ts'
import { madeVictim } from '../attack/made-victim.ts'
import { temporaryFolders } from '../train/temporary-folder.ts'
import { attackBy, attackBytes, quiet } from './small-attacks.ts'
import { smallData } from './small-runs.ts'
import { UNFIT } from './unfit-data.ts'

const newFolder = temporaryFolders()
const data = smallData()
const victims = ['one', 'two'].map((name) => madeVictim(join(newFolder(), name), data.dataset))

/** Progress that ends the work in the middle of a stretch. */
function endingAt(title: RegExp, done: number, controller: AbortController): Progress {
  let current = ''
  return Object.assign(Object.create(quiet()), {
    begin(name: string) {
      current = name
    },
    update(now: number) {
      if (title.test(current) && now >= done) controller.abort(new Error('enough'))
    },
    end() {},
  })
}

describe('the attacks', () => {
  it('have names of their own, which no system has', () => {
    const names = [...SYSTEMS, ...ATTACKS].map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const { name } of ATTACKS) expect(name).toMatch(/^[a-z][a-z0-9-]*$/)
  })

  it('are found by name; a wrong name gets the nearest', () => {
    for (const attack of ATTACKS) expect(attackNamed(attack.name)).toBe(attack)
    expect(() => attackNamed('sim')).toThrow(/no such attack\n.*expected: smi\n.*sim\n.*Did you mean smi\?/)
  })
})

describe.each(ATTACKS.map(({ name, ...attack }) => ({ name, attack })))('$name', ({ name, attack }) => {
  const whole = join(newFolder(), 'whole')
  let result: AttackResult

  beforeAll(async () => {
    result = (await attackBy(name, whole, { ...data, victims })).result
  }, 120_000)

  it('says where it was published, and describes every option', () => {
    const { title, authors, year, paper, code } = attack.publication
    for (const text of [attack.description, title, authors]) expect(text).toMatch(/\S/)
    expect(year).toBeGreaterThan(2000)
    for (const address of [paper, code]) expect(address ?? 'https://none').toMatch(/^https:\/\/\S+$/)
    for (const { name: option, type, required, description } of describeOptions(attack.options)) {
      expect(description, option).toMatch(/\S.{8,}/)
      expect(type, option).not.toBe('any value')
      expect(required, option).toBe(false)
    }
    const values = { ...attack.asReleased }
    expect(resolveOptions(attack.options, [{ origin: '--as-released', values }])).toMatchObject(values)
  })

  it('leaves a run folder with metrics, clips, numbers and a page', () => {
    expect(readRun(whole).status).toBe('finished')
    const files = readdirSync(whole).filter((file) => !file.startsWith('events.out.tfevents.'))
    expect(files.sort()).toEqual([
      ...['attack.json', 'attacked', 'checkpoints', 'environment.json', 'metrics.jsonl', 'options.yaml', 'report.html'],
    ])
    expect(readMetrics(join(whole, 'metrics.jsonl')).map(({ epoch }) => epoch)).toEqual([1, 2])
    expect(JSON.parse(readFileSync(join(whole, 'attack.json'), 'utf8'))).toEqual(result)
    expect(readFileSync(join(whole, 'report.html'), 'utf8')).toContain(`${name} on synthetic`)
    expect(readdirSync(join(whole, 'checkpoints'))).not.toContain('attacks')
  })

  it('moves the test clips, by as much as noise of its size', () => {
    const [own, ...others] = result.attacks
    const random = others.at(-1)!
    expect(random.name).toBe('random')
    expect(random.deviation.lInfinity).toBeCloseTo(own.deviation.lInfinity, 6)
    expect(random.deviation.l2).toBeCloseTo(own.deviation.l2, 4)
    expect(own.deviation.lInfinity).toBeGreaterThan(0)
    expect(own.deviation.lInfinity).toBeLessThan(Math.sqrt(3) * result.budget + 1e-6)
    const store = openStore(join(whole, 'attacked'))
    const { dataset, split } = data
    expect(store.entries.map(({ id }) => id)).toEqual(split.test.map((index) => dataset.entries[index].id))
    expect([store.layout, store.classes]).toEqual([dataset.layout, dataset.classes])
    const [moved, recorded] = [store.clip(0).points, dataset.clip(split.test[0]).points]
    expect({ ...moved, data: 0 }).toEqual({ ...recorded, data: 0 })
    expect(moved.data).not.toEqual(recorded.data)
    store.close()
  })

  it('tells of every victim what it makes of every attack', () => {
    expect(result.clips).toBe(data.split.test.length)
    expect(result.victims.map((victim) => victim.name)).toEqual(['one', 'two'])
    for (const { accuracy, attacks } of result.victims) {
      expect(attacks.map((under) => under.attack)).toEqual(result.attacks.map((one) => one.name))
      for (const { foolingRate, accuracy: under } of attacks) {
        for (const share of [foolingRate, under])
          expect(share * result.clips).toBeCloseTo(Math.round(share * result.clips))
        expect(Math.abs(under - accuracy)).toBeLessThanOrEqual(foolingRate + 1e-9)
      }
    }
  })

  it.each([
    ['the training', /^pretraining 2/, 1],
    ['the attack', /attack$/, 9],
    ['the test', /^victim two/, 3],
  ])(
    'ends with the same bytes when it is interrupted in %s',
    async (_, title, done) => {
      const run = join(newFolder(), 'ended')
      const controller = new AbortController()
      const progress = endingAt(title, done, controller)
      const attacked = attackBy(name, run, { ...data, victims, progress, signal: controller.signal })
      await expect(attacked).rejects.toThrow('enough')
      expect(readRun(run).status).toBe('interrupted')
      expect(existsSync(join(run, 'attack.json'))).toBe(false)
      await attackBy(name, run, { ...data, victims })
      expect(attackBytes(run)).toEqual(attackBytes(whole))
    },
    120_000,
  )

  it('refuses to attack again in the folder of a finished run', async () => {
    await expect(attackBy(name, whole, { ...data, victims })).rejects.toThrow(/this run is finished/)
  })

  it('does not go on from other weights than it started with', async () => {
    const other = { ...data, victims, from: 'elsewhere.safetensors', resume: true }
    await expect(attackBy(name, whole, other)).rejects.toThrow(
      /started with other options\n.*from = nothing\n.*from = "elsewhere\.safetensors"/,
    )
  })

  const unfit = UNFIT.filter(([what]) => !/long tail|cut|three persons/.test(what))

  it.each(unfit)('refuses %s before anything is written', async (_, message, change) => {
    const runs = join(newFolder(), 'runs')
    await expect(attackBy(name, join(runs, 'run'), { ...change(smallData()), victims })).rejects.toThrow(message)
    expect(existsSync(runs)).toBe(false)
  })

  it('refuses a victim of other classes before anything is written', async () => {
    const runs = join(newFolder(), 'runs')
    const other = madeVictim(join(newFolder(), 'other'), { ...data.dataset, classes: ['a', 'b', 'c', 'd'] })
    const attacked = attackBy(name, join(runs, 'run'), { ...data, victims: [...victims, other] })
    await expect(attacked).rejects.toThrow(/other: the victim tells other classes apart/)
    expect(existsSync(runs)).toBe(false)
  })
})
