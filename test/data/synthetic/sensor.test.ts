import { describe, expect, it } from 'vitest'
import { addNoise, loseJoints } from '../../../src/data/synthetic/sensor.ts'
import { seeFrom } from '../../../src/data/synthetic/view.ts'
import { CounterStream } from '../../../src/random/counter-stream.ts'

const FRAMES = 50
const still = () => new Float64Array(FRAMES * 60).map((_, i) => [0.1 * (i % 60), 1, 2.7][i % 3])

describe('the sensor', () => {
  it('errs by about the noise asked for, trunk less and hands more', () => {
    const exact = still()
    const squares = new Float64Array(20)
    for (let clip = 0; clip < 40; clip++) {
      const points = still()
      addNoise(new CounterStream(clip), points, 0.01)
      points.forEach((value, i) => {
        squares[Math.floor((i % 60) / 3)] += (value - exact[i]) ** 2
      })
    }
    const deviation = [...squares].map((sum) => Math.sqrt(sum / (40 * FRAMES * 3)))
    expect(deviation[0]).toBeCloseTo(0.006, 3)
    expect(deviation[7]).toBeCloseTo(0.017, 3)
  })

  it('leaves the points alone without noise and without losses', () => {
    const points = still()
    addNoise(new CounterStream(1), points, 0)
    loseJoints(new CounterStream(1), points, 0)
    expect(points).toEqual(still())
  })

  it('loses the share of joints asked for, as zeros or as frozen places', () => {
    let zeros = 0
    let frozen = 0
    const clips = 400
    const ramp = still().map((value, i) => value + i)
    for (let clip = 0; clip < clips; clip++) {
      const points = ramp.slice()
      loseJoints(new CounterStream(clip), points, 0.05)
      for (let i = 0; i < points.length; i += 3) {
        if (points[i + 2] === 0) zeros++
        else if (points[i] !== ramp[i]) frozen++
      }
    }
    const share = (zeros + frozen) / (clips * FRAMES * 20)
    expect(share).toBeGreaterThan(0.04)
    expect(share).toBeLessThan(0.055)
    expect(frozen / zeros).toBeGreaterThan(0.6)
  })
})

describe('a camera', () => {
  it('sees what stands before it at its distance, heights from its own', () => {
    const points = Float64Array.of(0, 1, 0)
    seeFrom({ yaw: 0, pitch: 0, height: 0.8, distance: 2.5 }, { facing: 0, right: 0.2, away: 0.1 }, points)
    expect([...points].map((value) => Math.round(value * 1e9) / 1e9)).toEqual([0.2, 0.2, 2.6])
  })

  it('turns the performer by its yaw and keeps distances', () => {
    const points = Float64Array.of(1, 0, 0, 0, 0, 0)
    seeFrom({ yaw: Math.PI / 2, pitch: 0.3, height: 1, distance: 2 }, { facing: 0, right: 0, away: 0 }, points)
    const [a, b] = [points.subarray(0, 3), points.subarray(3)]
    expect(Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])).toBeCloseTo(1, 12)
    expect(a[0]).toBeCloseTo(0, 12)
  })
})
