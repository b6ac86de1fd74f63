import { dirname, isAbsolute, join } from 'node:path'
import { z } from 'zod'
import { classChoiceSchema } from '../../data/classes/class-choice.ts'
import { decodeText } from '../../files/decode-text.ts'
import { readFileBytes } from '../../files/file-tree.ts'
import { optionsFileLayer, resolveOptions } from '../../systems/options.ts'

/** Name of the file that `ossature init` writes. */
export const PROJECT_FILE = 'ossature.yaml'

const path = z.string().min(1)

/** What a project file may say. Paths are relative to the file. */
const projectSchema = z.strictObject({
  source: path.optional().describe('the recordings: a folder, a zip or a file'),
  name: z.string().min(1).optional().describe('what the data set is called'),
  layout: path.optional().describe('file of a skeleton layout of your own'),
  reader: z.string().min(1).optional().describe('reader of the recordings, where it does not follow from the files'),
  readerOptions: z.record(z.string(), z.unknown()).default({}).describe('options of the reader'),
  data: path.optional().describe('the clip store that is made of the recordings and used from then on'),
  protocol: z.string().min(1).optional().describe('how clips are divided into training and test'),
  classes: classChoiceSchema.optional().describe('the classes that are told apart, by default all'),
  system: z.string().min(1).optional().describe('the system that is trained'),
  out: path.optional().describe('folder of the run'),
  options: z.record(z.string(), z.unknown()).default({}).describe('options of the system'),
})

/** A project file, with paths as seen from where the program was started. */
export type Project = z.output<typeof projectSchema>

/** @throws OssatureError when the file cannot be read or says what a project file does not */
export function readProject(file: string): Project {
  const layer = optionsFileLayer(decodeText(readFileBytes(file), file), file)
  const project = resolveOptions(projectSchema, [layer])
  const from = (path: string | undefined) => (path === undefined || isAbsolute(path) ? path : join(dirname(file), path))
  const { source, layout, data, out } = project
  return { ...project, source: from(source), layout: from(layout), data: from(data), out: from(out) }
}
