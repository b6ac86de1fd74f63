import { strToU8 } from 'fflate'
import { numpyArrays } from '../../../src/data/readers/arrays/numpy-arrays.ts'
import { pyskl } from '../../../src/data/readers/arrays/pyskl.ts'
import { NTU_BODY_RULES, type NtuBodyRule } from '../../../src/data/readers/ntu/actors.ts'
import { readNtuSkeletons } from '../../../src/data/readers/ntu/ntu-skeleton.ts'
import { mediapipeHandTable } from '../../../src/data/readers/own-recordings/mediapipe-hand-table.ts'
import { openposeJson } from '../../../src/data/readers/own-recordings/openpose-json.ts'
import { ownFolder } from '../../../src/data/readers/own-recordings/own-folder.ts'
import { kineticsSkeleton } from '../../../src/data/readers/published/kinetics-skeleton.ts'
import { toyotaTsu } from '../../../src/data/readers/published/toyota-tsu.ts'
import { utdMhad } from '../../../src/data/readers/published/utd-mhad.ts'
import type { Reader } from '../../../src/data/readers/reader.ts'
import type { NamedFile } from '../../../src/files/named-file.ts'
import { readZip } from '../../../src/files/zip/zip.ts'
import type { RecordedFormat } from './mutate.ts'
import { fixtureBytes, fixtureFiles, recordedFile } from './recorded-files.ts'
import { skeletonText } from './skeleton-text.ts'

const format = (name: string, reader: Reader, files: readonly NamedFile[]): RecordedFormat => ({
  name,
  files,
  read: (changed) => reader.read(changed, 'set'),
})
const own = (name: string, ...files: NamedFile[]) => format(name, ownFolder, files)
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i / 8)
const joint = (t: number, v: number) => [v / 24 + t, (2 * v) / 24, 3]
const body = (id: number, t: number) => ({ id, joints: Array.from({ length: 25 }, (_, v) => joint(t / 8, v)) })

const ntu = skeletonText(
  Array.from({ length: 14 }, (_, t) => (t === 3 ? [] : [body(1, t), ...(t > 12 || t < 1 ? [] : [body(2, -t)])])),
)
const ntuFiles = [recordedFile('S001C001P001R001A050.skeleton', ntu)]

const person = { person_id: [2], pose_keypoints_2d: numbers(54) }
const openpose = [0, 1].map((t) =>
  recordedFile(`wave/a/${t}.json`, { people: t ? [person, { ...person, person_id: [3] }] : [person] }),
)

const pose = { pose: numbers(36), score: numbers(18) }
const kinetics = recordedFile('a.json', {
  data: [{ frame_index: 2, skeleton: [pose, pose] }],
  label: 'x',
  label_index: 1,
})

const coco = {
  images: [
    { id: 1, width: 6, height: 4, frame_id: 1 },
    { id: 2, width: 6, height: 4, frame_id: 0 },
  ],
  annotations: [
    { image_id: 1, keypoints: numbers(51), track_id: 1 },
    { image_id: 2, keypoints: numbers(51), track_id: 1 },
  ],
}
const hand = Array.from({ length: 21 }, (_, v) => ({ x: v, y: v, z: 0, visibility: 1 }))
const mediapipe = [
  { landmarks: [hand, hand], handedness: [[{ categoryName: 'Left' }], [{ categoryName: 'Right' }]] },
  null,
]
const kinect = {
  frames: [{ bodies: [{ body_id: 1, joint_positions: Array.from({ length: 32 }, () => [1, 2, 3]) }] }, { bodies: [] }],
}
const table = `frame,person,${numbers(17)
  .map((_, v) => `x${v},y${v},score${v}`)
  .join()}\n1,a,${numbers(51)}\n1,b,${numbers(51)}\n`
const layout = { name: 'fuzzed', dimensions: 2, joints: ['a', 'b'], bones: { b: 'a' }, centre: 'a' }
const points = (joints: number) => [0, 1].map((t) => Array.from({ length: joints }, (_, v) => [t, v]))
const labels = 'clip,label,split,performer\na,walk,train,1\nb.json,jump,test,2\n'
const video = [
  recordedFile('P02T01C03_LCRNet2d.npz', fixtureBytes('kpts.npz')),
  recordedFile('smarthome_CS_51.json', {
    P02T01C03: {
      subset: 'training',
      duration: 4,
      actions: [
        [1, 0, 2],
        [2, 1, 4],
      ],
    },
  }),
  recordedFile('Action_list', '0\tEnter\n1\tWalk\n2\tLeave\n'),
]
const members = readZip(fixtureBytes('ctr-gcn.npz')).map((file) => recordedFile(file.name, file.bytes()))

/** Every form of recording that the package reads. */
export const RECORDED_FORMATS: readonly RecordedFormat[] = [
  ...(Object.keys(NTU_BODY_RULES) as NtuBodyRule[]).map(
    (bodies): RecordedFormat => ({
      name: `NTU RGB+D, bodies as ${bodies}`,
      files: ntuFiles,
      read: (files) => readNtuSkeletons(files, 'set', { bodies }),
    }),
  ),
  format('PYSKL, 3-D', pyskl, fixtureFiles('pyskl-3d.pkl')),
  format('PYSKL, 2-D', pyskl, fixtureFiles('pyskl-2d.pkl')),
  format('PYSKL, compressed', pyskl, fixtureFiles('kinetics')),
  format('OpenPose', openposeJson, openpose),
  format('Kinetics-Skeleton', kineticsSkeleton, [kinetics]),
  format('UTD-MHAD', utdMhad, fixtureFiles('utd-mhad')),
  format('Toyota Smarthome Untrimmed', toyotaTsu, video),
  format('hand postures', mediapipeHandTable, [recordedFile('keypoint.csv', `1,${numbers(42)}\n0,${numbers(42)}\n`)]),
  format('NumPy archive', numpyArrays, [recordedFile('a.npz', fixtureBytes('ctr-gcn.npz'))]),
  format('NumPy arrays', numpyArrays, members),
  format('NumPy arrays with pickled labels', numpyArrays, fixtureFiles('st-gcn')),
  own('COCO', recordedFile('a/1.json', coco)),
  own('MediaPipe', recordedFile('a/1.json', mediapipe)),
  own('Azure Kinect', recordedFile('a/1.json', kinect)),
  own('table', recordedFile('a/1.csv', table)),
  own(
    'own JSON with labels',
    ...['a', 'b'].map((name) => recordedFile(`${name}.json`, { points: points(17) })),
    recordedFile('labels.csv', labels),
  ),
  own('own layout', recordedFile('a/1.json', { points: points(2) }), recordedFile('layout.json', layout)),
  own('MATLAB', recordedFile('a/1.mat', fixtureBytes('mat/clip.mat'))),
  own(
    'names of classes',
    ...['walk', 'jump'].map((name) => recordedFile(`${name}/1.json`, { points: points(17) })),
    recordedFile('classes.txt', strToU8('walk\njump\n')),
  ),
]
