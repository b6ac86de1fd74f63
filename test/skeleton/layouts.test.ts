import { describe, expect, it } from 'vitest'
import { mirrorOrder } from '../../src/skeleton/layout.ts'
import { cmu, cmuBones, layoutByName, layouts, mixamo, mixamoBones, ntuEdge } from '../../src/skeleton/layouts/index.ts'

/** The number of joints that the publications state. */
const published: Readonly<Record<string, number>> = {
  ...{ 'nturgb+d': 25, 'ntu-rgb+d': 25, ntu_edge: 24, 'ntu-x': 67, 'azure-kinect': 32, nw_ucla: 20 },
  ...{ 'msr-action3d': 20, sbu: 15, 'ui-prmd': 22, hdm05: 25, cmu: 31 },
  ...{ coco: 17, 'coco-group': 17, 'coco-13': 13, 'coco-wholebody': 133, openpose: 18, 'body-25': 25 },
  ...{ 'mediapipe-pose': 33, 'mediapipe-pose-world': 33, jhmdb: 15, mixamo: 15, posetics: 17, 'lcr-net': 13 },
  ...{ handmp: 21, 'handmp-world': 21, h2o: 21, 'h2o-object': 21, assembly101: 21, shrec17: 22 },
}

/** Two hands' joints that hang together in no way, and a box without bones. */
const forests: Readonly<Record<string, number>> = { assembly101: 2, 'h2o-object': 21 }

const unordered = ([a, b]: readonly [number, number]) => (a < b ? `${a}-${b}` : `${b}-${a}`)

it('every published layout is listed under its name', () => {
  expect(Object.fromEntries(layouts.map(({ name, joints }) => [name, joints.length]))).toEqual(published)
  for (const layout of layouts) expect(layoutByName(layout.name)).toBe(layout)
})

describe.each(layouts.map((layout) => [layout.name, layout] as const))('%s', (name, layout) => {
  const mirrored = mirrorOrder(layout)

  it('says where it comes from and what its coordinates count', () => {
    expect(layout.source).toBeTruthy()
    expect(layout.unit).toBeDefined()
  })

  it('has names that are unique', () => {
    expect(new Set(layout.joints).size).toBe(layout.joints.length)
  })

  it('has bones that form one tree, or as many as stated', () => {
    expect(layout.roots).toHaveLength(forests[name] ?? 1)
    for (const joint of layout.joints.keys()) {
      let ancestor = joint
      for (let step = 0; step < layout.joints.length; step++) ancestor = layout.parents[ancestor]
      expect(layout.roots).toContain(ancestor)
    }
  })

  it('has a graph that reaches every joint that has a bone', () => {
    const reached = new Set(layout.inward.flat())
    const alone = layout.joints.filter((_, joint) => !reached.has(joint))
    expect(alone).toEqual(layout.roots.filter((root) => !reached.has(root)).map((root) => layout.joints[root]))
  })

  it('exchanges left and right twice without a change, and names the sides', () => {
    for (const joint of layout.joints.keys()) expect(mirrored[mirrored[joint]]).toBe(joint)
    const sides = layout.joints.filter((joint) => /^(left|right) /.test(joint))
    const paired = new Set(layout.mirrored.flat().map((joint) => layout.joints[joint]))
    for (const joint of sides) expect(paired).toContain(joint)
    for (const [left, right] of layout.mirrored) {
      if (!layout.joints[left].startsWith('face ')) {
        expect(layout.joints[left]).toBe(layout.joints[right].replace(/^right /, 'left '))
      }
    }
  })

  it('has bones, edges and lines that look the same in a mirror', () => {
    for (const joint of layout.joints.keys()) {
      expect(layout.parents[mirrored[joint]]).toBe(mirrored[layout.parents[joint]])
    }
    for (const lines of [layout.inward, layout.limbs ?? []]) {
      const there = lines.map(unordered).sort()
      expect(lines.map(([a, b]) => unordered([mirrored[a], mirrored[b]])).sort()).toEqual(there)
    }
  })

  it('has parts, and halves of bodies, that hold every joint once and look the same in a mirror', () => {
    const isBody = layout.joints.some((joint) => joint.endsWith('hip'))
    expect(Object.keys(layout.halves)).toEqual(isBody ? ['upper', 'lower'] : [])
    for (const division of isBody ? [layout.parts, layout.halves] : [layout.parts]) {
      expect(
        Object.values(division)
          .flat()
          .sort((a, b) => a - b),
      ).toEqual([...layout.joints.keys()])
      const sets = Object.values(division).map((joints) => [...joints].sort((a, b) => a - b).join())
      const images = Object.values(division).map((joints) =>
        joints
          .map((joint) => mirrored[joint])
          .sort((a, b) => a - b)
          .join(),
      )
      expect(images.sort()).toEqual(sets.sort())
    }
  })

  it('has tips that no bone starts at', () => {
    expect(layout.tips.length).toBeGreaterThan(name === 'h2o-object' ? -1 : 3)
    for (const tip of layout.tips) {
      expect(layout.parents.filter((parent, joint) => parent === tip && joint !== tip)).toEqual([])
    }
    expect(layout.tips.map((tip) => mirrored[tip]).sort()).toEqual([...layout.tips].sort())
  })

  it('says how poses in space are turned', () => {
    expect(layout.axes !== undefined).toBe(layout.dimensions === 3 && name !== 'h2o-object')
  })
})

it('the bones of motion capture files are named for every joint', () => {
  expect(new Set(cmuBones).size).toBe(cmu.joints.length)
  expect(cmuBones[cmu.joints.indexOf('left knee')]).toBe('lfemur')
  expect(cmuBones[cmu.joints.indexOf('right wrist')]).toBe('rradius')
  expect(mixamoBones[mixamo.joints.indexOf('left ankle')]).toBe('LeftFoot')
})

it('the parts of a body follow from the names', () => {
  expect(ntuEdge.parts).toEqual({
    torso: [0, 1, 2],
    head: [3],
    'left arm': [4, 5, 6, 7, 20, 21],
    'right arm': [8, 9, 10, 11, 22, 23],
    'left leg': [12, 13, 14, 15],
    'right leg': [16, 17, 18, 19],
  })
  expect(ntuEdge.halves.lower).toEqual([0, 12, 13, 14, 15, 16, 17, 18, 19])
})
