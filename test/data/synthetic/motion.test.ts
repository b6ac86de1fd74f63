import { describe, expect, it } from 'vitest'
import { ACTION_NAMES, ACTIONS } from '../../../src/data/synthetic/actions.ts'
import { bump, reversed, rise, through } from '../../../src/data/synthetic/motion.ts'
import { CHANNELS, type Pose, STANDING } from '../../../src/data/synthetic/pose.ts'
import { CounterStream } from '../../../src/random/counter-stream.ts'

const stream = () => new CounterStream(7)

function gap(a: Pose, b: Pose): number {
  return Math.max(...CHANNELS.map((channel) => Math.abs(a[channel] - b[channel])))
}

describe('a motion through key poses', () => {
  const motion = through(stream(), [
    { at: 0, pose: {} },
    { at: 0.5, pose: { bend: 1 } },
    { at: 1, pose: { bend: 2 } },
  ])

  it('starts at the first key, ends at the last, and rests outside', () => {
    expect(motion(0)).toEqual(STANDING)
    expect(motion(-1)).toEqual(motion(0))
    expect(motion(2)).toEqual(motion(1))
    expect(motion(1).bend).toBeGreaterThan(1.7)
  })

  it('does not overshoot between keys', () => {
    let last = 0
    for (let i = 1; i <= 100; i++) {
      const { bend } = motion(i / 100)
      expect(bend).toBeGreaterThanOrEqual(last)
      last = bend
    }
  })

  it('runs backwards when reversed', () => {
    expect(reversed(motion)(0.3)).toEqual(motion(0.7))
  })
})

describe('easing', () => {
  it('rises once and bumps once', () => {
    expect([rise(0, 0.25, 0.75), rise(0.5, 0.25, 0.75), rise(1, 0.25, 0.75)]).toEqual([0, 0.5, 1])
    expect([bump(0.25, 0.25, 0.75), bump(0.5, 0.25, 0.75), bump(0.8, 0.25, 0.75)]).toEqual([0, 1, 0])
  })
})

describe('the actions', () => {
  it.each([
    ['raise arm', 'lower arm'],
    ['sit down', 'stand up'],
    ['push', 'pull'],
    ['swing arm forwards', 'swing arm backwards'],
    ['step forward', 'step back'],
    ['throw', 'catch overhead'],
  ])('%s is %s in reverse, pose by pose', (one, other) => {
    const [forth, back] = [ACTIONS[one](stream()), ACTIONS[other](stream())]
    for (let i = 0; i <= 16; i++) expect(forth(i / 16)).toEqual(back(1 - i / 16))
  })

  it('beats together and in turn differ in the phase of one hand alone', () => {
    const [together, inTurn] = [ACTIONS['beat together'](stream()), ACTIONS['beat in turn'](stream())]
    for (let i = 0; i <= 20; i++) {
      const [a, b] = [together(i / 20), inTurn(i / 20)]
      expect({ ...a, otherHandUp: 0 }).toEqual({ ...b, otherHandUp: 0 })
    }
    expect(together(0.5).handUp).toBeCloseTo(together(0.5).otherHandUp, 12)
  })

  it.each(ACTION_NAMES)('%s moves without jumps and keeps to what a body can do', (name) => {
    for (let seed = 0; seed < 5; seed++) {
      const motion = ACTIONS[name](new CounterStream(seed))
      const poses = Array.from({ length: 201 }, (_, i) => motion(i / 200))
      expect(Math.max(...poses.slice(1).map((next, i) => gap(poses[i], next)))).toBeLessThan(0.25)
      expect(Math.max(...poses.map((now) => gap(poses[0], now)))).toBeGreaterThan(0.15)
      const reach = poses.map((now) => Math.hypot(now.handOut, now.handUp, now.handForward))
      expect(Math.max(...reach)).toBeLessThan(1.25)
      expect(Math.min(...poses.map((now) => now.footUp))).toBeGreaterThan(-1e-9)
    }
  })
})
