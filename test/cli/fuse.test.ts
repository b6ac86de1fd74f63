import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { scoreFile } from '../evaluate/small-scores.ts'
import { temporaryFolders } from '../train/temporary-folder.ts'
import { ossature } from './run-cli.ts'
import { writeRunFolder } from './scored-runs.ts'

const newFolder = temporaryFolders()
const folder = newFolder()
const write = (name: string, ...scores: Parameters<typeof scoreFile>) =>
  writeRunFolder(join(folder, name), scoreFile(...scores))

// The two streams are wrong on different clips; the bones are surer.
const joint = write('joint', ['00', '11', '10', '22'], {}, 0.6)
const bone = write('bone', ['02', '11', '11', '22'], {}, 0.7)
const heldOutIds = { ids: ['h 0', 'h 1', 'h 2', 'h 3'], trainCounts: [100, 40, 4] }
const heldOutJoint = write('held-joint', ['00', '11', '11', '22'], heldOutIds, 0.6)
const heldOutBone = write('held-bone', ['01', '11', '10', '21'], heldOutIds, 0.7)

const fused = async (...flags: string[]) => JSON.parse((await ossature('fuse', joint, bone, '--json', ...flags)).stdout)

describe('ossature fuse', () => {
  it('prints every stream with its weight, then the fusion', async () => {
    const { code, stdout, stderr } = await ossature('fuse', joint, bone, '--weights', '3:1')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^Weighted sum of probabilities; weights: as given\n/)
    expect(stdout).toMatch(/^joint +3 +75\.0% .*\nbone +1 +75\.0% .*\nfused +75\.0% /m)
  })

  it('takes given weights, equal ones, or published ones', async () => {
    expect(await fused()).toMatchObject({ weights: [1, 1], of: 'probabilities', origin: 'all equal' })
    // Bones at 0.7 outvote joints at 0.6: clip 0 goes wrong, clip 2 right. With more weight on joints it is the other way round.
    expect((await fused('--weights', '1,1')).result.confusion[0]).toEqual([0, 0, 1])
    expect((await fused('--weights', '3,1')).result.confusion[0]).toEqual([1, 0, 0])
    const preset = await fused('--preset', 'two-streams')
    expect(preset).toMatchObject({ weights: [1, 1], of: 'probabilities' })
    expect(preset.origin).toContain('joint, bone')
    expect(await fused('--of', 'scores')).toMatchObject({ of: 'scores' })
  })

  it('searches weights on held-out clips', async () => {
    const { weights, origin, warning, result } = await fused('--search', heldOutJoint, heldOutBone)
    expect(weights).toEqual([0.6, 0.4])
    expect(origin).toBe('best of 11 on 4 held-out clips (top-1 100.0% there)')
    expect(warning).toBeUndefined()
    expect(result.top1).toBe(0.75)
  })

  it('never searches on test clips, but where told to; then it says so', async () => {
    const { code, stderr } = await ossature('fuse', joint, bone, '--search', joint, bone)
    expect(code).toBe(1)
    expect(stderr).toMatch(/must not be searched on test clips[\s\S]*--search-on-test/)
    expect((await fused('--search-on-test')).warning).toContain('flattered')
    expect((await ossature('fuse', joint, bone, '--search-on-test')).stdout).toMatch(/\nWarning: .*flattered/)
  })

  it('writes the fused scores, which can be evaluated and fused further', async () => {
    const out = join(newFolder(), 'fused.safetensors')
    const { result, scores } = await fused('--out', out)
    expect(scores).toBe(out)
    const evaluated = JSON.parse((await ossature('eval', out, '--json')).stdout)
    expect(evaluated.result).toMatchObject(result)
    expect((await ossature('fuse', out, joint)).code).toBe(0)
  })

  it.each<[string, string[], string]>([
    ['one run', [joint], 'at least two runs'],
    ['a run twice', [joint, joint], 'named twice'],
    ['too few weights', [joint, bone, '--weights', '1'], '2 weights'],
    ['a preset of more streams', [joint, bone, '--preset', 'ctr-gcn'], '2 weights'],
    ['an unknown preset', [joint, bone, '--preset', 'constructor'], 'no such weights'],
    ['two choices', [joint, bone, '--weights', '1,1', '--search-on-test'], '--weights, --search-on-test'],
    ['held-out scores of one stream only', [joint, bone, '--search', heldOutJoint], '2 runs, in the same order'],
    ['other test clips', [joint, heldOutBone], 'differ'],
    ['steps without a search', [joint, bone, '--steps', '4'], '--steps does nothing without --search'],
    ['no steps', [joint, bone, '--search-on-test', '--steps', '0'], 'at least one step'],
  ])('refuses %s', async (_, args, message) => {
    const { code, stdout, stderr } = await ossature('fuse', ...args)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain(message)
  })
})
